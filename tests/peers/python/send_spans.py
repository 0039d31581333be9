# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Sends one trace that has everything a span can have.

usage: send_spans.py grpc|http/protobuf ENDPOINT

Prints JSON: the spans as the SDK holds them.
"""

import json
import sys

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, Status, StatusCode

# The last digits tell nanoseconds from microseconds.
START = 1_767_323_045_123_456_789
ATTRIBUTES = {
    "text": "an umlaut ü, a quote \", a line\nbreak, a tab\t, and \U0001f600",
    "empty": "",
    "count": 42,
    "negative": -7,
    "beyond 2^53": 2**60 + 1,
    "whole double": 3.0,
    "ratio": 0.1,
    "yes": True,
    "no": False,
    "texts": ["a", "b"],
    "counts": [1, 2, 3],
    "ratios": [0.5, 2.0],
    "flags": [True, False],
}


def exporter(protocol, endpoint):
    if protocol == "grpc":
        return GrpcExporter(endpoint=endpoint, insecure=True, timeout=10)
    return HttpExporter(endpoint=endpoint + "/v1/traces", timeout=10)


def record_trace(tracer):
    """A root with two children; the second one has a child of its own that fails."""
    root = tracer.start_span(
        "root", kind=SpanKind.SERVER, attributes=ATTRIBUTES, start_time=START
    )
    root.add_event("begun", {"attempt": 1, "why": "first"}, timestamp=START + 11)
    root.add_event("no attributes", timestamp=START + 12)
    root.set_status(Status(StatusCode.OK))
    below_root = trace.set_span_in_context(root)

    first = tracer.start_span(
        "first child", below_root, kind=SpanKind.CLIENT, start_time=START + 1
    )
    first.end(START + 1_000_000)

    links = [trace.Link(first.get_span_context(), {"reason": "follows", "weight": 0.5})]
    second = tracer.start_span(
        "second child",
        below_root,
        kind=SpanKind.PRODUCER,
        links=links,
        start_time=START + 1_000_001,
    )
    failed = tracer.start_span(
        "grandchild",
        trace.set_span_in_context(second),
        kind=SpanKind.CONSUMER,
        start_time=START + 1_000_002,
    )
    failed.record_exception(ValueError("no such thing"), timestamp=START + 1_000_003)
    failed.set_status(Status(StatusCode.ERROR, "it failed"))
    failed.end(START + 1_500_000)
    second.end(START + 2_000_000)
    root.end(START + 3_000_000)


def as_json(span):
    context = span.get_span_context()
    return {
        "trace_id": trace.format_trace_id(context.trace_id),
        "span_id": trace.format_span_id(context.span_id),
        "parent_span_id": trace.format_span_id(span.parent.span_id) if span.parent else "",
        "service": span.resource.attributes["service.name"],
        "resource": dict(span.resource.attributes),
        "scope": {
            "name": span.instrumentation_scope.name,
            "version": span.instrumentation_scope.version,
        },
        "name": span.name,
        "kind": span.kind.name.lower(),
        "start_ns": span.start_time,
        "duration_ns": span.end_time - span.start_time,
        "status": span.status.status_code.name.lower(),
        "status_message": span.status.description or "",
        "attributes": dict(span.attributes),
        "events": [
            {"name": event.name, "time_ns": event.timestamp, "attributes": dict(event.attributes)}
            for event in span.events
        ],
        "links": [
            {
                "trace_id": trace.format_trace_id(link.context.trace_id),
                "span_id": trace.format_span_id(link.context.span_id),
                "attributes": dict(link.attributes),
            }
            for link in span.links
        ],
    }


def main():
    protocol, endpoint = sys.argv[1:]
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource.create({"service.name": "python sdk"}))
    provider.add_span_processor(SimpleSpanProcessor(kept))
    record_trace(provider.get_tracer("otelctl.peers", "1.0"))
    spans = kept.get_finished_spans()
    if exporter(protocol, endpoint).export(spans) is not SpanExportResult.SUCCESS:
        sys.exit("the SDK could not export its spans")
    print(json.dumps([as_json(span) for span in spans]))


if __name__ == "__main__":
    main()
