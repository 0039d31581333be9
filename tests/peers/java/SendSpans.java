// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends one trace that has everything a span can have; below the span that TRACEPARENT names, if it
 * is set. Prints JSON: the spans as the SDK holds them.
 *
 * <p>usage: SendSpans grpc|http/protobuf ENDPOINT
 */
public final class SendSpans {
  private static final String NOT_SAMPLED = "not sampled";
  // One more than a span keeps.
  private static final int TOO_MANY = 128 + 1;
  // The last digits tell nanoseconds from microseconds.
  private static final long START =
      (Instant.now().getEpochSecond() - 60) * 1_000_000_000L + 123_456_789L;
  private static final Attributes ATTRIBUTES =
      Attributes.builder()
          .put("text", "an umlaut ü, a quote \", a line\nbreak, a tab\t, and \uD83D\uDE00")
          .put("empty", "")
          .put("count", 42L)
          .put("negative", -7L)
          .put("beyond 2^53", (1L << 60) + 1)
          .put("whole double", 3.0)
          .put("ratio", 0.1)
          .put("yes", true)
          .put("no", false)
          .put("texts", "a", "b")
          .put("counts", 1L, 2L, 3L)
          .put("ratios", 0.5, 2.0)
          .put("flags", true, false)
          .build();

  /** Leaves one span out and gives the others a trace state. */
  private static final class PeerSampler implements Sampler {
    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      SamplingDecision decision =
          name.equals(NOT_SAMPLED) ? SamplingDecision.DROP : SamplingDecision.RECORD_AND_SAMPLE;
      return new SamplingResult() {
        @Override
        public SamplingDecision getDecision() {
          return decision;
        }

        @Override
        public Attributes getAttributes() {
          return Attributes.empty();
        }

        @Override
        public TraceState getUpdatedTraceState(TraceState ignored) {
          return TraceState.builder().put("other", "1").put("otelctl", "peers").build();
        }
      };
    }

    @Override
    public String getDescription() {
      return "sampler of the peer tests";
    }
  }

  /** An exporter that keeps the spans. */
  private static final class Keeper implements SpanExporter {
    final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      spans.addAll(exported);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static Span start(
      Tracer tracer, String name, Context parent, SpanKind kind, long nanoseconds) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setSpanKind(kind)
        .setStartTimestamp(START + nanoseconds, TimeUnit.NANOSECONDS)
        .startSpan();
  }

  private static void end(Span span, long nanoseconds) {
    span.end(START + nanoseconds, TimeUnit.NANOSECONDS);
  }

  /** A root with children of every kind by two tracers. */
  private static void recordTrace(Context above, Tracer tracer, Tracer other) {
    Span root = start(tracer, "root", above, SpanKind.SERVER, 0).setAllAttributes(ATTRIBUTES);
    root.addEvent(
        "begun",
        Attributes.builder().put("attempt", 1L).put("why", "first").build(),
        START + 11,
        TimeUnit.NANOSECONDS);
    root.addEvent("no attributes", START + 12, TimeUnit.NANOSECONDS);
    root.setStatus(StatusCode.OK);
    Context belowRoot = above.with(root);

    Span first = start(tracer, "first child", belowRoot, SpanKind.CLIENT, 1);
    end(first, 1_000_000);

    SpanContext otherTrace =
        SpanContext.create(
            "0102030405060708090a0b0c0d0e0f10",
            "0102030405060708",
            TraceFlags.getDefault(),
            TraceState.getDefault());
    Attributes reason = Attributes.builder().put("reason", "follows").put("weight", 0.5).build();
    Span second =
        other
            .spanBuilder("second child, \u0434\u0432\u0430 \u4e8c")
            .setParent(belowRoot)
            .setSpanKind(SpanKind.PRODUCER)
            .setStartTimestamp(START + 1_000_001, TimeUnit.NANOSECONDS)
            .addLink(first.getSpanContext(), reason)
            .addLink(otherTrace)
            .startSpan();
    Span failed =
        start(other, "grandchild", belowRoot.with(second), SpanKind.CONSUMER, 1_000_002);
    failed.recordException(new IllegalStateException("no such thing"));
    failed.setStatus(StatusCode.ERROR, "it failed");
    end(failed, 1_500_000);
    end(second, 2_000_000);

    Span none = start(tracer, NOT_SAMPLED, belowRoot, SpanKind.INTERNAL, 2_000_001);
    Span orphan =
        start(
            tracer,
            "its parent is not sampled",
            belowRoot.with(none),
            SpanKind.INTERNAL,
            2_000_002);
    for (int number = 0; number < TOO_MANY; ++number) {
      orphan.setAttribute("number " + number, number);
    }
    end(orphan, 2_000_003);
    end(none, 2_000_004);

    // The times of this one are the SDK's own.
    Span now = tracer.spanBuilder("now").setParent(belowRoot).startSpan();
    now.addEvent("now");
    now.end();
    end(root, 3_000_000);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      if (unit == '"' || unit == '\\' || unit < ' ') {
        json.append(String.format("\\u%04x", (int) unit));
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }

  /** As JSON: maps, lists, texts, and what Java writes as JSON does, numbers and booleans. */
  private static String json(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(member -> quoted(member.getKey().toString()) + ":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> items) {
      return items.stream().map(SendSpans::json).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static Map<String, Object> members(Object... keysAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      members.put((String) keysAndValues[index], keysAndValues[index + 1]);
    }
    return members;
  }

  private static Map<String, Object> attributes(Attributes attributes) {
    Map<String, Object> members = new LinkedHashMap<>();
    attributes.forEach((AttributeKey<?> key, Object value) -> members.put(key.getKey(), value));
    return members;
  }

  private static Object event(EventData event) {
    return members(
        "name", event.getName(),
        "time_ns", event.getEpochNanos(),
        "attributes", attributes(event.getAttributes()));
  }

  private static String traceState(SpanContext context) {
    return context.getTraceState().asMap().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static Object link(LinkData link) {
    return members(
        "trace_id", link.getSpanContext().getTraceId(),
        "span_id", link.getSpanContext().getSpanId(),
        "trace_state", traceState(link.getSpanContext()),
        "attributes", attributes(link.getAttributes()));
  }

  private static Object span(SpanData span) {
    String version = span.getInstrumentationScopeInfo().getVersion();
    Map<String, Object> resource = attributes(span.getResource().getAttributes());
    return members(
        "trace_id", span.getTraceId(),
        "span_id", span.getSpanId(),
        "parent_span_id", span.getParentSpanContext().isValid() ? span.getParentSpanId() : "",
        "trace_state", traceState(span.getSpanContext()),
        "service", resource.get("service.name"),
        "resource", resource,
        "scope",
            members(
                "name", span.getInstrumentationScopeInfo().getName(),
                "version", version == null ? "" : version),
        "name", span.getName(),
        "kind", span.getKind().name().toLowerCase(Locale.ROOT),
        "start_ns", span.getStartEpochNanos(),
        "duration_ns", span.getEndEpochNanos() - span.getStartEpochNanos(),
        "status", span.getStatus().getStatusCode().name().toLowerCase(Locale.ROOT),
        "status_message", span.getStatus().getDescription(),
        "attributes", attributes(span.getAttributes()),
        "dropped_attributes", span.getTotalAttributeCount() - span.getAttributes().size(),
        "events", span.getEvents().stream().map(SendSpans::event).toList(),
        "links", span.getLinks().stream().map(SendSpans::link).toList());
  }

  private static SpanExporter exporter(String protocol, String endpoint) {
    if (protocol.equals("grpc")) {
      return OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build();
    }
    return OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build();
  }

  /** What TRACEPARENT says. */
  private static Context above() {
    TextMapGetter<Map<String, String>> getter =
        (carrier, key) -> carrier.get(key.toUpperCase(Locale.ROOT));
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), System.getenv(), getter);
  }

  public static void main(String[] arguments) {
    Keeper kept = new Keeper();
    Attributes described =
        Attributes.builder().put("service.name", "java sdk").put("shard", 7L).build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(new PeerSampler())
            .setResource(Resource.create(described))
            .addSpanProcessor(SimpleSpanProcessor.create(kept))
            .build();
    recordTrace(
        above(),
        provider.tracerBuilder("otelctl.peers").setInstrumentationVersion("1.0").build(),
        provider.get("otelctl.peers.other"));
    SpanExporter exporter = exporter(arguments[0], arguments[1]);
    boolean isSent = exporter.export(kept.spans).join(30, TimeUnit.SECONDS).isSuccess();
    exporter.shutdown().join(30, TimeUnit.SECONDS);
    if (!isSent) {
      System.err.println("the SDK could not export its spans");
      System.exit(1);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(json(kept.spans.stream().map(SendSpans::span).toList()));
  }
}
