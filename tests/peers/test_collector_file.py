# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What a Collector's file exporter writes of every scenario, `show-traces` and `show-trace` read."""

from spans import (
    nanoseconds,
    recently,
    shown_summary,
    spans_from_otelctl,
    spans_from_otlp_lines,
    summary,
)
from support import PeerTest, main

SEED = 20260113
TRACES = 3


class CollectorFile(PeerTest):
    def fill(self, collector):
        """Sends traces of every scenario, so that they share requests: the spans."""
        listed = self.otelctl_json("scenarios")["scenarios"]
        names = [each["name"] for each in listed if "traces" in each["signals"]]
        sent = {}
        # A seed gives the same trace ids whatever the scenario.
        for seed, name in enumerate(names, SEED):
            command = ("send-spans", "--traces", TRACES, "--scenario", name, "--seed", seed)
            command = (*command, "--batch", 7, "--start", recently())
            sent |= spans_from_otlp_lines(self.otelctl(*command, "--dry-run").stdout)
            connection = ("--endpoint", collector.endpoint("grpc"), "--protocol", "grpc")
            self.assertEqual(self.otelctl_json(*command, *connection)["failed"], 0)
        return sent

    def filled(self, *settings):
        """The file of a Collector that has ended, and the spans that it got."""
        collector = self.start_collector(settings=settings)
        sent = self.fill(collector)
        # It writes all that it holds before it ends.
        self.assertEqual(collector.process.stop(), 0)
        return collector.file, sent

    def check(self, file, dialect, sent):
        listed = self.otelctl_json("show-traces", "--last", 1000, "--backend", file)
        self.assertEqual((listed["backend"]["kind"], listed["backend"]["dialect"]), ("file", dialect))
        starts = [nanoseconds(trace["start"]) for trace in listed["traces"]]
        self.assertEqual(starts, sorted(starts, reverse=True))
        trace_ids = {trace_id for trace_id, _ in sent}
        self.assertEqual(len(listed["traces"]), len(trace_ids))
        shown = {}
        for trace in listed["traces"]:
            trace_id = trace["trace_id"]
            self.assertEqual(shown_summary(trace), summary(sent, trace_id))
            document = self.otelctl_json("show-trace", trace_id, "--backend", file)
            self.assertEqual(document["warnings"], [])
            shown |= spans_from_otelctl(document)
        self.check_same_spans(shown, sent)
        newest = self.otelctl_json("show-trace", file)
        self.assertEqual(newest["trace_id"], listed["traces"][0]["trace_id"])

    def test_json_lines(self):
        file, sent = self.filled()
        self.check(file, "otlp-json", sent)

    def test_protobuf(self):
        file, sent = self.filled("exporters::file::format: proto")
        self.check(file, "otlp-proto", sent)

    def test_zstd_is_told_what_to_do(self):
        """Each message is compressed for itself, with its length before it."""
        for form in ("json", "proto"):
            with self.subTest(format=form):
                file, _ = self.filled(
                    "exporters::file::compression: zstd", f"exporters::file::format: {form}"
                )
                said = self.otelctl("show-trace", file, status=5).stderr
                self.assertIn("zstd", said)
                self.assertIn("hint: ", said)


if __name__ == "__main__":
    main("collector")
