// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_grpc.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "query/http_api.hpp"
#include "query/jaeger_answers.hpp"
#include "query/jaeger_messages.hpp"
#include "query/limits.hpp"
#include "query/otlp_protobuf.hpp"
#include "query/take_trace.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

constexpr std::uint16_t k_standard_port = 16685;

// grpc::StatusCode
constexpr int k_ok = 0;
constexpr int k_unknown = 2;
constexpr int k_invalid_argument = 3;
constexpr int k_not_found = 5;
constexpr int k_permission_denied = 7;
constexpr int k_unimplemented = 12;
constexpr int k_unauthenticated = 16;
// CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS:
// what the OTLP specification, too, calls worth another try.
constexpr std::array<int, 7> k_passing = {1, 4, 8, 10, 11, 14, 15};

// Jaeger hands a token to its storage that stands under the second name (internal/auth/bearertoken
// in its sources); a proxy or an extension before it reads the first.
constexpr std::string_view k_bearer = "bearer ";
std::vector<net::Header> metadata_of(std::vector<net::Header> headers) {
  const auto authorization =
      std::find_if(headers.begin(), headers.end(), [](const net::Header& header) {
        return header.name == "authorization" &&
               to_lower(header.value.substr(0, k_bearer.size())) == k_bearer;
      });
  if (authorization != headers.end()) {
    std::string token = authorization->value.substr(k_bearer.size());
    headers.push_back({"bearer.token", std::move(token)});
  }
  return headers;
}

net::GrpcTarget target_of(const settings::QuerySettings& settings) {
  net::GrpcTarget target;
  target.endpoint = *settings.url;
  target.tls = settings.tls;
  target.proxy = settings.proxy.url;
  // One message holds a whole trace, or all of a search.
  target.max_message_bytes = k_max_traces_answer;
  return target;
}

// Jaeger before 2.21 answers a trace that it does not have with an empty stream, some with words.
bool found_nothing(const net::GrpcAnswer& answer) {
  return answer.code == k_not_found ||
         (answer.code == k_unknown && answer.message.find("not found") != std::string::npos);
}

bool wants_service(const net::GrpcAnswer& answer, const Search& search) {
  return (answer.code == k_invalid_argument || answer.code == k_unknown) &&
         search.filter.service.empty() && speaks_of_service(answer.message);
}

// Keeps small answers.
class Collector final : public ByteReader {
 public:
  Result<void> feed(std::string_view bytes) override {
    if (m_bytes.size() + bytes.size() > k_max_small_answer) {
      return fail(ErrorKind::not_understood, "the list of traces is larger than 10MiB",
                  "ask for fewer traces, or a shorter time");
    }
    m_bytes += bytes;
    return {};
  }
  Result<void> finish() override { return {}; }
  const std::string& bytes() const { return m_bytes; }

 private:
  std::string m_bytes;
};

}  // namespace

JaegerGrpc::JaegerGrpc(const settings::QuerySettings& settings)
    : m_url(*settings.url),
      m_metadata(metadata_of(with_tenant(settings).headers)),
      m_timeout(settings.timeout),
      m_is_raw(settings.wants_raw_traces),
      m_client(target_of(settings)) {
  m_url.path.clear();
  m_url.query.clear();
}

std::string JaegerGrpc::base() const {
  return redact_url(m_url.to_string());
}

net::GrpcRequest JaegerGrpc::request(std::string_view method, std::string_view message) const {
  net::GrpcRequest request;
  request.method = fmt::format("/jaeger.api_v3.QueryService/{}", method);
  request.body = message;
  request.metadata = m_metadata;
  request.timeout = m_timeout;
  return request;
}

Error JaegerGrpc::error_of(const net::GrpcAnswer& answer) const {
  if (answer.failure) {
    return for_queries(*answer.failure);
  }
  const std::string said = fmt::format("{}{}{}", net::grpc_code_name(answer.code),
                                       answer.message.empty() ? "" : ": ", quoted(answer.message));
  if (answer.code == k_unauthenticated || answer.code == k_permission_denied) {
    return Error{ErrorKind::refused, said, hint_of_refusal(answer.message)}.within(base());
  }
  if (std::find(k_passing.begin(), k_passing.end(), answer.code) != k_passing.end()) {
    return Error{ErrorKind::unreachable, said,
                 "the backend, or the proxy before it, cannot answer now: try again"}
        .within(base());
  }
  if (answer.code == k_unimplemented) {
    return Error{
        ErrorKind::not_understood, said,
        "this gRPC server is not Jaeger's query service (port 16685), or is older than 1.35"}
        .within(base());
  }
  return Error{ErrorKind::not_understood, said, "the backend failed: see its log"}.within(base());
}

Result<std::string> JaegerGrpc::call(std::string_view method, std::string_view message) {
  net::GrpcRequest asked = request(method, message);
  asked.max_response_bytes = k_max_small_answer;
  net::GrpcAnswer answer = m_client.call(asked);
  m_has_answered |= !answer.failure;
  if (answer.code != k_ok || answer.failure) {
    return fail(error_of(answer));
  }
  m_was_asked = true;
  return std::move(answer.body);
}

Result<net::GrpcAnswer> JaegerGrpc::stream(std::string_view method, std::string_view message,
                                           ByteReader& reader) {
  net::GrpcRequest asked = request(method, message);
  asked.max_response_bytes = k_max_traces_answer;
  Result<void> fed;
  net::GrpcAnswer answer = m_client.stream(asked, [&](std::string_view bytes) {
    fed = reader.feed(bytes);
    return fed.has_value();
  });
  if (answer.failure) {
    return fail(error_of(answer));
  }
  m_has_answered = true;
  if (fed && answer.code == k_ok) {
    fed = reader.finish();
  }
  if (!fed) {
    return fail(std::move(fed).error().within(base()));
  }
  m_was_asked = true;
  return answer;
}

Result<BackendInfo> JaegerGrpc::probe() {
  if (!m_was_asked) {
    if (auto asked = services(); !asked) {
      return fail(std::move(asked).error());
    }
  }
  return BackendInfo{"jaeger", "grpc", base()};
}

Result<std::vector<std::string>> JaegerGrpc::services() {
  const auto answer = call("GetServices", "");
  if (!answer) {
    return fail(answer.error());
  }
  auto names = read_services_message(*answer);
  return names ? std::move(names) : fail(std::move(names).error().within(base()));
}

Result<std::vector<std::string>> JaegerGrpc::operations(const std::string& service) {
  const auto answer = call("GetOperations", get_operations_message(service));
  if (!answer) {
    return fail(answer.error());
  }
  auto names = read_operations_message(*answer);
  return names ? std::move(names) : fail(std::move(names).error().within(base()));
}

Result<std::vector<trace::Trace>> JaegerGrpc::read_traces(std::string_view method,
                                                          std::string_view message,
                                                          net::GrpcAnswer& answer) {
  trace::TraceBuilder builder;
  OtlpProtobufReader reader(builder);
  auto streamed = stream(method, message, reader);
  if (!streamed) {
    return fail(std::move(streamed).error());
  }
  answer = std::move(*streamed);
  if (builder.invalid_spans() > 0) {
    note(counted(builder.invalid_spans(), "span") + " without a valid id left out");
  }
  auto traces = builder.finish();
  std::for_each(traces.begin(), traces.end(), mark_truncated);
  return traces;
}

Result<SearchAnswer> JaegerGrpc::search_summaries(const Search& search, net::GrpcAnswer& answer) {
  Collector collector;
  auto streamed = stream("FindTraceSummaries", find_traces_message(search), collector);
  if (!streamed) {
    return fail(std::move(streamed).error());
  }
  answer = std::move(*streamed);
  auto summaries = read_summaries_message(collector.bytes());
  if (!summaries) {
    return fail(std::move(summaries).error().within(base()));
  }
  SearchAnswer found;
  found.received = summaries->size();
  found.traces = std::move(*summaries);
  return found;
}

Result<SearchAnswer> JaegerGrpc::search(const Search& search) {
  net::GrpcAnswer answer;
  Result<SearchAnswer> found;
  if (!m_lacks_summaries) {
    found = search_summaries(search, answer);
    m_lacks_summaries = found.has_value() && answer.code == k_unimplemented;
  }
  if (m_lacks_summaries) {
    const auto traces = read_traces("FindTraces", find_traces_message(search), answer);
    found = traces ? Result<SearchAnswer>(summarize_all(*traces)) : fail(traces.error());
  }
  if (!found || answer.code == k_ok) {
    return found;
  }
  if (wants_service(answer, search)) {
    return SearchAnswer{{}, 0, true};
  }
  return found_nothing(answer) ? Result<SearchAnswer>(SearchAnswer{}) : fail(error_of(answer));
}

Result<trace::Trace> JaegerGrpc::trace(const TraceId& id) {
  net::GrpcAnswer answer;
  auto traces = read_traces("GetTrace", get_trace_message(id, m_is_raw), answer);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  if (answer.code != k_ok && !found_nothing(answer)) {
    return fail(error_of(answer));
  }
  return take_trace(std::move(*traces), id);
}

std::string JaegerGrpc::page_of(const TraceId& id) const {
  // The pages are on another port; only where this one is the usual can that be known.
  if (m_url.port_or_default() != k_standard_port) {
    return {};
  }
  net::Url pages = m_url;
  pages.port = k_standard_port + 1;
  return redact_url(pages.to_string()) + "/trace/" + to_hex(id);
}

}  // namespace otelctl::query
