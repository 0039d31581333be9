// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "otlp/async_exporter.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::testing {

// Longer than any machine needs.
constexpr std::chrono::seconds k_long = std::chrono::seconds(60);

inline settings::OtlpSettings settings_of(const std::string& protocol, const std::string& endpoint,
                                          const std::string& compression = "none") {
  settings::OtlpFlags flags;
  flags.endpoint = endpoint;
  flags.protocol = protocol;
  flags.compression = compression;
  auto settings = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(settings);
  return *settings;
}

inline std::string local(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

inline std::unique_ptr<otlp::AsyncExporter> exporter_of(const settings::OtlpSettings& settings) {
  auto exporter = otlp::make_async_exporter(settings);
  REQUIRE(exporter);
  return std::move(*exporter);
}

inline otlp::Payload payload_of(std::string bytes) {
  auto owner = std::make_shared<const std::string>(std::move(bytes));
  const std::string_view view = *owner;
  return {std::move(owner), view};
}

inline std::string spans(std::uint64_t trace, std::size_t count) {
  Request request("cart");
  for (std::size_t span = 1; span <= count; ++span) {
    request.add_span(trace_id(trace), span);
  }
  return request.bytes();
}

// The next that is settled, however long it takes.
inline otlp::Settled settle(otlp::AsyncExporter& exporter) {
  auto settled = exporter.wait(k_long);
  REQUIRE(settled);
  return std::move(*settled);
}

// Sends one and returns what became of it.
inline otlp::ExportOutcome send(otlp::AsyncExporter& exporter, std::string bytes,
                                nanoseconds timeout = k_long) {
  constexpr std::uint32_t k_ticket = 7;
  exporter.start(k_ticket, Signal::traces, payload_of(std::move(bytes)), timeout);
  otlp::Settled settled = settle(exporter);
  CHECK(settled.ticket == k_ticket);
  return std::move(settled.outcome);
}

// Sends so many requests, of which `in_flight` are under way, and counts their outcomes by code.
inline std::map<std::string, int> send_many(otlp::AsyncExporter& exporter, int count, int in_flight,
                                            nanoseconds timeout = k_long) {
  std::map<std::string, int> codes;
  std::vector<bool> is_under_way(static_cast<std::size_t>(in_flight));
  int begun = 0;
  const auto start = [&](std::uint32_t ticket) {
    is_under_way[ticket] = true;
    const auto trace = static_cast<std::uint64_t>(++begun);
    exporter.start(ticket, Signal::traces, payload_of(spans(trace, 5)), timeout);
  };
  for (int ticket = 0; ticket < in_flight; ++ticket) {
    start(static_cast<std::uint32_t>(ticket));
  }
  for (int ended = 0; ended < count; ++ended) {
    const otlp::Settled settled = settle(exporter);
    REQUIRE(settled.ticket < is_under_way.size());
    CHECK(is_under_way[settled.ticket]);
    is_under_way[settled.ticket] = false;
    ++codes[settled.outcome.code];
    if (begun < count) {
      start(settled.ticket);
    }
  }
  CHECK_FALSE(exporter.wait(nanoseconds::zero()));
  return codes;
}

}  // namespace otelctl::testing
