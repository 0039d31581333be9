# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a command within a span, of which TRACEPARENT tells the command.

usage: run_child.py ENDPOINT COMMAND [ARG...]

Prints JSON: `parent`, the span as the SDK holds it, and `child`, the JSON that the command printed.
"""

import json
import os
import subprocess
import sys

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from send_spans import as_json


def main():
    endpoint, *command = sys.argv[1:]
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource.create({"service.name": "python parent"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(endpoint, insecure=True)))
    provider.add_span_processor(SimpleSpanProcessor(kept))
    with provider.get_tracer("otelctl.peers").start_as_current_span("parent"):
        carrier = {}
        TraceContextTextMapPropagator().inject(carrier)
        environment = {name.upper(): value for name, value in carrier.items()}
        done = subprocess.run(
            command, env=os.environ | environment, stdout=subprocess.PIPE, check=True
        )
    provider.shutdown()
    (parent,) = kept.get_finished_spans()
    print(json.dumps({"parent": as_json(parent), "child": json.loads(done.stdout)}))


if __name__ == "__main__":
    main()
