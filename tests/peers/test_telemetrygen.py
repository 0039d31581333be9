# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`otelctl serve` takes what telemetrygen sends, and otelctl shows it."""

from spans import (
    attribute_texts,
    shown_summary,
    spans_from_otelctl,
    spans_from_otlp,
    summary,
)
from support import PeerTest, get_json, main

PROTOCOLS = {"grpc": [], "http/protobuf": ["--otlp-http"]}


class Telemetrygen(PeerTest):
    def generate(self, serve, protocol, signal, *arguments):
        address = serve.grpc if protocol == "grpc" else serve.http
        target = ["--otlp-endpoint", address, "--otlp-insecure", *PROTOCOLS[protocol]]
        program = self.peers["telemetrygen"] / "bin/telemetrygen"
        self.run_command(program, signal, *target, "--rate", 0, *arguments)

    def check_traces(self, protocol):
        serve = self.start_serve()
        what = ["--traces", 5, "--child-spans", 2, "--span-links", 1, "--status-code", "Error"]
        attributes = ["--telemetry-attributes", 'color="red"', "--telemetry-attributes", "size=7"]
        self.generate(serve, protocol, "traces", "--service", "load", *what, *attributes)

        shown = self.otelctl_json("show-traces", "--last", 10, "--backend", serve.query_url())
        self.assertEqual(len(shown["traces"]), 5)
        for trace in shown["traces"]:
            self.check_trace(serve, trace)

    def check_trace(self, serve, trace):
        trace_id = trace["trace_id"]
        # The query API of serve, read without otelctl.
        answer = get_json(f"{serve.query_url()}/api/v3/traces/{trace_id}")
        stored = spans_from_otlp(answer["result"])
        self.assertEqual(shown_summary(trace), summary(stored, trace_id))
        document = self.otelctl_json("show-trace", trace_id, "--backend", serve.query_url())
        self.check_same_spans(spans_from_otelctl(document), stored)

        names = sorted(span["name"] for span in stored.values())
        self.assertEqual(names, ["lets-go", "okey-dokey-0", "okey-dokey-1"])
        for span in stored.values():
            self.assertEqual((span["service"], span["status"]), ("load", "error"))
            given = attribute_texts({"color": "red", "size": 7})
            self.assertEqual(span["attributes"] | given, span["attributes"])

    def test_traces_by_grpc(self):
        self.check_traces("grpc")

    def test_traces_by_http_protobuf(self):
        self.check_traces("http/protobuf")

    def check_counts(self, protocol):
        serve = self.start_serve()
        self.generate(serve, protocol, "metrics", "--metrics", 7, "--metric-type", "Histogram")
        self.generate(serve, protocol, "logs", "--logs", 9)
        stats = get_json(serve.query_url() + "/stats")
        self.assertEqual((stats["metrics"]["accepted"], stats["metrics"]["rejected"]), (7, 0))
        self.assertEqual((stats["logs"]["accepted"], stats["logs"]["rejected"]), (9, 0))

    def test_metrics_and_logs_by_grpc(self):
        self.check_counts("grpc")

    def test_metrics_and_logs_by_http_protobuf(self):
        self.check_counts("http/protobuf")


if __name__ == "__main__":
    main("telemetrygen")
