# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What Zipkin has of every scenario, `show-traces` and `show-trace` show, but for what Zipkin loses.

The traces come to Zipkin by two ways: through the Collector and its Zipkin exporter, which is not
ours, and as `show-trace --format zipkin-json` writes them.
"""

import collections
import json

from spans import recently, shown_summary, spans_from_otelctl, spans_from_otlp_lines, summary
from support import PeerTest, get_json, http_get, main, post_json, wait_until
from zipkin_form import as_zipkin_has_it

SEED = 20260111
UNKNOWN = "0123456789abcdef0123456789abcdef"


def by_trace(spans):
    traces = collections.defaultdict(dict)
    for key, span in spans.items():
        traces[key[0]][key] = span
    return dict(traces)


class Zipkin(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zipkin = cls.start_zipkin()
        cls.backend = ("--backend", cls.zipkin.query_url())
        listed = cls.otelctl_json("scenarios")["scenarios"]
        names = [each["name"] for each in listed if "traces" in each["signals"]]
        collected = cls.send_through_a_collector(names, SEED)
        cls.collected = {
            key: as_zipkin_has_it(span, is_from_collector=True) for key, span in collected.items()
        }
        posted = cls.post_as_zipkin_json(names, 2 * SEED)
        cls.posted = {key: as_zipkin_has_it(span) for key, span in posted.items()}
        cls.traces = by_trace(cls.collected | cls.posted)
        for trace_id, spans in cls.traces.items():
            cls.wait_for_trace(trace_id, len(spans))

    @classmethod
    def generation(cls, scenario, seed):
        # A seed gives the same trace ids whatever the scenario.
        command = ("send-spans", "--traces", 3, "--scenario", scenario, "--seed", seed)
        return (*command, "--start", recently())

    @classmethod
    def send_through_a_collector(cls, names, first_seed):
        url = cls.zipkin.query_url() + "/api/v2/spans"
        settings = (
            f"exporters::zipkin::endpoint: {url}",
            "service::pipelines::traces::exporters: [zipkin]",
        )
        collector = cls.start_collector(settings=settings)
        sent = {}
        for seed, name in enumerate(names, first_seed):
            command = cls.generation(name, seed)
            sent |= spans_from_otlp_lines(cls.otelctl(*command, "--dry-run").stdout)
            cls.otelctl(*command, "--endpoint", collector.endpoint("grpc"), "--protocol", "grpc")
        return sent

    @classmethod
    def post_as_zipkin_json(cls, names, first_seed):
        sent = {}
        for seed, name in enumerate(names, first_seed):
            file = cls.scratch / f"{name}.jsonl"
            cls.otelctl(*cls.generation(name, seed), "--dry-run", "-o", file)
            spans = spans_from_otlp_lines(file.read_text())
            for trace_id in by_trace(spans):
                command = ("show-trace", trace_id, "--backend", file, "--format", "zipkin-json")
                post_json(cls.zipkin.query_url() + "/api/v2/spans", cls.otelctl(*command).stdout)
            sent |= spans
        return sent

    @classmethod
    def wait_for_trace(cls, trace_id, count):
        """Zipkin says that it has taken spans before it has stored them."""
        url = f"{cls.zipkin.query_url()}/api/v2/trace/{trace_id}"

        def is_whole():
            stored = http_get(url)
            return stored is not None and len(json.loads(stored)) >= count

        wait_until(is_whole, f"Zipkin has {count} spans of trace {trace_id}")

    def check_shown(self, expected):
        shown = {}
        for trace_id in by_trace(expected):
            document = self.otelctl_json("show-trace", trace_id, *self.backend)
            self.assertEqual(document["backend"]["kind"], "zipkin")
            shown |= spans_from_otelctl(document)
        self.check_same_spans(shown, expected)

    def test_what_the_collector_sent(self):
        self.check_shown(self.collected)

    def test_what_show_trace_wrote(self):
        self.check_shown(self.posted)

    def listed(self, *options, last=1000):
        document = self.otelctl_json("show-traces", "--last", last, *options, *self.backend)
        return document["traces"]

    def newest_first(self, trace_ids):
        def start(trace_id):
            return min(span["start_ns"] for span in self.traces[trace_id].values())

        return sorted(trace_ids, key=lambda trace_id: (-start(trace_id), trace_id))

    def test_the_last_over_all_services(self):
        newest = self.newest_first(self.traces)
        for last in (1, 7, len(newest), 1000):
            shown = self.listed(last=last)
            self.assertEqual([trace["trace_id"] for trace in shown], newest[:last])
        for trace in shown:
            trace_id = trace["trace_id"]
            self.assertEqual(shown_summary(trace), summary(self.traces[trace_id], trace_id))

    def check_filter(self, fits, *options):
        """`fits` tells of a span whether it is looked for."""
        expected = {
            trace_id
            for trace_id, spans in self.traces.items()
            if any(fits(span) for span in spans.values())
        }
        self.assertNotIn(len(expected), (0, len(self.traces)), options)
        shown = [trace["trace_id"] for trace in self.listed(*options)]
        self.assertEqual(shown, self.newest_first(expected), options)

    def spans(self):
        return [span for spans in self.traces.values() for span in spans.values()]

    def test_service(self):
        services = sorted({span["service"] for span in self.spans()})
        self.assertEqual(get_json(self.zipkin.query_url() + "/api/v2/services"), services)
        for service in services:
            for asked in (service, service.upper()):
                self.check_filter(lambda span: span["service"] == service, "--service", asked)

    def test_operation(self):
        # Some spans have no name, and no name is no filter.
        for name in sorted({span["name"] for span in self.spans()} - {""})[::7]:
            self.check_filter(lambda span: span["name"] == name, "--operation", name)

    def test_tag(self):
        tags = {
            (key, json.loads(text))
            for span in self.spans()
            for key, text in span["attributes"].items()
            if len(text) < 100
        }
        for key, value in sorted(tags)[::29]:
            fits = lambda span: span["attributes"].get(key) == json.dumps(value)  # noqa: E731
            self.check_filter(fits, "--tag", f"{key}={value}")

    def test_errors(self):
        self.check_filter(lambda span: span["status"] == "error", "--errors")

    def test_durations_are_of_the_whole_trace(self):
        durations = {
            trace_id: summary(spans, trace_id)["duration_ns"]
            for trace_id, spans in self.traces.items()
        }
        ordered = sorted(durations.values())
        least, most = ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
        bounds = ("--min-duration", f"{least}ns", "--max-duration", f"{most}ns")
        within = [trace_id for trace_id, each in durations.items() if least <= each <= most]
        shown = [trace["trace_id"] for trace in self.listed(*bounds)]
        self.assertEqual(shown, self.newest_first(within))

    def test_a_trace_that_zipkin_does_not_have_is_not_seen(self):
        self.otelctl("show-trace", UNKNOWN, *self.backend, status=6)


if __name__ == "__main__":
    main("zipkin", "collector")
