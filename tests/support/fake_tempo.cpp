// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_tempo.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/wire_writer.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/jaeger_text.hpp"
#include "trace/summary.hpp"

namespace otelctl::test {
namespace {

std::string without_zeros(const std::string& hex) {
  return hex.substr(std::min(hex.find_first_not_of('0'), hex.size() - 1));
}

// The text between quotes that follows `before` in a query; nothing where it is not there.
std::optional<std::string> quoted_after(const std::string& query, const std::string& before) {
  const auto place = query.find(before + " = \"");
  if (place == std::string::npos) {
    return std::nullopt;
  }
  const std::string rest = query.substr(place + before.size() + 4);
  return rest.substr(0, rest.find('"'));
}

std::optional<nanoseconds> limit_after(const std::string& query, const std::string& before) {
  const auto place = query.find(before);
  return place == std::string::npos
             ? std::nullopt
             : std::optional(nanoseconds(std::stoll(query.substr(place + before.size()))));
}

bool has_tag(const trace::Trace& trace, const trace::Span& span, const std::string& query) {
  const auto attributes = trace.attributes(span.attributes);
  return query.find(".card") == std::string::npos ||
         std::any_of(attributes.begin(), attributes.end(), [&](const trace::Attribute& each) {
           return "." + std::string(trace.text(each.key)) == ".card" &&
                  trace.text(each.value.text()) == quoted_after(query, ".card");
         });
}

bool matches(const trace::Trace& trace, const std::string& query) {
  const auto service = quoted_after(query, "resource.service.name");
  const auto name = quoted_after(query, " name");
  const bool wants_failed = query.find("status = error") != std::string::npos;
  const nanoseconds duration = trace::summarize(trace).duration;
  if (duration < limit_after(query, "traceDuration >= ").value_or(nanoseconds::min()) ||
      duration > limit_after(query, "traceDuration <= ").value_or(nanoseconds::max())) {
    return false;
  }
  return std::any_of(trace.spans.begin(), trace.spans.end(), [&](const trace::Span& span) {
    return (!service || trace.service(span) == *service) &&
           (!name || trace.text(span.name) == *name) && (!wants_failed || span.has_failed()) &&
           has_tag(trace, span, query);
  });
}

}  // namespace

class FakeTempo::Impl {
 public:
  Impl(FakeTempoOptions options, std::vector<trace::Trace> traces)
      : m_options(std::move(options)),
        m_traces(std::move(traces)),
        m_http([this](const auto& request, auto& response) { answer(request, response); }) {}

  const FakeHttp& http() const { return m_http; }

 private:
  void answer(const httplib::Request& request, httplib::Response& response) const {
    if (!m_options.tenant.empty() &&
        request.get_header_value("X-Scope-OrgID") != m_options.tenant) {
      return text(response, 401, "no org id");
    }
    if (!request.path.starts_with(m_options.base_path) || !route(request, response)) {
      text(response, m_options.status_for_unknown, "no such page");
    }
  }

  bool route(const httplib::Request& request, httplib::Response& response) const {
    const std::string path = request.path.substr(m_options.base_path.size());
    if (path == "/api/echo" && m_options.has_echo) {
      text(response, 200, "echo");
    } else if (path == "/api/search") {
      search(request, response);
    } else if (path == "/api/v2/search/tag/resource.service.name/values" &&
               m_options.has_tag_values_v2) {
      values(response, names(true, ""), true);
    } else if (path == "/api/search/tag/service.name/values") {
      values(response, names(true, ""), false);
    } else if (path == "/api/v2/search/tag/name/values" && m_options.has_tag_values_v2) {
      const auto service =
          quoted_after(request.get_param_value("q"), "resource.service.name").value_or("");
      values(response, names(false, service), true);
    } else if (path == "/api/search/tag/name/values") {
      values(response, names(false, ""), false);
    } else if (path.starts_with("/api/v2/traces/") && m_options.has_traces_v2) {
      one(path.substr(15), true, request, response);
    } else if (path.starts_with("/api/traces/")) {
      one(path.substr(12), false, request, response);
    } else {
      return false;
    }
    return true;
  }

  static void text(httplib::Response& response, int status, const std::string& body) {
    response.status = status;
    response.set_content(body, "text/plain");
  }

  std::set<std::string> names(bool of_services, const std::string& service) const {
    std::set<std::string> all;
    for (const trace::Trace& trace : m_traces) {
      for (const trace::Span& span : trace.spans) {
        if (service.empty() || trace.service(span) == service) {
          all.emplace(of_services ? trace.service(span) : trace.text(span.name));
        }
      }
    }
    return all;
  }

  static void values(httplib::Response& response, const std::set<std::string>& all, bool typed) {
    std::ostringstream out;
    JsonWriter json(out, JsonWriter::Layout::compact);
    json.begin_object().key("tagValues").begin_array();
    for (const std::string& name : all) {
      if (typed) {
        json.begin_object().member("type", "string").member("value", name).end_object();
      } else {
        json.value(name);
      }
    }
    json.end_array().end_object();
    response.set_content(out.str(), "application/json");
  }

  void search(const httplib::Request& request, httplib::Response& response) const {
    const std::string query = request.get_param_value("q");
    const bool is_most_recent = query.ends_with(" with (most_recent=true)");
    if (is_most_recent && !m_options.knows_most_recent) {
      return text(response, 400, "invalid TraceQL query: parse error: unexpected WITH");
    }
    const Time start{std::chrono::seconds(std::stoll(request.get_param_value("start")))};
    const Time end{std::chrono::seconds(std::stoll(request.get_param_value("end")))};
    std::vector<std::pair<trace::Summary, const trace::Trace*>> found;
    for (const trace::Trace& trace : m_traces) {
      trace::Summary summary = trace::summarize(trace);
      if (summary.start <= end && summary.start + summary.duration >= start &&
          matches(trace, query)) {
        found.emplace_back(std::move(summary), &trace);
      }
    }
    std::sort(found.begin(), found.end(), [&](const auto& left, const auto& right) {
      return is_most_recent ? left.first.start > right.first.start
                            : left.first.start < right.first.start;
    });
    found.resize(std::min<std::size_t>(found.size(), std::stoul(request.get_param_value("limit"))));
    std::ostringstream out;
    JsonWriter json(out, JsonWriter::Layout::compact);
    json.begin_object().key("traces").begin_array();
    for (const auto& [summary, trace] : found) {
      write_summary(json, summary);
    }
    json.end_array().key("metrics").begin_object().end_object().end_object();
    response.set_content(out.str(), "application/json");
  }

  void write_summary(JsonWriter& json, const trace::Summary& summary) const {
    json.begin_object()
        .member("traceID", without_zeros(to_hex(summary.id)))
        .member("rootServiceName", summary.root_service)
        .member("rootTraceName", summary.root_name)
        .member("startTimeUnixNano", fmt::format("{}", summary.start.time_since_epoch().count()));
    const auto duration = std::chrono::floor<std::chrono::milliseconds>(summary.duration).count();
    if (duration > 0) {
      json.member("durationMs", std::int64_t{duration});
    }
    if (m_options.has_service_stats) {
      json.key("serviceStats").begin_object();
      for (const trace::ServiceCount& service : summary.services) {
        json.key(service.name)
            .begin_object()
            .member("spanCount", std::uint64_t{service.span_count})
            .end_object();
      }
      json.end_object();
    }
    json.end_object();
  }

  void one(const std::string& id, bool is_v2, const httplib::Request& request,
           httplib::Response& response) const {
    const auto found =
        std::find_if(m_traces.begin(), m_traces.end(),
                     [&](const trace::Trace& trace) { return to_hex(trace.id) == id; });
    if (found == m_traces.end()) {
      return text(response, 404, "trace not found");
    }
    // {"result":{"resourceSpans":[...]}} without what is around it.
    std::string json = otlp_json({&*found});
    json = json.substr(json.find(":{") + 1);
    json = json.substr(0, json.rfind('}'));
    const bool wants_protobuf = request.get_header_value("Accept") == "application/protobuf";
    std::string body =
        wants_protobuf && m_options.gives_protobuf ? protobuf(json, is_v2) : as_json(json, is_v2);
    body.resize(std::min(body.size(), m_options.cut_after.value_or(body.size())));
    response.set_content(body, "application/octet-stream");
  }

  std::string as_json(const std::string& traces, bool is_v2) const {
    if (!is_v2) {
      return "{\"batches\"" + traces.substr(traces.find(':'));
    }
    return fmt::format(R"({{"trace":{},"metrics":{{}},"status":"{}","message":"{}"}})", traces,
                       m_options.partial ? "PARTIAL" : "COMPLETE", m_options.partial.value_or(""));
  }

  // TraceByIDResponse: trace is 1, status 3, message 4 (pkg/tempopb/tempo.proto).
  std::string protobuf(const std::string& traces, bool is_v2) const {
    const std::string payload = otlp::json_to_payload(Signal::traces, traces).value();
    if (!is_v2) {
      return payload;
    }
    std::string body;
    otlp::append_head(body, 1, payload.size());
    body += payload;
    if (m_options.partial) {
      body += "\x18\x01";
      otlp::append_head(body, 4, m_options.partial->size());
      body += *m_options.partial;
    }
    return body;
  }

  const FakeTempoOptions m_options;
  const std::vector<trace::Trace> m_traces;
  FakeHttp m_http;
};

FakeTempo::FakeTempo(FakeTempoOptions options, std::vector<trace::Trace> traces)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(traces))) {}
FakeTempo::~FakeTempo() = default;

std::string FakeTempo::url() const {
  return m_impl->http().url();
}
std::vector<std::string> FakeTempo::paths() const {
  return m_impl->http().paths();
}
std::string FakeTempo::last_parameter(const std::string& name) const {
  return m_impl->http().last_parameter(name);
}
std::string FakeTempo::last_header(const std::string& name) const {
  return m_impl->http().last_header(name);
}

}  // namespace otelctl::test
