// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

struct Vendor {
  std::string_view host_suffix;
  std::string_view header;
  // How the value of `authorization` begins; empty when any will do.
  std::string_view scheme;
  bool has_grpc;
};

constexpr std::array<Vendor, 5> k_vendors{{
    {"langfuse.com", "authorization", "basic", false},
    {"datadoghq.com", "dd-api-key", "", false},
    {"nr-data.net", "api-key", "", true},
    {"honeycomb.io", "x-honeycomb-team", "", true},
    {"grafana.net", "authorization", "basic", true},
}};

bool has_scheme(const Item& header, std::string_view scheme) {
  const std::string value = to_lower(header.text);
  return !header.is_readable || value.starts_with(scheme);
}

void check_exporter(const OtlpExporter& exporter, Reporter& report) {
  const auto endpoint = endpoint_of(exporter);
  if (!endpoint) {
    return;
  }
  const auto* const vendor = std::find_if(k_vendors.begin(), k_vendors.end(), [&](const auto& row) {
    return endpoint->host.ends_with(row.host_suffix);
  });
  if (vendor == k_vendors.end()) {
    return;
  }
  const auto header = std::find_if(
      exporter.headers.begin(), exporter.headers.end(),
      [&](const Item& item) { return equals_ignoring_case(item.name, vendor->header); });
  const Place& place = exporter.endpoint.place;
  if (speaks_grpc(exporter, *endpoint) && !vendor->has_grpc) {
    report.add(place, fmt::format("{} takes OTLP over HTTP only", vendor->host_suffix),
               "use the vendor's URL with its path");
  } else if (header == exporter.headers.end()) {
    report.add(place, fmt::format("{} wants the header '{}'", vendor->host_suffix, vendor->header),
               "add it to the headers");
  } else if (!has_scheme(*header, vendor->scheme)) {
    report.add(
        header->place,
        fmt::format("{} wants Basic in the header '{}'", vendor->host_suffix, vendor->header),
        "write Basic and the base64 of USER:PASSWORD (public key:secret key)");
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    check_exporter(exporter, report);
  }
}

}  // namespace

Rule otc331_vendor_header() {
  return {
      .code = "OTC331",
      .name = "vendor-header",
      .severity = Severity::warning,
      .summary = "The headers or the protocol do not fit the backend",
      .rationale =
          "Hosted backends want a header of their own, and some speak OTLP over HTTP only. "
          "Their documentation says which; the mistake shows as 401, 403 or a protocol "
          "error.",
      .bad = R"(exporters:
  otlp:
    endpoint: "https://api.honeycomb.io:443"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "https://api.honeycomb.io:443"
    headers:
      x-honeycomb-team: "${HONEYCOMB_KEY:-none}"
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
