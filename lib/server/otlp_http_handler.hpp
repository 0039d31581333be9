// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "server/http_listener.hpp"
#include "server/intake.hpp"

namespace otelctl::server {

// OTLP/HTTP: POST /v1/traces, /v1/metrics and /v1/logs in protobuf and JSON. Refusals are worded as
// the Collector words them (its receiver otlp, 0.155).
class OtlpHttpHandler final : public HttpHandler {
 public:
  explicit OtlpHttpHandler(Intake& intake) : m_intake(intake) {}

  std::optional<HttpAnswer> answer(const HttpHead& head) override;
  HttpAnswer take(const HttpHead& head, std::string_view body, const HttpHold& hold) override;
  HttpAnswer unreadable(const HttpHead& head, bool is_too_long) override;

 private:
  Intake& m_intake;
};

}  // namespace otelctl::server
