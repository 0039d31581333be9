// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_jaeger.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <httplib.h>

#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "net/gzip.hpp"
#include "tests/support/held_traces.hpp"
#include "tests/support/jaeger_text.hpp"

namespace otelctl::test {
namespace {

using Traces = std::vector<const trace::Trace*>;

constexpr const char* k_too_many = "search depth must be greater than 0 and less than max traces";
constexpr const char* k_page = "<!doctype html><html><body>Jaeger UI</body></html>";

std::string first_of(const httplib::Request& request, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (request.has_param(name)) {
      return request.get_param_value(name);
    }
  }
  return {};
}

Time from_microseconds(const std::string& text) {
  return Time{std::chrono::microseconds(std::stoll(text))};
}

}  // namespace

class FakeJaeger::Impl {
 public:
  Impl(FakeJaegerOptions options, std::vector<trace::Trace> traces)
      : m_options(std::move(options)), m_traces(std::move(traces)) {
    sort_traces();
    // Head and body are written one after the other; with Nagle the second waits for 40 ms.
    m_server.set_tcp_nodelay(true);
    m_server.set_keep_alive_max_count(1000);
    m_server.Get(".*", [this](const auto& request, auto& response) { answer(request, response); });
    m_port = m_server.bind_to_any_port("127.0.0.1");
    m_thread = std::thread([this] { m_server.listen_after_bind(); });
    while (!m_server.is_running()) {
      std::this_thread::yield();
    }
  }

  ~Impl() {
    m_server.stop();
    m_thread.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  int port() const { return m_port; }

  void add(trace::Trace trace) {
    const std::lock_guard lock(m_traces_mutex);
    m_traces.add(std::move(trace));
    sort_traces();
  }

  std::vector<std::string> targets() const {
    const std::lock_guard lock(m_mutex);
    return m_targets;
  }

  std::vector<std::string> paths() const {
    const std::lock_guard lock(m_mutex);
    return m_paths;
  }

  std::string last_header(const std::string& name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_last_headers.find(name);
    return found == m_last_headers.end() ? "" : found->second;
  }

 private:
  void sort_traces() {
    m_traces.sort(m_options.gives_oldest_first ? HeldTraces::Order::oldest_first
                                               : HeldTraces::Order::newest_first);
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    {
      const std::lock_guard lock(m_mutex);
      m_paths.push_back(request.path);
      m_targets.push_back(request.target);
      m_last_headers = request.headers;
      if (m_paths.size() <= m_options.failing_answers) {
        response.status = 503;
        response.set_content("no healthy upstream", "text/plain");
        return;
      }
    }
    if (m_options.needs_tenant && !request.has_header("x-tenant")) {
      response.status = 401;
      response.set_content("missing tenant header", "text/plain");
      return;
    }
    const std::lock_guard lock(m_traces_mutex);
    if (m_options.status) {
      response.status = *m_options.status;
      response.set_content(m_options.body, "text/plain");
      if (!m_options.location.empty()) {
        response.set_header("Location", m_options.location);
      }
      return;
    }
    if (!request.path.starts_with(m_options.base_path) || !route(request, response)) {
      not_there(response);
    }
  }

  void not_there(httplib::Response& response) const {
    response.status = m_options.has_page_for_unknown ? 200 : m_options.status_for_unknown;
    response.set_content(m_options.has_page_for_unknown ? k_page : m_options.words_for_unknown,
                         m_options.has_page_for_unknown ? "text/html" : "text/plain");
  }

  bool route(const httplib::Request& request, httplib::Response& response) {
    const std::string path = request.path.substr(m_options.base_path.size());
    if (m_options.has_v3 && path == "/api/v3/services") {
      json(response, names(m_traces.services(), "services", false));
    } else if (m_options.has_v3 && path == "/api/v3/operations") {
      json(response, operations(request, "operations"));
    } else if (m_options.has_v3 && m_options.has_summaries && path == "/api/v3/trace-summaries") {
      search_v3(request, response, true);
    } else if (m_options.has_v3 && path == "/api/v3/traces") {
      search_v3(request, response, false);
    } else if (m_options.has_v3 && path.starts_with("/api/v3/traces/")) {
      one_v3(path.substr(15), response);
    } else if (m_options.has_legacy_search && path == "/api/services") {
      json(response, names(m_traces.services(), "data", false));
    } else if (m_options.has_legacy_search && m_options.has_operations &&
               path == "/api/operations") {
      json(response, operations(request, "data"));
    } else if (m_options.has_legacy_search && path.starts_with("/api/services/") &&
               path.ends_with("/operations")) {
      json(response, names(m_traces.operations(path.substr(14, path.size() - 25)), "data", false));
    } else if (m_options.has_legacy_search && path == "/api/traces") {
      search_legacy(request, response);
    } else if (path.starts_with("/api/traces/")) {
      one_legacy(path.substr(12), response);
    } else {
      return false;
    }
    return true;
  }

  static void json(httplib::Response& response, const std::string& body, int status = 200) {
    response.status = status;
    // Errors come as text/plain from the real one, too.
    response.set_content(body, status == 200 ? "application/json" : "text/plain");
  }

  // Pieces that end within keys, numbers and characters.
  static void slowly(httplib::Response& response, const std::string& body) {
    response.status = 200;
    response.set_chunked_content_provider(
        "application/json", [body](std::size_t offset, httplib::DataSink& sink) {
          constexpr std::size_t k_piece = 7;
          if (offset >= body.size()) {
            sink.done();
            return true;
          }
          std::this_thread::yield();
          const std::size_t size = std::min(k_piece, body.size() - offset);
          return sink.write(body.data() + offset, size);
        });
  }

  void spans(httplib::Response& response, std::string body) const {
    if (m_options.is_slow) {
      slowly(response, body);
      return;
    }
    if (m_options.is_gzip) {
      json(response, net::gzip(body));
      response.set_header("Content-Encoding", "gzip");
      return;
    }
    if (!m_options.cut_after) {
      json(response, body);
      return;
    }
    const std::size_t whole = body.size();
    body.resize(std::min(whole, *m_options.cut_after));
    if (!m_options.hangs_up) {
      json(response, body);
      return;
    }
    response.status = 200;
    response.set_content_provider(whole, "application/json",
                                  [body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                    return offset == 0 && sink.write(body.data(), body.size());
                                  });
  }

  std::string names(const std::set<std::string>& all, const char* key, bool as_objects) const {
    std::string text = fmt::format("{{\"{}\":[", key);
    for (const std::string& name : all) {
      text += text.ends_with('[') ? "" : ",";
      text += as_objects ? "{\"name\":" + to_json_string(name) + "}" : to_json_string(name);
    }
    return all.empty() && std::string(key) == "services" ? "{}" : text + "]}";
  }

  std::string operations(const httplib::Request& request, const char* key) const {
    return names(m_traces.operations(request.get_param_value("service")), key, true);
  }

  bool refuses(const WantedTraces& wanted) const {
    return wanted.limit > m_options.most_traces.value_or(wanted.limit);
  }

  Traces find(const WantedTraces& wanted) const {
    return wanted.service.empty() && m_options.is_empty_without_service ? Traces()
                                                                        : m_traces.find(wanted);
  }

  void search_v3(const httplib::Request& request, httplib::Response& response, bool summaries) {
    WantedTraces wanted;
    wanted.service = first_of(request, {"query.serviceName", "query.service_name"});
    wanted.operation = first_of(request, {"query.operationName", "query.operation_name"});
    if (m_options.filters_attributes) {
      wanted.attributes = first_of(request, {"query.attributes"});
    }
    const auto start =
        parse_rfc3339(first_of(request, {"query.startTimeMin", "query.start_time_min"}));
    const auto end =
        parse_rfc3339(first_of(request, {"query.startTimeMax", "query.start_time_max"}));
    if (!start || !end) {
      json(response, error(400, "query.startTimeMin and query.startTimeMax are required"), 400);
      return;
    }
    if (wanted.service.empty() && m_options.needs_service) {
      json(response,
           error(400,
                 "this storage backend requires a service name to search; searching all "
                 "services is not supported"),
           400);
      return;
    }
    wanted.start = *start;
    wanted.end = *end;
    wanted.limit = std::stoul(first_of(request, {"query.searchDepth", "query.num_traces"}));
    if (refuses(wanted)) {
      json(response, error(500, k_too_many), 500);
      return;
    }
    const Traces found = find(wanted);
    if (summaries) {
      json(response, summaries_json(found));
    } else if (found.empty()) {
      nothing(response);
    } else {
      spans(response, otlp_json(found, m_options.text));
    }
  }

  void search_legacy(const httplib::Request& request, httplib::Response& response) {
    WantedTraces wanted;
    wanted.service = request.get_param_value("service");
    if (wanted.service.empty()) {
      json(response,
           "{\"data\":null,\"total\":0,\"errors\":[{\"code\":400,\"msg\":\"parameter 'service' is "
           "required\"}]}",
           400);
      return;
    }
    wanted.operation = request.get_param_value("operation");
    wanted.attributes = request.get_param_value("tags");
    wanted.start = from_microseconds(request.get_param_value("start"));
    wanted.end = from_microseconds(request.get_param_value("end"));
    wanted.limit = std::stoul(request.get_param_value("limit"));
    if (refuses(wanted)) {
      json(response,
           fmt::format(R"({{"data":null,"total":0,"errors":[{{"code":500,"msg":"{}"}}]}})",
                       k_too_many),
           500);
      return;
    }
    const Traces found = find(wanted);
    if (m_options.text.has_infinite_values && !found.empty()) {
      json(response, "json: unsupported value: NaN\n", 500);
      return;
    }
    spans(response, legacy_json(found, m_options.text));
  }

  void nothing(httplib::Response& response) const {
    if (m_options.gives_empty_with_200) {
      json(response, R"({"result":{}})");
    } else {
      json(response, error(404, "No traces found"), 404);
    }
  }

  void one_v3(const std::string& hex, httplib::Response& response) const {
    if (const trace::Trace* found = m_traces.find(hex)) {
      spans(response, otlp_json({found}, m_options.text));
    } else {
      nothing(response);
    }
  }

  void one_legacy(const std::string& hex, httplib::Response& response) const {
    if (const trace::Trace* found = m_traces.find(hex)) {
      spans(response, legacy_json({found}, m_options.text));
    } else if (m_options.gives_empty_with_200) {
      json(response, R"({"data":[],"total":0,"limit":0,"offset":0,"errors":null})");
    } else {
      json(response,
           "{\"data\":null,\"total\":0,\"errors\":[{\"code\":404,\"msg\":\"trace not found\"}]}",
           404);
    }
  }

  static std::string error(int status, const std::string& message) {
    return fmt::format("{{\"error\":{{\"httpCode\":{},\"message\":{}}}}}", status,
                       to_json_string(message));
  }

  const FakeJaegerOptions m_options;
  HeldTraces m_traces;
  httplib::Server m_server;
  std::thread m_thread;
  int m_port = 0;
  mutable std::mutex m_mutex;
  std::mutex m_traces_mutex;
  std::vector<std::string> m_paths;
  std::vector<std::string> m_targets;
  httplib::Headers m_last_headers;
};

FakeJaeger::FakeJaeger(FakeJaegerOptions options, std::vector<trace::Trace> traces)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(traces))) {}
FakeJaeger::~FakeJaeger() = default;

std::string FakeJaeger::url() const {
  return fmt::format("http://127.0.0.1:{}", m_impl->port());
}
std::vector<std::string> FakeJaeger::paths() const {
  return m_impl->paths();
}
std::vector<std::string> FakeJaeger::targets() const {
  return m_impl->targets();
}
void FakeJaeger::add(trace::Trace trace) {
  m_impl->add(std::move(trace));
}
std::string FakeJaeger::last_header(const std::string& name) const {
  return m_impl->last_header(name);
}

}  // namespace otelctl::test
