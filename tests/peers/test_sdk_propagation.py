# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""A span in Python, `otelctl exec` below it, and below that spans of another language: one trace."""

import sdk_spans
from spans import spans_from_otelctl, spans_from_sdk
from support import main


class SdkPropagation(sdk_spans.SdkSpans):
    def check_child(self, language):
        serve = self.start_serve()
        endpoint = serve.endpoint("grpc")
        connection = ("--endpoint", endpoint, "--protocol", "grpc")
        child = ("--", *self.sdk_command(language, "grpc", endpoint))
        run_exec = (self.otelctl_path, "exec", *connection, "--name", "between", *child)
        said = self.run_python("run_child.py", endpoint, *run_exec)
        parent, below = said["parent"], spans_from_sdk(said["child"])

        listed = self.otelctl_json("show-traces", "--backend", serve.query_url())["traces"]
        self.assertEqual([trace["trace_id"] for trace in listed], [parent["trace_id"]])
        shown = spans_from_otelctl(
            self.otelctl_json("show-trace", parent["trace_id"], "--backend", serve.query_url())
        )
        (between,) = [span for span in shown.values() if span["name"] == "between"]
        self.assertEqual(between["parent_span_id"], parent["span_id"])
        (root,) = [span for span in below.values() if span["name"] == "root"]
        self.assertEqual(root["parent_span_id"], between["span_id"])
        sent = spans_from_sdk([parent]) | below
        key = (between["trace_id"], between["span_id"])
        self.check_same_spans(shown, sent | {key: between})

    def test_to_go(self):
        self.check_child("go")

    def test_to_java(self):
        self.check_child("java")

    def test_to_javascript(self):
        self.check_child("javascript")


if __name__ == "__main__":
    main("python", "go", "java", "javascript")
