# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What `send-spans` sends to Jaeger, `show-traces` and `show-trace` show to the last attribute."""

from spans import (
    recently,
    shown_summary,
    spans_from_otelctl,
    spans_from_otlp,
    summary,
)
from support import PeerTest, get_json, main

SEED = 20260102


class JaegerSpans(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jaeger = cls.start_jaeger()
        cls.serve = cls.start_serve()

    def send(self, peer, protocol, *arguments):
        endpoint = ["--endpoint", peer.endpoint(protocol), "--protocol", protocol]
        return self.otelctl_json("send-spans", "--traces", 3, *endpoint, *arguments)

    def stored(self, ledger):
        """What Jaeger itself says it has of the traces of a ledger."""
        spans = {}
        for trace_id in ledger["trace_ids"]:
            answer = get_json(f"{self.jaeger.query_url()}/api/v3/traces/{trace_id}")
            spans |= spans_from_otlp(answer["result"])
        return spans

    def shown(self, peer, ledger):
        spans = {}
        for trace_id in ledger["trace_ids"]:
            document = self.otelctl_json("show-trace", trace_id, "--backend", peer.query_url())
            self.assertEqual(document["schema"], "otelctl.trace/1")
            spans |= spans_from_otelctl(document)
        return spans

    def check_ledger(self, ledger):
        self.assertEqual(ledger["schema"], "otelctl.ledger/1")
        self.assertEqual(ledger["accepted"], ledger["generated"])
        self.assertEqual((ledger["rejected"], ledger["failed"]), (0, 0))
        self.assertEqual(len(set(ledger["trace_ids"])), 3)

    def check_list(self, ledger, stored):
        shown = self.otelctl_json("show-traces", "--last", 10, "--backend", self.jaeger.query_url())
        self.assertEqual(shown["schema"], "otelctl.traces/1")
        starts = [trace["start"] for trace in shown["traces"]]
        self.assertEqual(starts, sorted(starts, reverse=True))
        listed = {trace["trace_id"]: shown_summary(trace) for trace in shown["traces"]}
        for trace_id in ledger["trace_ids"]:
            self.assertEqual(listed.get(trace_id), summary(stored, trace_id))

    def check(self, protocol, seed, *arguments):
        arguments = ["--seed", seed, "--start", recently(), *arguments]
        ledger = self.send(self.jaeger, protocol, *arguments)
        self.check_ledger(ledger)
        stored = self.stored(ledger)
        self.assertEqual(len(stored), ledger["accepted"])
        self.check_list(ledger, stored)
        self.check_same_spans(self.shown(self.jaeger, ledger), stored)
        # A second way to the same spans, on which Jaeger's code has had no influence.
        reference = self.send(self.serve, protocol, *arguments)
        self.assertEqual(reference["trace_ids"], ledger["trace_ids"])
        self.check_same_spans(stored, self.shown(self.serve, reference))

    def test_agentmap_by_grpc(self):
        self.check("grpc", SEED, "--scenario", "agentmap")

    def test_agentmap_by_http_protobuf(self):
        self.check("http/protobuf", SEED + 1, "--scenario", "agentmap")

    def test_simple_by_grpc(self):
        self.check("grpc", SEED + 2, "--scenario", "simple")

    def test_gzip(self):
        self.check("grpc", SEED + 3, "--compression", "gzip")
        self.check("http/protobuf", SEED + 4, "--compression", "gzip")

    def test_a_trace_that_jaeger_does_not_have_is_not_seen(self):
        unknown = "0123456789abcdef0123456789abcdef"
        self.otelctl("show-trace", unknown, "--backend", self.jaeger.query_url(), status=6)


if __name__ == "__main__":
    main("jaeger")
