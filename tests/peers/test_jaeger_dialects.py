# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""otelctl finds Jaeger's dialect by behaviour, and reads the same spans in each.

Jaeger 2.13 has both query APIs over HTTP, and api_v3 over gRPC on a port of its own. A proxy that
hides one makes it like the clones of its API, which have no api_v3, or like the Jaeger to come, which
has no legacy search.
"""

from hiding_proxy import hiding
from jaeger_dialects import as_legacy, is_api, is_legacy_search, is_v3
from spans import shown_summary, spans_from_otelctl
from support import PeerTest, main


class JaegerDialects(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jaeger = cls.start_jaeger()
        endpoint = ["--endpoint", cls.jaeger.endpoint("grpc"), "--protocol", "grpc"]
        cls.ledger = cls.otelctl_json("send-spans", "--traces", 3, "--seed", 7, *endpoint)

    def read(self, backend):
        """The dialect found, the ids of show-traces and the spans of show-trace."""
        shown = self.otelctl_json("show-traces", "--last", 10, "--backend", backend)
        self.assertEqual(shown["backend"]["kind"], "jaeger")
        traces = [shown_summary(trace) for trace in shown["traces"]]
        spans = {}
        for trace in traces:
            document = self.otelctl_json("show-trace", trace["trace_id"], "--backend", backend)
            self.assertEqual(document["backend"]["dialect"], shown["backend"]["dialect"])
            spans |= spans_from_otelctl(document)
        return shown["backend"]["dialect"], traces, spans

    def test_v3_is_preferred_where_both_are(self):
        dialect, traces, spans = self.read(self.jaeger.query_url())
        self.assertEqual(dialect, "v3")
        ids = {trace["trace_id"] for trace in traces}
        self.assertEqual(ids, set(self.ledger["trace_ids"]))
        self.assertEqual(len(spans), self.ledger["accepted"])

    def test_v3_is_enough(self):
        expected = self.read(self.jaeger.query_url())
        with hiding(self.jaeger.query_url(), is_legacy_search) as (url, _asked):
            self.assertEqual(self.read(url), expected)

    def test_legacy_is_enough(self):
        _, traces, spans = self.read(self.jaeger.query_url())
        with hiding(self.jaeger.query_url(), is_v3) as (url, asked):
            dialect, legacy_traces, legacy_spans = self.read(url)
        self.assertEqual(dialect, "legacy")
        self.assertTrue(any(path.startswith("/api/v3/") for path in asked), asked)
        self.assertEqual(
            [trace["trace_id"] for trace in legacy_traces], [trace["trace_id"] for trace in traces]
        )
        expected = {key: as_legacy(span) for key, span in spans.items()}
        shown = {key: as_legacy(span) for key, span in legacy_spans.items()}
        self.check_same_spans(shown, expected)

    def test_grpc_is_enough(self):
        _, traces, spans = self.read(self.jaeger.query_url())
        dialect, grpc_traces, grpc_spans = self.read("http://" + self.jaeger.query_grpc)
        self.assertEqual(dialect, "grpc")
        self.assertEqual(grpc_traces, traces)
        self.check_same_spans(grpc_spans, spans)

    def test_filters_find_the_same_over_grpc_as_over_http(self):
        filters = [
            ["--errors"],
            ["--service", "agentmap"],
            ["--tag", "no.such=tag"],
            ["--min-duration", "1ms", "--max-duration", "1h"],
        ]
        for words in filters:
            with self.subTest(words=words):
                found = [
                    self.otelctl_json("show-traces", *words, "--backend", url)["traces"]
                    for url in (self.jaeger.query_url(), "http://" + self.jaeger.query_grpc)
                ]
                self.assertEqual(found[0], found[1])

    def test_what_is_not_there_is_not_seen(self):
        for url in (self.jaeger.query_url(), "http://" + self.jaeger.query_grpc):
            self.otelctl("show-trace", "ab" * 16, "--backend", url, status=6)

    def test_following_ends_when_enough_were_shown(self):
        shown = self.otelctl(
            "show-traces", "--follow", "--require", 3, "--for", "60s", "--format", "ids",
            "--backend", self.jaeger.query_url(),
        )  # fmt: skip
        self.assertEqual(set(shown.stdout.split()), set(self.ledger["trace_ids"]))

    def test_neither_is_not_understood(self):
        with hiding(self.jaeger.query_url(), is_api) as (url, _asked):
            self.otelctl("show-traces", "--backend", url, status=5)


if __name__ == "__main__":
    main("jaeger")
