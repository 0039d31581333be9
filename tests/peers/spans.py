# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""One form for the spans of OTLP JSON and of `show-trace --format json`, so that they compare.

A span is a dictionary: times are integer nanoseconds, an attribute's value is JSON text, because in
Python 1, 1.0 and True are equal. Events and links keep their order.
"""

import calendar
import collections
import datetime
import json
import re

KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")
STATUSES = ("unset", "ok", "error")
# otelctl writes integers that a double does not hold as strings.
EXACT_IN_A_DOUBLE = 2**53
RFC3339_UTC = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z")


def nanoseconds(text):
    """`2026-01-02T03:04:05.123456789Z` as nanoseconds since 1970."""
    match = RFC3339_UTC.fullmatch(text)
    if not match:
        raise ValueError(f"not a time in UTC: {text!r}")
    *calendar_parts, fraction = match.groups()
    seconds = calendar.timegm(tuple(int(part) for part in calendar_parts))
    return seconds * 10**9 + int((fraction or "").ljust(9, "0"))


def attribute_texts(attributes):
    return {key: json.dumps(value, sort_keys=True) for key, value in attributes.items()}


def shown_integer(value):
    return value if abs(value) <= EXACT_IN_A_DOUBLE else str(value)


def any_value(value):
    """The value of an OTLP JSON AnyValue, as otelctl shows it."""
    ((kind, held),) = value.items()
    match kind:
        case "intValue":
            return shown_integer(int(held))
        case "doubleValue":
            return float(held)
        case "arrayValue":
            return [any_value(item) for item in held.get("values", [])]
        case "kvlistValue":
            return {item["key"]: any_value(item["value"]) for item in held.get("values", [])}
        case "bytesValue":
            return {"base64": held}
        case _:
            return held


def otlp_attributes(pairs):
    return {pair["key"]: any_value(pair["value"]) for pair in pairs}


def span_from_otlp(span, resource, scope):
    start = int(span["startTimeUnixNano"])
    status = span.get("status", {})
    return {
        "trace_id": span["traceId"],
        "span_id": span["spanId"],
        "parent_span_id": span.get("parentSpanId", ""),
        "service": resource.get("service.name", ""),
        "resource": attribute_texts(resource),
        "scope": {"name": scope.get("name", ""), "version": scope.get("version", "")},
        "name": span.get("name", ""),
        "kind": KINDS[span.get("kind", 0)],
        "start_ns": start,
        "duration_ns": int(span["endTimeUnixNano"]) - start,
        "status": STATUSES[status.get("code", 0)],
        "status_message": status.get("message", ""),
        "attributes": attribute_texts(otlp_attributes(span.get("attributes", []))),
        "events": [
            {
                "name": event.get("name", ""),
                "time_ns": int(event["timeUnixNano"]),
                "attributes": attribute_texts(otlp_attributes(event.get("attributes", []))),
            }
            for event in span.get("events", [])
        ],
        "links": [
            {
                "trace_id": link["traceId"],
                "span_id": link["spanId"],
                "attributes": attribute_texts(otlp_attributes(link.get("attributes", []))),
            }
            for link in span.get("links", [])
        ],
    }


def spans_from_otlp(document):
    """The spans of one OTLP JSON TracesData, by (trace id, span id)."""
    spans = {}
    for resource_spans in document.get("resourceSpans", []):
        resource = otlp_attributes(resource_spans.get("resource", {}).get("attributes", []))
        for scope_spans in resource_spans.get("scopeSpans", []):
            for span in scope_spans.get("spans", []):
                form = span_from_otlp(span, resource, scope_spans.get("scope", {}))
                key = (form["trace_id"], form["span_id"])
                if key in spans:
                    raise ValueError(f"span {key} is there twice")
                spans[key] = form
    return spans


def spans_from_otlp_lines(text):
    """The spans of OTLP JSON lines, as the Collector's file exporter writes them."""
    merged = {"resourceSpans": []}
    # Not splitlines(): strings may hold the line ends that only Unicode has.
    for line in filter(None, text.split("\n")):
        merged["resourceSpans"] += json.loads(line).get("resourceSpans", [])
    return spans_from_otlp(merged)


def span_from_otelctl(span, trace_id, resource):
    form = {
        key: span[key]
        for key in (
            "span_id",
            "parent_span_id",
            "service",
            "scope",
            "name",
            "kind",
            "duration_ns",
            "status",
            "status_message",
        )
    }
    form["trace_id"] = trace_id
    form["resource"] = attribute_texts(resource["attributes"])
    form["start_ns"] = nanoseconds(span["start"])
    form["attributes"] = attribute_texts(span["attributes"])
    form["events"] = [
        {
            "name": event["name"],
            "time_ns": nanoseconds(event["time"]),
            "attributes": attribute_texts(event["attributes"]),
        }
        for event in span["events"]
    ]
    form["links"] = [
        {
            "trace_id": link["trace_id"],
            "span_id": link["span_id"],
            "attributes": attribute_texts(link["attributes"]),
        }
        for link in span["links"]
    ]
    return form


def spans_from_otelctl(document):
    """The spans of one `show-trace --format json`, by (trace id, span id)."""
    trace_id = document["trace_id"]
    resources = document["resources"]
    forms = [
        span_from_otelctl(span, trace_id, resources[span["resource"]])
        for span in document["spans"]
    ]
    spans = {(trace_id, form["span_id"]): form for form in forms}
    if len(spans) != len(forms):
        raise ValueError(f"trace {trace_id} shows a span twice")
    return spans


RARE_FIELDS = ("trace_state", "dropped_attributes")


def without_rare_fields(span):
    """The span without what `show-trace --format json` does not have."""

    def plain(holder):
        return {key: value for key, value in holder.items() if key not in RARE_FIELDS}

    return plain(span) | {"links": [plain(link) for link in span["links"]]}


def rare_fields(span):
    """A span's trace state, those of its links, and how many attributes it has lost."""
    states = [link["trace_state"] for link in span["links"]]
    return span["trace_state"], states, span["dropped_attributes"]


def rare_fields_from_otlp(span):
    """The same of a span in OTLP JSON."""
    states = [link.get("traceState", "") for link in span.get("links", [])]
    return span.get("traceState", ""), states, span.get("droppedAttributesCount", 0)


def sdk_attributes(attributes):
    """The SDK's attributes as otelctl is to show them."""
    plain = {
        key: shown_integer(value) if type(value) is int else value
        for key, value in attributes.items()
    }
    return attribute_texts(plain)


def spans_from_sdk(printed):
    """The spans that a program of an SDK prints, by (trace id, span id)."""
    spans = {}
    for span in printed:
        span = without_rare_fields(span)
        for holder in (span, *span["events"], *span["links"]):
            holder["attributes"] = sdk_attributes(holder["attributes"])
        span["resource"] = sdk_attributes(span["resource"])
        spans[span["trace_id"], span["span_id"]] = span
    return spans


def recently():
    """A minute ago, as a value of `--start`: with it, two runs of one seed send equal spans."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now - datetime.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def differences(got, expected):
    """What differs between two dictionaries of spans, one line a field or attribute."""
    lines = [f"{key} is missing: {expected[key]}" for key in expected.keys() - got.keys()]
    lines += [f"{key} is not expected: {got[key]}" for key in got.keys() - expected.keys()]
    for key in expected.keys() & got.keys():
        lines += field_differences(str(key), got[key], expected[key])
    return lines


def field_differences(where, got, expected):
    for field in sorted(expected.keys() | got.keys()):
        left, right = got.get(field), expected.get(field)
        if field in ("attributes", "resource"):
            yield from field_differences(f"{where} {field}", left, right)
        elif left != right:
            yield f"{where} {field}: got {left!r}, expected {right!r}"


def summary(spans, trace_id):
    """What `show-traces --format json` is to say of a trace, from its spans."""
    own = [span for key, span in spans.items() if key[0] == trace_id]
    (root,) = [span for span in own if not span["parent_span_id"]]
    begin = min(span["start_ns"] for span in own)
    counts = collections.Counter(span["service"] for span in own)
    return {
        "trace_id": trace_id,
        "root_service": root["service"],
        "root_name": root["name"],
        "start_ns": begin,
        "duration_ns": max(span["start_ns"] + span["duration_ns"] for span in own) - begin,
        "span_count": len(own),
        "error_count": sum(span["status"] == "error" for span in own),
        "services": dict(counts),
    }


def shown_summary(trace):
    """The same of one of the traces that `show-traces --format json` prints."""
    kept = {key: value for key, value in trace.items() if key not in ("start", "services")}
    counts = {service["name"]: service["span_count"] for service in trace["services"]}
    return kept | {"start_ns": nanoseconds(trace["start"]), "services": counts}
