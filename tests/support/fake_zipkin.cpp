// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_zipkin.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "tests/support/fake_http.hpp"
#include "trace/tree.hpp"

namespace otelctl::test {
namespace {

std::int64_t microseconds_of(nanoseconds time) {
  return std::chrono::floor<std::chrono::microseconds>(time).count();
}

std::string short_id(const TraceId& id) {
  const std::string hex = to_hex(id);
  return hex.starts_with(std::string(16, '0')) ? hex.substr(16) : hex;
}

std::string upper_kind(trace::SpanKind kind) {
  std::string name(name_of(kind));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return name;
}

void write_span(JsonWriter& json, const trace::Trace& trace, const trace::Span& span) {
  json.begin_object().member("traceId", short_id(trace.id)).member("id", to_hex(span.id));
  if (span.parent_id.is_valid()) {
    json.member("parentId", to_hex(span.parent_id));
  }
  if (span.kind != trace::SpanKind::unspecified && span.kind != trace::SpanKind::internal) {
    json.member("kind", upper_kind(span.kind));
  }
  json.member("name", to_lower(trace.text(span.name)))
      .member("timestamp", microseconds_of(span.start.time_since_epoch()))
      .member("duration", microseconds_of(span.duration));
  json.key("localEndpoint")
      .begin_object()
      .member("serviceName", to_lower(trace.service(span)))
      .end_object();
  json.key("tags").begin_object();
  for (const trace::Attribute& attribute : trace.attributes(span.attributes)) {
    json.member(trace.text(attribute.key), trace.text(attribute.value.text()));
  }
  if (span.has_failed()) {
    json.member("error", "it failed");
  }
  json.end_object().end_object();
}

std::string traces_json(const std::vector<const trace::Trace*>& traces, bool is_one) {
  std::ostringstream text;
  JsonWriter json(text, JsonWriter::Layout::compact);
  is_one ? json : json.begin_array();
  for (const trace::Trace* trace : traces) {
    json.begin_array();
    for (const trace::Span& span : trace->spans) {
      write_span(json, *trace, span);
    }
    json.end_array();
  }
  is_one ? json : json.end_array();
  return text.str();
}

bool has_part(const trace::Trace& trace, const trace::Span& span, const std::string& part) {
  const auto equals = part.find('=');
  const std::string key = part.substr(0, equals);
  if (key == "error" && span.has_failed()) {
    return true;
  }
  const auto attributes = trace.attributes(span.attributes);
  return std::any_of(attributes.begin(), attributes.end(), [&](const trace::Attribute& each) {
    return trace.text(each.key) == key &&
           (equals == std::string::npos ||
            trace.text(each.value.text()) == part.substr(equals + 1));
  });
}

}  // namespace

class FakeZipkin::Impl {
 public:
  Impl(FakeZipkinOptions options, std::vector<trace::Trace> traces)
      : m_options(std::move(options)),
        m_traces(std::move(traces)),
        m_http([this](const auto& request, auto& response) { answer(request, response); }) {}

  const FakeHttp& http() const { return m_http; }

 private:
  void answer(const httplib::Request& request, httplib::Response& response) const {
    const std::string api = m_options.base_path + "/api/v2/";
    if (!request.path.starts_with(api)) {
      return not_there(response);
    }
    const std::string path = request.path.substr(api.size());
    if (path == "services") {
      names(
          response, [](const auto&, const auto&) { return true; }, true);
    } else if (path == "spans") {
      const std::string service = request.get_param_value("serviceName");
      names(
          response,
          [&](const trace::Trace& trace, const trace::Span& span) {
            return to_lower(trace.service(span)) == service;
          },
          false);
    } else if (path == "traces") {
      search(request, response);
    } else if (path.starts_with("trace/")) {
      one(path.substr(6), response);
    } else {
      not_there(response);
    }
  }

  void not_there(httplib::Response& response) const {
    response.status = m_options.has_page_for_unknown ? 200 : 404;
    response.set_content(
        m_options.has_page_for_unknown ? "<!doctype html><title>Zipkin</title>" : "not found",
        "text/plain");
  }

  template <typename Wanted>
  void names(httplib::Response& response, const Wanted& is_wanted, bool of_services) const {
    std::set<std::string> all;
    for (const trace::Trace& trace : m_traces) {
      for (const trace::Span& span : trace.spans) {
        if (is_wanted(trace, span)) {
          all.insert(to_lower(of_services ? trace.service(span) : trace.text(span.name)));
        }
      }
    }
    std::ostringstream text;
    JsonWriter json(text, JsonWriter::Layout::compact);
    json.begin_array();
    for (const std::string& name : all) {
      json.value(name);
    }
    json.end_array();
    response.set_content(text.str(), "application/json");
  }

  void spans(httplib::Response& response, std::string body) const {
    body.resize(std::min(body.size(), m_options.cut_after.value_or(body.size())));
    response.set_content(body, "application/json");
  }

  bool matches(const trace::Trace& trace, const httplib::Request& request) const {
    const auto any = [&](const auto& is_wanted) {
      return std::any_of(trace.spans.begin(), trace.spans.end(), is_wanted);
    };
    const std::string service = request.get_param_value("serviceName");
    const std::string name = request.get_param_value("spanName");
    if ((!service.empty() &&
         !any([&](const auto& span) { return to_lower(trace.service(span)) == service; })) ||
        (!name.empty() &&
         !any([&](const auto& span) { return to_lower(trace.text(span.name)) == name; }))) {
      return false;
    }
    if (!m_options.filters) {
      return true;
    }
    std::string query = request.get_param_value("annotationQuery");
    while (!query.empty()) {
      const auto end = query.find(" and ");
      const std::string part = query.substr(0, end);
      query = end == std::string::npos ? "" : query.substr(end + 5);
      if (!any([&](const auto& span) { return has_part(trace, span, part); })) {
        return false;
      }
    }
    const std::string least = request.get_param_value("minDuration");
    const std::string most = request.get_param_value("maxDuration");
    return least.empty() || any([&](const auto& span) {
             const auto duration = microseconds_of(span.duration);
             return duration >= std::stoll(least) && (most.empty() || duration <= std::stoll(most));
           });
  }

  void search(const httplib::Request& request, httplib::Response& response) const {
    if (request.has_param("maxDuration") && !request.has_param("minDuration")) {
      response.status = 400;
      response.set_content("maxDuration is only valid with minDuration", "text/plain");
      return;
    }
    const std::int64_t end = std::stoll(request.get_param_value("endTs")) * 1000;
    const std::int64_t lookback = std::stoll(request.get_param_value("lookback")) * 1000;
    std::vector<std::pair<std::int64_t, const trace::Trace*>> found;
    for (const trace::Trace& trace : m_traces) {
      const auto start = microseconds_of(build_tree(trace).trace_start().time_since_epoch());
      if (start >= end - lookback && start <= end && matches(trace, request)) {
        found.emplace_back(-start, &trace);
      }
    }
    std::sort(found.begin(), found.end());
    found.resize(std::min<std::size_t>(found.size(), std::stoul(request.get_param_value("limit"))));
    std::vector<const trace::Trace*> traces;
    for (const auto& [start, trace] : found) {
      traces.push_back(trace);
    }
    spans(response, traces_json(traces, false));
  }

  void one(const std::string& id, httplib::Response& response) const {
    for (const trace::Trace& trace : m_traces) {
      if (short_id(trace.id) == id) {
        spans(response, traces_json({&trace}, true));
        return;
      }
    }
    response.status = 404;
    response.set_content(id + " not found", "text/plain");
  }

  const FakeZipkinOptions m_options;
  const std::vector<trace::Trace> m_traces;
  FakeHttp m_http;
};

FakeZipkin::FakeZipkin(FakeZipkinOptions options, std::vector<trace::Trace> traces)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(traces))) {}
FakeZipkin::~FakeZipkin() = default;

std::string FakeZipkin::url() const {
  return m_impl->http().url();
}
std::vector<std::string> FakeZipkin::paths() const {
  return m_impl->http().paths();
}
std::string FakeZipkin::last_parameter(const std::string& name) const {
  return m_impl->http().last_parameter(name);
}
std::string FakeZipkin::last_header(const std::string& name) const {
  return m_impl->http().last_header(name);
}

}  // namespace otelctl::test
