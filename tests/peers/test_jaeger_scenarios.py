# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Of every scenario Jaeger shows the traces that were sent: the tree, names, services, kinds; by
api_v3 over HTTP and over gRPC all that was sent, and by the legacy API all that it keeps."""

from hiding_proxy import hiding
from jaeger_dialects import as_legacy, is_v3
from spans import recently, spans_from_otelctl, spans_from_otlp_lines
from support import PeerTest, main

SEED = 20260105
SHAPE = ("parent_span_id", "name", "service", "kind", "status")


def shapes(spans):
    """The tree alone: a failure here says more than one in any of a span's attributes."""
    return {key: {field: span[field] for field in SHAPE} for key, span in spans.items()}


class JaegerScenarios(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jaeger = cls.start_jaeger()

    def connection(self):
        return ("--endpoint", self.jaeger.endpoint("grpc"), "--protocol", "grpc")

    def shown(self, trace_ids, backend, dialect):
        spans = {}
        for trace_id in trace_ids:
            document = self.otelctl_json("show-trace", trace_id, "--backend", backend)
            self.assertEqual(document["backend"]["dialect"], dialect)
            self.assertEqual(document["warnings"], [])
            spans |= spans_from_otelctl(document)
        return spans

    def check(self, first_seed, *options):
        listed = self.otelctl_json("scenarios")["scenarios"]
        # A seed gives the same trace ids whatever the scenario.
        for seed, scenario in enumerate(listed, first_seed):
            if "traces" not in scenario["signals"]:
                continue
            with self.subTest(scenario=scenario["name"]):
                command = ("send-spans", "--traces", 5, "--scenario", scenario["name"], *options)
                command = (*command, "--seed", seed, "--start", recently())
                sent = spans_from_otlp_lines(self.otelctl(*command, "--dry-run").stdout)
                ledger = self.otelctl_json(*command, *self.connection())
                self.assertEqual(ledger["accepted"], len(sent))
                shown = self.shown(ledger["trace_ids"], self.jaeger.query_url(), "v3")
                self.check_same_spans(shapes(shown), shapes(sent))
                self.check_same_spans(shown, sent)
                self.assertLessEqual(
                    {span["service"] for span in shown.values()}, set(scenario["services"])
                )
                self.check_other_ways(ledger["trace_ids"], sent)

    def check_other_ways(self, trace_ids, sent):
        by_grpc = self.shown(trace_ids, "http://" + self.jaeger.query_grpc, "grpc")
        self.check_same_spans(by_grpc, sent)
        with hiding(self.jaeger.query_url(), is_v3) as (url, _asked):
            by_legacy = self.shown(trace_ids, url, "legacy")
        self.check_same_spans(
            {key: as_legacy(span) for key, span in by_legacy.items()},
            {key: as_legacy(span) for key, span in sent.items()},
        )

    def test_names_of_the_platforms(self):
        self.check(SEED)

    def test_current_names(self):
        self.check(2 * SEED, "--semconv", "current")


if __name__ == "__main__":
    main("jaeger")
