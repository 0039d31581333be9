# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""A Collector's own exporters bring every span to `otelctl serve`, by both protocols."""

from certificates import Authority
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

    def check_that_every_span_arrives(self, of_serve=(), of_collector=()):
        by_grpc, by_http = (
            self.start_serve(*of_serve, name=f"serve {name}") for name in ("by grpc", "by http")
        )
        direct = self.start_serve(name="serve direct")
        forward = {"FORWARD_GRPC": by_grpc.grpc, "FORWARD_HTTP": by_http.http}
        collector = self.start_collector(
            "collector-forward.yaml", environment=forward, settings=of_collector
        )

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

    def test_every_span_arrives_by_grpc_and_by_http(self):
        self.check_that_every_span_arrives()

    def test_every_span_arrives_over_mutual_tls(self):
        authority = Authority(self.scratch, "authority")
        server, client = authority.issue("server"), authority.issue("client")
        of_serve = ["--tls-cert", server.cert, "--tls-key", server.key]
        of_serve += ["--client-ca", authority.ca_file]
        files = f"{{ca_file: {authority.ca_file}, cert_file: {client.cert}, key_file: {client.key}}}"
        self.check_that_every_span_arrives(
            [str(argument) for argument in of_serve],
            [
                f"exporters::otlp_grpc::tls: {files}",
                "exporters::otlp_grpc::tls::insecure: false",
                f"exporters::otlp_http::tls: {files}",
                "exporters::otlp_http::endpoint: https://${env:FORWARD_HTTP}",
            ],
        )


if __name__ == "__main__":
    main("collector")
