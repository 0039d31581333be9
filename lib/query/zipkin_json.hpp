// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/json_events.hpp"
#include "query/limits.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads Zipkin's v2 JSON: an array of spans, arrays of them, or one span for itself. Nearly every
// field may be missing. Times have microseconds. Back from tags come the fields that the exporters
// of OpenTelemetry had no other place for: the status, the scope, the trace state, links, dropped
// counts, the attributes of events.
//
// As the Collector's Zipkin receiver does it: the local endpoint's name is service.name, its
// address net.host.ip and net.host.port, the remote endpoint peer.service, net.peer.ip and
// net.peer.port. A tag `error` means failure by its presence, whatever its value, as Zipkin has it.
// Which tags were attributes of the resource nobody can tell: they stay with the span.
//
// A shared span is the server's half of a span whose id the client made; it is the server's even
// where its kind is missing, so that trace::build_tree knows the halves apart.
class ZipkinJsonReader final : public JsonHandler {
 public:
  explicit ZipkinJsonReader(trace::TraceBuilder& builder) : m_builder(builder) {}

  void begin_object() override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void key(std::string_view name) override;
  void scalar(const JsonScalar& value) override;
  Result<void> verdict() const override { return check_span_count(m_builder); }

 private:
  enum class Node : std::uint8_t {
    ignored,
    list,
    span,
    tags,
    local_endpoint,
    remote_endpoint,
    annotation,
    annotation_list,
  };
  struct Endpoint {
    std::string service;
    std::string ipv4;
    std::string ipv6;
    std::uint64_t port = 0;
  };

  static Node object_in(Node parent, std::string_view field);
  static Node array_in(Node parent, std::string_view field);
  Node top() const { return m_nodes.empty() ? Node::list : m_nodes.back(); }
  void enter(Node node);
  void begin_span();
  void end_span();
  void span_scalar(const JsonScalar& value);
  void endpoint_scalar(Endpoint& endpoint, const JsonScalar& value) const;
  void tag(const JsonScalar& value);
  bool take_tag(const JsonScalar& value);
  void add_attribute(std::string_view key, trace::Value value);
  void add_address(const Endpoint& endpoint, std::string_view ip_key, std::string_view port_key);
  void set_status();
  void set_times();
  std::uint32_t resource();

  trace::TraceBuilder& m_builder;
  std::vector<Node> m_nodes;
  std::string m_field;
  std::unordered_map<trace::Text, std::uint32_t> m_resources;  // by the service's name

  trace::Span m_span;
  TraceId m_trace_id;
  std::uint64_t m_start = 0;
  std::uint64_t m_duration = 0;
  bool m_is_shared = false;
  Endpoint m_local;
  Endpoint m_remote;
  trace::Scope m_scope;
  std::optional<trace::SpanStatus> m_otel_status;
  std::optional<std::string> m_error_tag;
  // Those of the span wait here: its annotations may put theirs between them.
  std::vector<trace::Attribute> m_attributes;
  std::vector<trace::Link> m_links;
  trace::Event m_event;
};

}  // namespace otelctl::query
