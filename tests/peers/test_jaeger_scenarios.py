# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Of every scenario Jaeger shows the traces that were sent: the tree, names, services, kinds."""

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

    def shown(self, trace_ids):
        spans = {}
        for trace_id in trace_ids:
            document = self.otelctl_json(
                "show-trace", trace_id, "--backend", self.jaeger.query_url()
            )
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
                shown = self.shown(ledger["trace_ids"])
                self.check_same_spans(shapes(shown), shapes(sent))
                self.check_same_spans(shown, sent)
                self.assertLessEqual(
                    {span["service"] for span in shown.values()}, set(scenario["services"])
                )

    def test_names_of_the_platforms(self):
        self.check(SEED)

    def test_current_names(self):
        self.check(2 * SEED, "--semconv", "current")


if __name__ == "__main__":
    main("jaeger")
