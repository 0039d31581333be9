# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Every span of `send-spans` comes out of a Collector, as the ledger says."""

from spans import recently, spans_from_otelctl, spans_from_otlp_lines
from support import PeerTest, main

SEED = 20260103


class CollectorSpans(PeerTest):
    def written(self, collector, count):
        """The spans in the file of a Collector, once there are `count` of them."""
        return spans_from_otlp_lines(
            self.read_file(collector, lambda text: text.count('"startTimeUnixNano"') >= count)
        )

    def shown(self, serve, ledger):
        spans = {}
        for trace_id in ledger["trace_ids"]:
            document = self.otelctl_json("show-trace", trace_id, "--backend", serve.query_url())
            spans |= spans_from_otelctl(document)
        return spans

    def send(self, peer, protocol, *arguments):
        endpoint = ["--endpoint", peer.endpoint(protocol), "--protocol", protocol]
        return self.otelctl_json("send-spans", *endpoint, *arguments)

    def check_ledger(self, ledger):
        self.assertGreater(ledger["generated"], 0)
        self.assertEqual(ledger["accepted"], ledger["generated"])
        self.assertEqual((ledger["rejected"], ledger["failed"]), (0, 0))
        self.assertEqual(ledger["errors"], [])
        self.assertGreater(ledger["bytes"], 0)

    def check_contents(self, protocol, *arguments):
        """A few traces, compared span by span with what `otelctl serve` gets of the same seed."""
        collector = self.start_collector()
        arguments = ["--traces", 5, "--seed", SEED, "--start", recently(), *arguments]
        ledger = self.send(collector, protocol, *arguments)
        self.check_ledger(ledger)
        written = self.written(collector, ledger["accepted"])
        self.assertEqual({trace_id for trace_id, _ in written}, set(ledger["trace_ids"]))
        serve = self.start_serve()
        reference = self.send(serve, protocol, *arguments)
        self.check_same_spans(written, self.shown(serve, reference))

    def test_contents_by_grpc(self):
        self.check_contents("grpc")

    def test_contents_by_http_protobuf(self):
        self.check_contents("http/protobuf")

    def test_contents_by_grpc_with_gzip(self):
        self.check_contents("grpc", "--compression", "gzip")

    def test_contents_by_http_protobuf_with_gzip(self):
        self.check_contents("http/protobuf", "--compression", "gzip")

    def check_number(self, protocol):
        """Many traces in many requests: as many spans, with as many ids, as the ledger says."""
        collector = self.start_collector()
        ledger = self.send(collector, protocol, "--traces", 500, "--batch", 256)
        self.check_ledger(ledger)
        self.assertGreater(ledger["requests"], 1)
        written = self.written(collector, ledger["accepted"])
        self.assertEqual(len(written), ledger["accepted"])
        self.assertEqual(len({trace_id for trace_id, _ in written}), 500)

    def test_number_by_grpc(self):
        self.check_number("grpc")

    def test_number_by_http_protobuf(self):
        self.check_number("http/protobuf")


if __name__ == "__main__":
    main("collector")
