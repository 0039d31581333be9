# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Sends one trace that has everything a span can have; below the span that TRACEPARENT names, if it
is set.

usage: send_spans.py grpc|http/protobuf ENDPOINT

Prints JSON: the spans as the SDK holds them.
"""

import json
import os
import sys
import time

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceState
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

NOT_SAMPLED = "not sampled"
# One more than a span keeps.
TOO_MANY = 128 + 1
# The last digits tell nanoseconds from microseconds.
START = (int(time.time()) - 60) * 10**9 + 123_456_789
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


class PeerSampler(Sampler):
    """Leaves one span out and gives the others a trace state."""

    def should_sample(self, parent_context, trace_id, name, *_arguments, **_more):
        decision = Decision.DROP if name == NOT_SAMPLED else Decision.RECORD_AND_SAMPLE
        state = TraceState([("otelctl", "peers"), ("other", "1")])
        return SamplingResult(decision, trace_state=state)

    def get_description(self):
        return "sampler of the peer tests"


def record_trace(context, tracer, other):
    """A root with children of every kind by two tracers."""

    def start(by, name, kind, nanoseconds, parent=None, links=()):
        above = trace.set_span_in_context(parent, context) if parent else context
        return by.start_span(name, above, kind, links=links, start_time=START + nanoseconds)

    root = start(tracer, "root", SpanKind.SERVER, 0)
    root.set_attributes(ATTRIBUTES)
    root.add_event("begun", {"attempt": 1, "why": "first"}, timestamp=START + 11)
    root.add_event("no attributes", timestamp=START + 12)
    root.set_status(Status(StatusCode.OK))

    first = start(tracer, "first child", SpanKind.CLIENT, 1, root)
    first.end(START + 1_000_000)

    other_trace = SpanContext(0x0102030405060708090A0B0C0D0E0F10, 0x0102030405060708, True)
    links = [
        trace.Link(first.get_span_context(), {"reason": "follows", "weight": 0.5}),
        trace.Link(other_trace),
    ]
    name = "second child, \u0434\u0432\u0430 \u4e8c"
    second = start(other, name, SpanKind.PRODUCER, 1_000_001, root, links)
    failed = start(other, "grandchild", SpanKind.CONSUMER, 1_000_002, second)
    failed.record_exception(ValueError("no such thing"), timestamp=START + 1_000_003)
    failed.set_status(Status(StatusCode.ERROR, "it failed"))
    failed.end(START + 1_500_000)
    second.end(START + 2_000_000)

    none = start(tracer, NOT_SAMPLED, SpanKind.INTERNAL, 2_000_001, root)
    orphan = start(tracer, "its parent is not sampled", SpanKind.INTERNAL, 2_000_002, none)
    for number in range(TOO_MANY):
        orphan.set_attribute(f"number {number}", number)
    orphan.end(START + 2_000_003)
    none.end(START + 2_000_004)

    # The times of this one are the SDK's own.
    now = tracer.start_span("now", trace.set_span_in_context(root, context))
    now.add_event("now")
    now.end()
    root.end(START + 3_000_000)


def as_json(span):
    context = span.get_span_context()
    return {
        "trace_id": trace.format_trace_id(context.trace_id),
        "span_id": trace.format_span_id(context.span_id),
        "parent_span_id": trace.format_span_id(span.parent.span_id) if span.parent else "",
        "trace_state": context.trace_state.to_header(),
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
        "dropped_attributes": span.dropped_attributes,
        "events": [
            {"name": event.name, "time_ns": event.timestamp, "attributes": dict(event.attributes)}
            for event in span.events
        ],
        "links": [
            {
                "trace_id": trace.format_trace_id(link.context.trace_id),
                "span_id": trace.format_span_id(link.context.span_id),
                "trace_state": link.context.trace_state.to_header(),
                "attributes": dict(link.attributes),
            }
            for link in span.links
        ],
    }


def main():
    protocol, endpoint = sys.argv[1:]
    kept = InMemorySpanExporter()
    provider = TracerProvider(
        PeerSampler(), Resource.create({"service.name": "python sdk", "shard": 7})
    )
    provider.add_span_processor(SimpleSpanProcessor(kept))
    carrier = {"traceparent": os.environ.get("TRACEPARENT", "")}
    record_trace(
        TraceContextTextMapPropagator().extract(carrier),
        provider.get_tracer("otelctl.peers", "1.0"),
        provider.get_tracer("otelctl.peers.other"),
    )
    spans = kept.get_finished_spans()
    if exporter(protocol, endpoint).export(spans) is not SpanExportResult.SUCCESS:
        sys.exit("the SDK could not export its spans")
    print(json.dumps([as_json(span) for span in spans]))


if __name__ == "__main__":
    main()
