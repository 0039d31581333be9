// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/grpc_method.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

namespace otelctl::server {
namespace {

struct Service {
  std::string_view name;
  Signal signal;
};
constexpr std::array<Service, 3> k_services{{
    {"opentelemetry.proto.collector.trace.v1.TraceService", Signal::traces},
    {"opentelemetry.proto.collector.metrics.v1.MetricsService", Signal::metrics},
    {"opentelemetry.proto.collector.logs.v1.LogsService", Signal::logs},
}};

}  // namespace

GrpcMethod method_of(std::string_view path) {
  const auto refuse = [](const std::string& text) {
    return GrpcMethod{std::nullopt, {grpc::StatusCode::UNIMPLEMENTED, text}};
  };
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return refuse(fmt::format("malformed method name: \"{}\"", path));
  }
  const std::string_view service = path.substr(0, slash);
  const std::string_view name = path.substr(slash + 1);
  for (const Service& known : k_services) {
    if (service == known.name) {
      return name == "Export"
                 ? GrpcMethod{known.signal}
                 : refuse(fmt::format("unknown method {} for service {}", name, service));
    }
  }
  return refuse(fmt::format("unknown service {}", service));
}

}  // namespace otelctl::server
