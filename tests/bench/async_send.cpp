// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How many spans a second one thread sends with the exporter for many requests, of a payload that
// is made once: what the transports alone can do.
//
//   async_send PROTOCOL ENDPOINT [SECONDS] [SPANS] [IN_FLIGHT]
#include <chrono>
#include <memory>
#include <string>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <fmt/format.h>
#include <sys/resource.h>

#include "base/random.hpp"
#include "otlp/async_exporter.hpp"
#include "settings/otlp_settings.hpp"

namespace {

using namespace otelctl;

// About 100 bytes a span.
std::string make_payload(int spans) {
  opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest request;
  auto* const resource = request.add_resource_spans();
  auto* const service = resource->mutable_resource()->add_attributes();
  service->set_key("service.name");
  service->mutable_value()->set_string_value("checkout");
  auto* const scope = resource->add_scope_spans();
  SeededRandom random(1);
  for (int index = 0; index < spans; ++index) {
    auto* const span = scope->add_spans();
    span->set_trace_id(std::string(random.trace_id().view()));
    span->set_span_id(std::string(random.span_id().view()));
    span->set_name("GET /orders/{id}");
    span->set_kind(opentelemetry::proto::trace::v1::Span::SPAN_KIND_SERVER);
    span->set_start_time_unix_nano(1'755'684'000'000'000'000U);
    span->set_end_time_unix_nano(1'755'684'000'100'000'000U);
    auto* const attribute = span->add_attributes();
    attribute->set_key("http.request.method");
    attribute->mutable_value()->set_string_value("GET");
  }
  return request.SerializeAsString();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: async_send PROTOCOL ENDPOINT [SECONDS] [SPANS] [IN_FLIGHT]\n");
    return 2;
  }
  const auto argument = [&](int index, int fallback) {
    return argc > index ? std::atoi(argv[index]) : fallback;
  };
  const int spans = argument(4, 512);
  settings::OtlpFlags flags;
  flags.protocol = argv[1];
  flags.endpoint = argv[2];
  auto settings = settings::resolve_otlp(flags, Environment(), Signal::traces);
  auto exporter = settings ? otlp::make_async_exporter(*settings) : fail(settings.error());
  if (!exporter) {
    fmt::print(stderr, "{}\n", exporter.error().message);
    return 2;
  }
  const auto payload = std::make_shared<const std::string>(make_payload(spans));
  const auto start = [&](std::uint32_t ticket) {
    (*exporter)->start(ticket, Signal::traces, {payload, *payload}, std::chrono::seconds(10));
  };
  const double cpu_before = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const auto end = begin + std::chrono::seconds(argument(3, 3));
  const int in_flight = argument(5, 8);
  for (int ticket = 0; ticket < in_flight; ++ticket) {
    start(static_cast<std::uint32_t>(ticket));
  }
  double sent = 0;
  for (int open = in_flight; open > 0;) {
    const auto settled = (*exporter)->wait(std::chrono::seconds(60));
    if (!settled || !settled->outcome.delivered) {
      fmt::print(stderr, "{}\n", settled ? settled->outcome.error->message : "nothing settled");
      return 1;
    }
    sent += spans;
    --open;
    if (std::chrono::steady_clock::now() < end) {
      start(settled->ticket);
      ++open;
    }
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  fmt::print("{}: {:.2f} M spans/s, {:.2f} M spans per CPU second, {} bytes a request\n", argv[1],
             sent / elapsed.count() / 1e6, sent / (cpu_seconds() - cpu_before) / 1e6,
             payload->size());
  return 0;
}
