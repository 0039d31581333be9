# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Python SDK sends to `otelctl serve`, `otelctl show-trace` shows to the nanosecond."""

from spans import spans_from_otelctl, spans_from_sdk
from support import PeerTest, main


class PythonSpans(PeerTest):
    def check(self, protocol):
        serve = self.start_serve()
        sent = spans_from_sdk(self.run_python("send_spans.py", protocol, serve.endpoint(protocol)))
        self.assertEqual(len(sent), 4)
        trace_id = next(iter(sent))[0]
        shown = self.otelctl_json("show-trace", trace_id, "--backend", serve.query_url())
        self.assertEqual(shown["schema"], "otelctl.trace/1")
        self.check_same_spans(spans_from_otelctl(shown), sent)

    def test_by_grpc(self):
        self.check("grpc")

    def test_by_http_protobuf(self):
        self.check("http/protobuf")


if __name__ == "__main__":
    main("python")
