// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Sends one trace that has everything a span can have; below the span that TRACEPARENT names, if it
// is set. Prints JSON: the spans as the SDK holds them.
//
// usage: node send_spans.cjs FOLDER grpc|http/protobuf ENDPOINT     with node_modules in FOLDER
const { createRequire } = require("node:module");

const [, , folder, protocol, endpoint] = process.argv;
const required = createRequire(folder + "/node_modules/");
const api = required("@opentelemetry/api");
const { W3CTraceContextPropagator, TraceState, ExportResultCode } = required("@opentelemetry/core");
const { resourceFromAttributes } = required("@opentelemetry/resources");
const sdk = required("@opentelemetry/sdk-trace-base");

const { SpanKind, SpanStatusCode } = api;
const NOT_SAMPLED = "not sampled";
// One more than a span keeps.
const TOO_MANY = 128 + 1;
// The last digits tell nanoseconds from microseconds.
const START = [Math.floor(Date.now() / 1000) - 60, 123_456_789];
// JavaScript has one type of number: the SDK sends those without a fraction as integers.
const ATTRIBUTES = {
  text: 'an umlaut ü, a quote ", a line\nbreak, a tab\t, and \u{1f600}',
  empty: "",
  count: 42,
  negative: -7,
  ratio: 0.1,
  yes: true,
  no: false,
  texts: ["a", "b"],
  counts: [1, 2, 3],
  ratios: [0.5, 2.25],
  flags: [true, false],
};

const after = (nanoseconds) => [START[0], START[1] + nanoseconds];

// Leaves one span out and gives the others a trace state.
const sampler = {
  shouldSample: (_context, _traceId, name) => ({
    decision:
      name === NOT_SAMPLED
        ? sdk.SamplingDecision.NOT_RECORD
        : sdk.SamplingDecision.RECORD_AND_SAMPLED,
    traceState: new TraceState("otelctl=peers,other=1"),
  }),
  toString: () => "sampler of the peer tests",
};

// An exporter that keeps the spans.
const kept = {
  spans: [],
  export(spans, done) {
    this.spans.push(...spans);
    done({ code: ExportResultCode.SUCCESS });
  },
  shutdown: async () => {},
};

// A root with children of every kind by two tracers.
function recordTrace(context, tracer, other) {
  const root = tracer.startSpan(
    "root",
    { kind: SpanKind.SERVER, attributes: ATTRIBUTES, startTime: after(0) },
    context,
  );
  root.addEvent("begun", { attempt: 1, why: "first" }, after(11));
  root.addEvent("no attributes", after(12));
  root.setStatus({ code: SpanStatusCode.OK });
  const belowRoot = api.trace.setSpan(context, root);

  const first = tracer.startSpan(
    "first child",
    { kind: SpanKind.CLIENT, startTime: after(1) },
    belowRoot,
  );
  first.end(after(1_000_000));

  const otherTrace = {
    traceId: "0102030405060708090a0b0c0d0e0f10",
    spanId: "0102030405060708",
    traceFlags: 0,
  };
  const links = [
    { context: first.spanContext(), attributes: { reason: "follows", weight: 0.5 } },
    { context: otherTrace },
  ];
  const second = other.startSpan(
    "second child, \u0434\u0432\u0430 \u4e8c",
    { kind: SpanKind.PRODUCER, links, startTime: after(1_000_001) },
    belowRoot,
  );
  const failed = other.startSpan(
    "grandchild",
    { kind: SpanKind.CONSUMER, startTime: after(1_000_002) },
    api.trace.setSpan(belowRoot, second),
  );
  failed.recordException(new Error("no such thing"), after(1_000_003));
  failed.setStatus({ code: SpanStatusCode.ERROR, message: "it failed" });
  failed.end(after(1_500_000));
  second.end(after(2_000_000));

  const none = tracer.startSpan(NOT_SAMPLED, { startTime: after(2_000_001) }, belowRoot);
  const orphan = tracer.startSpan(
    "its parent is not sampled",
    { startTime: after(2_000_002) },
    api.trace.setSpan(belowRoot, none),
  );
  for (let number = 0; number < TOO_MANY; ++number) {
    orphan.setAttribute(`number ${number}`, number);
  }
  orphan.end(after(2_000_003));
  none.end(after(2_000_004));

  // The times of this one are the SDK's own.
  const now = tracer.startSpan("now", {}, belowRoot);
  now.addEvent("now");
  now.end();
  root.end(after(3_000_000));
}

// As text: a double does not hold them.
const nanoseconds = ([seconds, rest]) => BigInt(seconds) * 1_000_000_000n + BigInt(rest);

const linkAsJson = ({ context, attributes }) => ({
  trace_id: context.traceId,
  span_id: context.spanId,
  trace_state: context.traceState?.serialize() ?? "",
  attributes: attributes ?? {},
});

function spanAsJson(span) {
  const { traceId, spanId, traceState } = span.spanContext();
  return {
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanContext?.spanId ?? "",
    trace_state: traceState?.serialize() ?? "",
    service: span.resource.attributes["service.name"],
    resource: span.resource.attributes,
    scope: {
      name: span.instrumentationScope.name,
      version: span.instrumentationScope.version ?? "",
    },
    name: span.name,
    kind: SpanKind[span.kind].toLowerCase(),
    start_ns: nanoseconds(span.startTime),
    duration_ns: nanoseconds(span.endTime) - nanoseconds(span.startTime),
    status: SpanStatusCode[span.status.code].toLowerCase(),
    status_message: span.status.message ?? "",
    attributes: span.attributes,
    dropped_attributes: span.droppedAttributesCount,
    events: span.events.map(({ name, time, attributes }) => ({
      name,
      time_ns: nanoseconds(time),
      attributes: attributes ?? {},
    })),
    links: span.links.map(linkAsJson),
  };
}

// JSON has whole numbers of any size, JSON.stringify has not: they are marked, then unmarked.
function toJson(value) {
  const marked = JSON.stringify(value, (_key, held) =>
    typeof held === "bigint" ? `\u0001${held}` : held,
  );
  return marked.replace(/"\\u0001(\d+)"/g, "$1");
}

function exporter() {
  if (protocol === "grpc") {
    const { OTLPTraceExporter } = required("@opentelemetry/exporter-trace-otlp-grpc");
    return new OTLPTraceExporter({ url: endpoint });
  }
  const { OTLPTraceExporter } = required("@opentelemetry/exporter-trace-otlp-proto");
  return new OTLPTraceExporter({ url: endpoint + "/v1/traces" });
}

const provider = new sdk.BasicTracerProvider({
  resource: resourceFromAttributes({ "service.name": "javascript sdk", shard: 7 }),
  sampler,
  spanProcessors: [new sdk.SimpleSpanProcessor(kept)],
});
const context = new W3CTraceContextPropagator().extract(
  api.ROOT_CONTEXT,
  { traceparent: process.env.TRACEPARENT },
  api.defaultTextMapGetter,
);
recordTrace(
  context,
  provider.getTracer("otelctl.peers", "1.0"),
  provider.getTracer("otelctl.peers.other"),
);
provider.forceFlush().then(() => {
  const sender = exporter();
  sender.export(kept.spans, async ({ code, error }) => {
    if (code !== ExportResultCode.SUCCESS) {
      console.error(error);
      process.exitCode = 1;
    } else {
      console.log(toJson(kept.spans.map(spanAsJson)));
    }
    await sender.shutdown();
  });
});
