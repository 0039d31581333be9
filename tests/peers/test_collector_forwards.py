# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""A Collector's own exporters bring every span to `otelctl serve`, by both protocols."""

from spans import attribute_texts, recently, spans_from_otelctl
from support import PeerTest, get_json, main, wait_until

PASSED_BY = attribute_texts({"passed.by": "collector"})


def without_mark(span):
    kept = {key: value for key, value in span["attributes"].items() if key not in PASSED_BY}
    return span | {"attributes": kept}


class CollectorForwards(PeerTest):
    def send(self, peer, start):
        what = ["--traces", 20, "--seed", 5, "--start", start]
        target = ["--endpoint", peer.endpoint("grpc"), "--protocol", "grpc"]
        return self.otelctl_json("send-spans", *what, *target)

    def shown(self, serve):
        backend = ["--backend", serve.query_url()]
        listed = self.otelctl_json("show-traces", "--last", 50, *backend)["traces"]
        spans = {}
        for trace in listed:
            document = self.otelctl_json("show-trace", trace["trace_id"], *backend)
            spans |= spans_from_otelctl(document)
        return spans

    def wait_for_spans(self, serve, count):
        def accepted():
            return get_json(serve.query_url() + "/stats")["traces"]["accepted"] >= count

        wait_until(accepted, f"{serve.process.name} has {count} spans")

    def test_every_span_arrives_by_grpc_and_by_http(self):
        by_grpc, by_http, direct = (
            self.start_serve(name=f"serve {name}") for name in ("by grpc", "by http", "direct")
        )
        forward = {"FORWARD_GRPC": by_grpc.grpc, "FORWARD_HTTP": by_http.http}
        collector = self.start_collector("collector-forward.yaml", environment=forward)

        start = recently()
        ledger = self.send(collector, start)
        self.send(direct, start)
        expected = self.shown(direct)
        self.assertEqual(len(expected), ledger["accepted"])
        for serve in (by_grpc, by_http):
            self.wait_for_spans(serve, ledger["accepted"])
            arrived = self.shown(serve)
            marked = [span["attributes"].get("passed.by") for span in arrived.values()]
            self.assertEqual(set(marked), set(PASSED_BY.values()))
            unmarked = {key: without_mark(span) for key, span in arrived.items()}
            self.check_same_spans(unmarked, expected)


if __name__ == "__main__":
    main("collector")
