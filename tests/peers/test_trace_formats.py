# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What `show-trace` writes for other programs, given to these programs."""

import csv
import io
import json
import subprocess

from support import HERE, PeerTest, main, post_json

EVERYTHING = HERE.parent / "data" / "traces" / "everything.json"
# Redacted, as formats_test.cpp of otelctl shows; what is compared here must not be.
SECRETS = ("http.request.header.authorization", "http.request.header.cookie", "headers")
# Jaeger and the Collector's translation to texts fail over numbers that JSON lacks.
NOT_IN_JSON = ("nan", "inf", "-inf", "array")
# Code, tables, headings and lists: nothing that acts.
HARMLESS_MARKDOWN = {
    *("inline", "text", "softbreak", "code_inline", "fence"),
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
}


def without(document, keys):
    """The OTLP document without the attributes of these names."""
    if isinstance(document, list):
        return [
            without(item, keys)
            for item in document
            if not (isinstance(item, dict) and item.get("key") in keys)
        ]
    if isinstance(document, dict):
        return {key: without(value, keys) for key, value in document.items()}
    return document


def not_empty(document):
    """As protobuf's JSON has it: members that are empty or 0 are as good as absent."""
    if isinstance(document, list):
        return [not_empty(item) for item in document]
    if not isinstance(document, dict):
        return document
    kept = {key: not_empty(value) for key, value in document.items()}
    values = ("stringValue", "boolValue", "doubleValue", "arrayValue", "kvlistValue", "value")
    return {key: value for key, value in kept.items() if key in values or value not in ("", {}, [], 0)}


def spans_by_id(document):
    """Each span of an OTLP document with its resource and scope."""
    spans = {}
    for group in document["resourceSpans"]:
        for scope in group["scopeSpans"]:
            for span in scope["spans"]:
                spans[span["spanId"]] = not_empty(
                    {"resource": group.get("resource"), "scope": scope.get("scope"), "span": span}
                )
    return spans


def jaeger_spans(answer):
    """Each span of a Jaeger answer with its process; tags in one order, JSON in them as JSON."""
    (trace,) = answer["data"]

    def tags(items):
        plain = []
        for tag in items or []:
            value = tag["value"]
            if isinstance(value, str) and value.startswith("{"):
                value = json.loads(value)
            plain.append(json.dumps([tag["key"], tag["type"], value], sort_keys=True))
        return sorted(plain)

    spans = {}
    for span in trace["spans"]:
        process = trace["processes"][span.pop("processID")]
        span["process"] = [process["serviceName"], tags(process["tags"])]
        span["tags"] = tags(span["tags"])
        span["logs"] = sorted(
            (log["timestamp"], tags(log["fields"])) for log in span["logs"] or []
        )
        span.pop("warnings")
        spans[span["spanID"]] = span
    return spans


class TraceFormats(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everything = json.loads(EVERYTHING.read_text())
        cls.trace_id = cls.everything["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["traceId"]

    def shown(self, document, form):
        """The trace of this OTLP document in one of the formats of `show-trace`."""
        serve = self.start_serve()
        post_json(f"http://{serve.http}/v1/traces", json.dumps(document))
        command = ("show-trace", self.trace_id, "--backend", serve.query_url(), "--format", form)
        return self.otelctl(*command).stdout

    def judge(self, what, *files, text):
        python = self.peers["formats"] / "venv/bin/python"
        done = subprocess.run(
            [python, HERE / "formats/judge.py", what, *files],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def test_a_collector_takes_otlp_json_with_every_field(self):
        document = without(self.everything, SECRETS)
        written = self.shown(document, "otlp-json")
        self.assertEqual(spans_by_id(json.loads(written)), spans_by_id(document))
        collector = self.start_collector()
        answer = json.loads(post_json(f"http://{collector.http}/v1/traces", written))
        self.assertEqual(answer, {"partialSuccess": {}})
        (line,) = self.read_file(collector, bool).splitlines()
        self.assertEqual(spans_by_id(json.loads(line)), spans_by_id(document))

    def test_jaeger_takes_otlp_json_and_makes_of_it_what_jaeger_json_has(self):
        document = without(self.everything, SECRETS + NOT_IN_JSON)
        jaeger = self.start_jaeger()
        transformed = json.loads(
            post_json(f"{jaeger.query_url()}/api/transform", self.shown(document, "otlp-json"))
        )
        written = json.loads(self.shown(document, "jaeger-json"))
        self.assertEqual(jaeger_spans(written), jaeger_spans(transformed))

    def test_jaeger_json_is_what_jaegers_user_interface_takes(self):
        schema = HERE / "formats/jaeger_ui.schema.json"
        text = self.shown(self.everything, "jaeger-json")
        self.assertEqual(self.judge("schema", schema, text=text), [])
        wrong = text.replace('"CHILD_OF"', '"PARENT"')
        self.assertNotEqual(self.judge("schema", schema, text=wrong), [])

    def test_csv_has_a_row_a_span_with_the_names_that_were_sent(self):
        text = self.shown(self.everything, "csv")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        spans = spans_by_id(self.everything)
        self.assertEqual({row["span_id"] for row in rows}, set(spans))
        for row in rows:
            span = spans[row["span_id"]]["span"]
            duration = int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])
            self.assertEqual(int(row["duration_ns"]), duration)
            keys = {pair["key"] for pair in span.get("attributes", [])}
            attributes = row["attributes"].removeprefix("'")
            self.assertEqual(set(json.loads(attributes)), keys)
            for cell in row.values():
                self.assertNotIn(cell[:1], tuple("=+-@"))

    def test_markdown_has_nothing_that_acts(self):
        text = self.shown(self.everything, "markdown")
        types = set(self.judge("markdown", text=text))
        self.assertLessEqual(types, HARMLESS_MARKDOWN)
        self.assertLessEqual({"table_open", "fence", "code_inline"}, types)
        acting = self.judge("markdown", text="![a](b) <b>x</b> [a](http://b)")
        self.assertLessEqual({"image", "html_inline", "link_open"}, set(acting))


if __name__ == "__main__":
    main("jaeger", "collector", "formats")
