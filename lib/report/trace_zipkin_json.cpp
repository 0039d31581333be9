// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "report/trace_data_formats.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "trace/tree.hpp"

// What the Collector's Zipkin exporter makes of OTLP (pkg/translator/zipkin/zipkinv2 of its
// contributions), and the fields of openzipkin/zipkin-api.
namespace otelctl::report {
namespace {

struct Tag {
  std::string key;
  std::string value;
};

// A resource without service.name gives its service by one of these.
constexpr std::array<std::string_view, 3> k_service_keys = {"faas.name", "k8s.deployment.name",
                                                            "process.executable.name"};

std::uint64_t rounded_microseconds(std::int64_t nanoseconds) {
  return (static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)) + 500) / 1000;
}

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(family, text.c_str(), address.data()) == 1;
}

// The tags of one span: a key is there once, what is added later wins.
class Tags {
 public:
  void clear() { m_tags.clear(); }
  void add(std::string key, std::string value) {
    m_tags.push_back({std::move(key), std::move(value)});
  }
  void add_unless_empty(std::string_view key, std::string_view value) {
    if (!value.empty()) {
      add(std::string(key), std::string(value));
    }
  }
  // Sorts them; afterwards only take() may be called.
  void finish() {
    std::stable_sort(m_tags.begin(), m_tags.end(),
                     [](const Tag& left, const Tag& right) { return left.key < right.key; });
    const auto last = std::unique(m_tags.rbegin(), m_tags.rend(),
                                  [](const Tag& a, const Tag& b) { return a.key == b.key; });
    m_tags.erase(m_tags.begin(), last.base());
  }
  std::optional<std::string> take(std::string_view key) {
    const auto found =
        std::find_if(m_tags.begin(), m_tags.end(), [&](const Tag& tag) { return tag.key == key; });
    if (found == m_tags.end()) {
      return std::nullopt;
    }
    std::string value = std::move(found->value);
    m_tags.erase(found);
    return value;
  }
  const std::vector<Tag>& all() const { return m_tags; }

 private:
  std::vector<Tag> m_tags;
};

struct Endpoint {
  std::string service = {};
  std::string ip = {};
  bool is_ipv6 = false;
  std::uint16_t port = 0;

  bool is_empty() const { return service.empty() && ip.empty(); }
};

class ZipkinJson {
 public:
  ZipkinJson(std::ostream& out, const trace::Trace& trace)
      : m_json(out, JsonWriter::Layout::compact),
        m_trace(trace),
        m_values(trace),
        m_trace_id(trace::short_hex(trace.id)) {}

  void write() {
    m_json.begin_array();
    for (const std::uint32_t index : trace::build_tree(m_trace).order) {
      write_span(m_trace.spans[index]);
    }
    m_json.end_array();
  }

 private:
  void write_span(const trace::Span& span) {
    m_json.begin_object().member("traceId", m_trace_id).member("id", to_hex(span.id));
    // Zipkin takes a span that is its own parent for an error.
    if (span.parent_id.is_valid() && span.parent_id != span.id) {
      m_json.member("parentId", to_hex(span.parent_id));
    }
    m_json.member("name", m_trace.text(span.name));
    if (span.kind > trace::SpanKind::internal) {
      m_json.member("kind", upper(name_of(span.kind)));
    }
    if (span.start != Time{}) {
      m_json.member("timestamp", rounded_microseconds(span.start.time_since_epoch().count()));
    }
    m_json.member("duration",
                  std::max<std::uint64_t>(rounded_microseconds(span.duration.count()), 1));
    collect_tags(span);
    write_endpoint("localEndpoint",
                   take_endpoint(take_service(span), "net.host.ip", "net.host.port"));
    write_endpoint("remoteEndpoint", take_endpoint(m_tags.take("peer.service").value_or(""),
                                                   "net.peer.ip", "net.peer.port"));
    write_annotations(span);
    write_tags();
    m_json.end_object();
  }

  static std::string upper(std::string_view name) {
    std::string text(name);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
  }

  void collect_tags(const trace::Span& span) {
    const trace::Scope& scope = m_trace.columns->scopes[span.scope];
    m_tags.clear();
    add_attributes(m_trace.columns->resources[span.resource].attributes);
    m_tags.add_unless_empty("otel.scope.name", m_trace.text(scope.name));
    m_tags.add_unless_empty("otel.scope.version", m_trace.text(scope.version));
    add_attributes(span.attributes);
    m_tags.add_unless_empty("w3c.tracestate", m_trace.text(span.trace_state));
    if (span.kind == trace::SpanKind::internal) {
      m_tags.add("span.kind", "internal");
    }
    add_links(span);
    add_status(span);
    m_tags.finish();
    // To Zipkin a span has failed when it has this tag, whatever its value.
    if (!span.has_failed()) {
      m_tags.take("error");
    }
  }

  void add_attributes(trace::Range range) {
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      m_tags.add(std::string(m_trace.text(attribute.key)), m_values.text(attribute));
    }
  }

  void add_status(const trace::Span& span) {
    if (span.status == trace::SpanStatus::unset) {
      return;
    }
    m_tags.add("otel.status_code", span.has_failed() ? "Error" : "Ok");
    m_tags.add_unless_empty("otel.status_description", m_trace.text(span.status_message));
    if (span.has_failed()) {
      m_tags.add("error", "true");
    }
  }

  void add_links(const trace::Span& span) {
    std::size_t number = 0;
    for (const trace::Link& link : m_trace.links(span)) {
      m_tags.add(fmt::format("otlp.link.{}", number++),
                 fmt::format("{}|{}|{}|{}|{}", to_hex(link.trace_id), to_hex(link.span_id),
                             m_trace.text(link.trace_state), attributes_json(link.attributes),
                             link.dropped_attributes));
    }
  }

  std::string attributes_json(trace::Range range) {
    std::string json = "{";
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      json += json.size() > 1 ? "," : "";
      json += to_json_string(m_trace.text(attribute.key)) + ":" + m_values.plain_json(attribute);
    }
    return json + "}";
  }

  std::string take_service(const trace::Span& span) {
    auto name = m_tags.take("service.name");
    const trace::Text service = m_trace.columns->resources[span.resource].service;
    if (name || service != trace::Text::empty) {
      return std::string(m_trace.text(service));
    }
    for (const std::string_view key : k_service_keys) {
      if (auto other = m_tags.take(key)) {
        m_source = key;
        return *std::move(other);
      }
    }
    return "OTLPResourceNoServiceName";
  }

  // What is no address stays a tag: Zipkin would lose it.
  Endpoint take_endpoint(std::string service, std::string_view ip_key, std::string_view port_key) {
    Endpoint endpoint{std::move(service)};
    if (auto ip = m_tags.take(ip_key)) {
      endpoint.is_ipv6 = is_address(AF_INET6, *ip);
      if (endpoint.is_ipv6 || is_address(AF_INET, *ip)) {
        endpoint.ip = *std::move(ip);
      } else {
        m_kept.push_back({std::string(ip_key), *std::move(ip)});
      }
    }
    if (auto port = m_tags.take(port_key)) {
      const auto [end, error] =
          std::from_chars(port->data(), port->data() + port->size(), endpoint.port);
      const bool is_port = error == std::errc{} && end == port->data() + port->size();
      if (!is_port || endpoint.is_empty()) {
        endpoint.port = 0;
        m_kept.push_back({std::string(port_key), *std::move(port)});
      }
    }
    return endpoint;
  }

  void write_endpoint(std::string_view name, const Endpoint& endpoint) {
    if (endpoint.is_empty()) {
      return;
    }
    m_json.key(name).begin_object();
    if (!endpoint.service.empty()) {
      m_json.member("serviceName", endpoint.service);
    }
    if (!endpoint.ip.empty()) {
      m_json.member(endpoint.is_ipv6 ? "ipv6" : "ipv4", endpoint.ip);
    }
    if (endpoint.port != 0) {
      m_json.member("port", std::uint64_t{endpoint.port});
    }
    m_json.end_object();
  }

  void write_annotations(const trace::Span& span) {
    if (span.events.count == 0) {
      return;
    }
    m_json.key("annotations").begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      std::string value(m_trace.text(event.name));
      if (event.attributes.count > 0 || event.dropped_attributes > 0) {
        value = fmt::format("{}|{}|{}", value, attributes_json(event.attributes),
                            event.dropped_attributes);
      }
      m_json.begin_object()
          .member("timestamp", rounded_microseconds(event.time.time_since_epoch().count()))
          .member("value", value)
          .end_object();
    }
    m_json.end_array();
  }

  void write_tags() {
    for (Tag& tag : m_kept) {
      m_tags.add(std::move(tag.key), std::move(tag.value));
    }
    m_kept.clear();
    if (!m_source.empty()) {
      m_tags.add("otlp.service.name.source", std::string(std::exchange(m_source, {})));
    }
    m_tags.finish();
    if (m_tags.all().empty()) {
      return;
    }
    m_json.key("tags").begin_object();
    for (const Tag& tag : m_tags.all()) {
      m_json.member(tag.key, tag.value);
    }
    m_json.end_object();
  }

  JsonWriter m_json;
  const trace::Trace& m_trace;
  TraceValues m_values;
  const std::string m_trace_id;
  // Of the span that is being written; what was taken but is no endpoint's; where the service's
  // name was found.
  Tags m_tags;
  std::vector<Tag> m_kept;
  std::string_view m_source;
};

}  // namespace

void write_trace_zipkin_json(std::ostream& out, const TraceDetail& detail) {
  ZipkinJson(out, detail.trace).write();
}

TraceFormat zipkin_json_trace_format() {
  return {"zipkin-json", write_trace_zipkin_json, true};
}

}  // namespace otelctl::report
