// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0

// Sends one trace that has everything a span can have; below the span that TRACEPARENT names, if it
// is set.
//
// usage: send_spans grpc|http/protobuf ENDPOINT
//
// Prints JSON: the spans as the SDK holds them.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const notSampled = "not sampled"

// One more than a span keeps.
const tooMany = 128 + 1

var attributes = []attribute.KeyValue{
	attribute.String("text", "an umlaut ü, a quote \", a line\nbreak, a tab\t, and \U0001f600"),
	attribute.String("empty", ""),
	attribute.Int64("count", 42),
	attribute.Int64("negative", -7),
	attribute.Int64("beyond 2^53", 1<<60+1),
	attribute.Float64("whole double", 3.0),
	attribute.Float64("ratio", 0.1),
	attribute.Bool("yes", true),
	attribute.Bool("no", false),
	attribute.StringSlice("texts", []string{"a", "b"}),
	attribute.Int64Slice("counts", []int64{1, 2, 3}),
	attribute.Float64Slice("ratios", []float64{0.5, 2.0}),
	attribute.BoolSlice("flags", []bool{true, false}),
}

// sampler leaves one span out and gives the others a trace state.
type sampler struct{}

func (sampler) Description() string { return "sampler of the peer tests" }

func (sampler) ShouldSample(p sdk.SamplingParameters) sdk.SamplingResult {
	state, err := trace.ParseTraceState("otelctl=peers,other=1")
	if err != nil {
		log.Fatal(err)
	}
	decision := sdk.RecordAndSample
	if p.Name == notSampled {
		decision = sdk.Drop
	}
	return sdk.SamplingResult{Decision: decision, Tracestate: state}
}

// keeper is an exporter that keeps the spans.
type keeper struct{ spans []sdk.ReadOnlySpan }

func (k *keeper) ExportSpans(_ context.Context, spans []sdk.ReadOnlySpan) error {
	k.spans = append(k.spans, spans...)
	return nil
}

func (k *keeper) Shutdown(context.Context) error { return nil }

// recordTrace makes a root with children of every kind by two tracers.
func recordTrace(ctx context.Context, tracer, other trace.Tracer) {
	// The last digits tell nanoseconds from microseconds.
	start := time.Unix(time.Now().Unix()-60, 123_456_789)
	at := func(nanoseconds int) trace.SpanEventOption {
		return trace.WithTimestamp(start.Add(time.Duration(nanoseconds)))
	}
	from := func(nanoseconds int) trace.SpanStartOption { return at(nanoseconds).(trace.SpanStartOption) }
	until := func(span trace.Span, nanoseconds int) {
		span.End(trace.WithTimestamp(start.Add(time.Duration(nanoseconds))))
	}

	belowRoot, root := tracer.Start(ctx, "root", from(0), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attributes...))
	root.AddEvent("begun", at(11), trace.WithAttributes(attribute.Int("attempt", 1), attribute.String("why", "first")))
	root.AddEvent("no attributes", at(12))
	root.SetStatus(codes.Ok, "")

	_, first := tracer.Start(belowRoot, "first child", from(1), trace.WithSpanKind(trace.SpanKindClient))
	until(first, 1_000_000)

	links := trace.WithLinks(
		trace.Link{SpanContext: first.SpanContext(), Attributes: []attribute.KeyValue{
			attribute.String("reason", "follows"), attribute.Float64("weight", 0.5)}},
		trace.Link{SpanContext: otherTrace()})
	belowSecond, second := other.Start(belowRoot, "second child, \u0434\u0432\u0430 \u4e8c", from(1_000_001),
		trace.WithSpanKind(trace.SpanKindProducer), links)
	_, failed := other.Start(belowSecond, "grandchild", from(1_000_002), trace.WithSpanKind(trace.SpanKindConsumer))
	failed.RecordError(errors.New("no such thing"), at(1_000_003), trace.WithStackTrace(true))
	failed.SetStatus(codes.Error, "it failed")
	until(failed, 1_500_000)
	until(second, 2_000_000)

	belowNone, none := tracer.Start(belowRoot, notSampled, from(2_000_001))
	_, orphan := tracer.Start(belowNone, "its parent is not sampled", from(2_000_002))
	for number := range tooMany {
		orphan.SetAttributes(attribute.Int(fmt.Sprintf("number %d", number), number))
	}
	until(orphan, 2_000_003)
	until(none, 2_000_004)

	// The times of this one are the SDK's own.
	_, now := tracer.Start(belowRoot, "now")
	now.AddEvent("now")
	now.End()
	until(root, 3_000_000)
}

func otherTrace() trace.SpanContext {
	return trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
		SpanID:  trace.SpanID{1, 2, 3, 4, 5, 6, 7, 8},
		Remote:  true,
	})
}

// double is written so that it stays one: 3 as 3.0.
type double float64

func (d double) MarshalJSON() ([]byte, error) {
	if d == double(int64(d)) {
		return fmt.Appendf(nil, "%.1f", float64(d)), nil
	}
	return json.Marshal(float64(d))
}

func attributesAsJSON(pairs []attribute.KeyValue) map[string]any {
	values := map[string]any{}
	for _, pair := range pairs {
		value := pair.Value.AsInterface()
		switch held := value.(type) {
		case float64:
			value = double(held)
		case []float64:
			doubles := []double{}
			for _, one := range held {
				doubles = append(doubles, double(one))
			}
			value = doubles
		}
		values[string(pair.Key)] = value
	}
	return values
}

func eventsAsJSON(span sdk.ReadOnlySpan) []any {
	events := []any{}
	for _, event := range span.Events() {
		events = append(events, map[string]any{
			"name":       event.Name,
			"time_ns":    event.Time.UnixNano(),
			"attributes": attributesAsJSON(event.Attributes),
		})
	}
	return events
}

func linksAsJSON(span sdk.ReadOnlySpan) []any {
	links := []any{}
	for _, link := range span.Links() {
		links = append(links, map[string]any{
			"trace_id":    link.SpanContext.TraceID().String(),
			"span_id":     link.SpanContext.SpanID().String(),
			"trace_state": link.SpanContext.TraceState().String(),
			"attributes":  attributesAsJSON(link.Attributes),
		})
	}
	return links
}

func asJSON(span sdk.ReadOnlySpan) any {
	parent := ""
	if span.Parent().SpanID().IsValid() {
		parent = span.Parent().SpanID().String()
	}
	status := map[codes.Code]string{codes.Unset: "unset", codes.Ok: "ok", codes.Error: "error"}
	resource := attributesAsJSON(span.Resource().Attributes())
	return map[string]any{
		"trace_id":       span.SpanContext().TraceID().String(),
		"span_id":        span.SpanContext().SpanID().String(),
		"parent_span_id": parent,
		"trace_state":    span.SpanContext().TraceState().String(),
		"service":        resource["service.name"],
		"resource":       resource,
		"scope": map[string]any{
			"name":    span.InstrumentationScope().Name,
			"version": span.InstrumentationScope().Version,
		},
		"name":               span.Name(),
		"kind":               span.SpanKind().String(),
		"start_ns":           span.StartTime().UnixNano(),
		"duration_ns":        span.EndTime().Sub(span.StartTime()).Nanoseconds(),
		"status":             status[span.Status().Code],
		"status_message":     span.Status().Description,
		"attributes":         attributesAsJSON(span.Attributes()),
		"dropped_attributes": span.DroppedAttributes(),
		"events":             eventsAsJSON(span),
		"links":              linksAsJSON(span),
	}
}

func newExporter(ctx context.Context, protocol, endpoint string) (sdk.SpanExporter, error) {
	if protocol == "grpc" {
		return otlptracegrpc.New(ctx, otlptracegrpc.WithEndpointURL(endpoint), otlptracegrpc.WithInsecure())
	}
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint+"/v1/traces"))
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: send_spans grpc|http/protobuf ENDPOINT")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	kept := &keeper{}
	provider := sdk.NewTracerProvider(
		sdk.WithSyncer(kept),
		sdk.WithSampler(sampler{}),
		sdk.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "go sdk"), attribute.Int("shard", 7))))
	parent := propagation.MapCarrier{"traceparent": os.Getenv("TRACEPARENT")}
	recordTrace(propagation.TraceContext{}.Extract(ctx, parent),
		provider.Tracer("otelctl.peers", trace.WithInstrumentationVersion("1.0")),
		provider.Tracer("otelctl.peers.other"))

	exporter, err := newExporter(ctx, os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	if err := exporter.ExportSpans(ctx, kept.spans); err != nil {
		log.Fatal(err)
	}
	printed := []any{}
	for _, span := range kept.spans {
		printed = append(printed, asJSON(span))
	}
	if err := json.NewEncoder(os.Stdout).Encode(printed); err != nil {
		log.Fatal(err)
	}
}
