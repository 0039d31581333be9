// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_jaeger_grpc.hpp"

#include <bit>
#include <cstring>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "otlp/json_codec.hpp"
#include "otlp/wire_reader.hpp"
#include "otlp/wire_writer.hpp"
#include "tests/support/held_traces.hpp"
#include "tests/support/jaeger_text.hpp"
#include "trace/summary.hpp"

namespace otelctl::test {
namespace {

constexpr int k_invalid_argument = 3;
constexpr int k_not_found = 5;
constexpr int k_unimplemented = 12;
constexpr int k_unknown = 2;

// The field of a message; "" or 0 where it is not there.
std::string text_field(std::string_view message, std::uint32_t number) {
  otlp::WireReader reader(message);
  otlp::WireField field;
  std::string text;
  while (reader.next(field)) {
    if (field.number == number && field.type == otlp::WireType::length) {
      text = field.content;
    }
  }
  return text;
}

std::uint64_t number_field(std::string_view message, std::uint32_t number) {
  otlp::WireReader reader(message);
  otlp::WireField field;
  std::uint64_t value = 0;
  while (reader.next(field)) {
    if (field.number == number && field.type == otlp::WireType::varint) {
      value = field.value;
    }
  }
  return value;
}

Time time_field(std::string_view message, std::uint32_t number) {
  const std::string time = text_field(message, number);
  return Time{std::chrono::seconds(number_field(time, 1)) + nanoseconds(number_field(time, 2))};
}

void append_number(std::string& out, std::uint32_t field, std::uint64_t value) {
  otlp::append_varint(out, field << 3U);
  otlp::append_varint(out, value);
}

void append_fixed64(std::string& out, std::uint32_t field, std::uint64_t value) {
  otlp::append_varint(out, (field << 3U) | 1U);
  std::array<char, sizeof(value)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(value));
  out.append(bytes.data(), bytes.size());
}

// TracesData, by way of its JSON.
std::string traces_data(const trace::Trace& trace) {
  std::string json = otlp_json({&trace});
  constexpr std::string_view k_wrapper = "{\"result\":";
  json = json.substr(k_wrapper.size(), json.rfind('}') - k_wrapper.size());
  return otlp::json_to_payload(Signal::traces, json).value();
}

std::string summary_message(const trace::Trace& trace) {
  const trace::Summary summary = trace::summarize(trace);
  const auto start = static_cast<std::uint64_t>(summary.start.time_since_epoch().count());
  std::string message;
  otlp::append_nonempty(message, 1, to_hex(summary.id));
  otlp::append_nonempty(message, 2, summary.root_service);
  otlp::append_nonempty(message, 3, summary.root_name);
  append_fixed64(message, 4, start);
  append_fixed64(message, 5, start + static_cast<std::uint64_t>(summary.duration.count()));
  append_number(message, 6, summary.span_count);
  append_number(message, 7, summary.error_count);
  for (const trace::ServiceCount& service : summary.services) {
    std::string entry;
    otlp::append_nonempty(entry, 1, service.name);
    append_number(entry, 2, service.span_count);
    otlp::append_nonempty(message, 9, entry);
  }
  std::string answer;
  otlp::append_nonempty(answer, 1, message);
  return answer;
}

}  // namespace

class FakeJaegerGrpc::Impl {
 public:
  Impl(FakeJaegerGrpcOptions options, std::vector<trace::Trace> traces)
      : m_options(std::move(options)),
        m_traces(std::move(traces)),
        m_server([this](const GrpcCall& call) { return answer(call); }, m_options.tls) {}

  std::string url() const {
    return fmt::format("{}://127.0.0.1:{}", m_options.tls ? "https" : "http", m_server.port());
  }

  std::vector<GrpcCall> calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
  }

 private:
  GrpcReply answer(const GrpcCall& call) {
    {
      const std::lock_guard lock(m_mutex);
      m_calls.push_back(call);
    }
    constexpr std::string_view k_service = "/jaeger.api_v3.QueryService/";
    const std::string method =
        call.method.starts_with(k_service) ? call.method.substr(k_service.size()) : "";
    if (m_options.code) {
      return {*m_options.code, m_options.message};
    }
    if (method == "GetServices" || method == "GetOperations") {
      return {0, "", "", names(method == "GetOperations" ? text_field(call.body, 1) : "")};
    }
    if (method == "GetTrace") {
      return one(text_field(call.body, 1));
    }
    if (method == "FindTraces" || (method == "FindTraceSummaries" && m_options.has_summaries)) {
      return find(text_field(call.body, 1), method == "FindTraceSummaries");
    }
    return {k_unimplemented, "unknown method " + method};
  }

  // Of the service its operations, without one the services.
  std::string names(const std::string& service) const {
    const auto all = service.empty() ? m_traces.services() : m_traces.operations(service);
    std::string answer;
    for (const std::string& name : all) {
      std::string operation;
      otlp::append_nonempty(operation, 1, name);
      otlp::append_nonempty(answer, 1, service.empty() ? name : operation);
    }
    return answer;
  }

  GrpcReply stream(std::vector<std::string> messages) const {
    GrpcReply reply;
    reply.gzip = m_options.is_gzip;
    reply.messages = std::move(messages);
    return reply;
  }

  GrpcReply nothing() const {
    return m_options.says_not_found ? GrpcReply{k_not_found, "trace not found"} : stream({});
  }

  GrpcReply one(const std::string& hex) const {
    const trace::Trace* const trace = m_traces.find(hex);
    return trace == nullptr ? nothing() : stream({traces_data(*trace)});
  }

  GrpcReply find(const std::string& query, bool summaries) const {
    const std::string service = text_field(query, 1);
    const std::uint64_t depth = number_field(query, 8);
    if (depth == 0) {
      return {k_unknown, "search depth must be greater than 0 and less than max traces"};
    }
    if (service.empty() && m_options.needs_service) {
      return {k_invalid_argument, "this storage backend requires a service name to search"};
    }
    const auto found = m_traces.find({.service = service,
                                      .start = time_field(query, 4),
                                      .end = time_field(query, 5),
                                      .limit = depth});
    std::vector<std::string> messages;
    for (const trace::Trace* const trace : found) {
      messages.push_back(summaries ? summary_message(*trace) : traces_data(*trace));
    }
    return messages.empty() ? nothing() : stream(std::move(messages));
  }

  const FakeJaegerGrpcOptions m_options;
  const HeldTraces m_traces;
  mutable std::mutex m_mutex;
  std::vector<GrpcCall> m_calls;
  FakeGrpcServer m_server;
};

FakeJaegerGrpc::FakeJaegerGrpc(FakeJaegerGrpcOptions options, std::vector<trace::Trace> traces)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(traces))) {}
FakeJaegerGrpc::~FakeJaegerGrpc() = default;
std::string FakeJaegerGrpc::url() const {
  return m_impl->url();
}
std::vector<GrpcCall> FakeJaegerGrpc::calls() const {
  return m_impl->calls();
}

}  // namespace otelctl::test
