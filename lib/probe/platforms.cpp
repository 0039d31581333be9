// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/platforms.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "probe/platform_table.hpp"

namespace otelctl::probe {
namespace {

using settings::OtlpSettings;
using settings::Protocol;

template <std::size_t Count>
bool is_one_of(std::string_view text, const std::array<std::string_view, Count>& values) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

const net::Header* find_header(const OtlpSettings& settings, std::string_view name) {
  const auto found = std::find_if(settings.headers.begin(), settings.headers.end(),
                                  [&](const net::Header& each) { return each.name == name; });
  return found == settings.headers.end() ? nullptr : &*found;
}

std::string header_flag(const HeaderDemand& demand) {
  return "--header " + std::string(demand.name) + "='" + std::string(demand.form) + "'";
}

// "https://HOST:PORT" of the target, with another port.
std::string origin_with_port(const OtlpSettings& settings, std::uint16_t port) {
  return settings.endpoint.scheme + "://" +
         escape_for_terminal(net::join_host_port(settings.endpoint.host, port));
}

std::string https_origin(const OtlpSettings& settings) {
  return "https://" + escape_for_terminal(settings.endpoint.host);
}

bool takes(Intake intake, Protocol protocol) {
  switch (intake) {
    case Intake::any:
      return true;
    case Intake::http:
      return protocol != Protocol::grpc;
    case Intake::http_protobuf:
      return protocol == Protocol::http_protobuf;
    case Intake::grpc:
      return protocol == Protocol::grpc;
    case Intake::none:
      return false;
  }
  return true;
}

std::string_view words_of(Intake intake) {
  switch (intake) {
    case Intake::any:
      return "OTLP";
    case Intake::http:
      return "OTLP over HTTP only";
    case Intake::http_protobuf:
      return "OTLP as http/protobuf only";
    case Intake::grpc:
      return "OTLP over gRPC only";
    case Intake::none:
      return "no OTLP at this host";
  }
  return "OTLP";
}

// The path of the signal there; nothing where there is no such for everybody.
std::optional<std::string> path_at(const Platform& platform, Signal signal) {
  const std::string_view own = platform.paths[static_cast<std::size_t>(signal)];
  if (!own.empty()) {
    return std::string(own);
  }
  if (!platform.base_path) {
    return std::nullopt;
  }
  return std::string(*platform.base_path) + "/v1/" + std::string(name_of(signal));
}

// How to get that path: a base where the signal's path is appended, else the whole URL in the
// signal's own variable.
std::string path_hint(const Platform& platform, const OtlpSettings& settings) {
  if (platform.base_path) {
    return "give the base: --endpoint " + https_origin(settings) + std::string(*platform.base_path);
  }
  const std::string_view variable = settings.signal == Signal::traces    ? "TRACES"
                                    : settings.signal == Signal::metrics ? "METRICS"
                                                                         : "LOGS";
  return "give the whole URL: OTEL_EXPORTER_OTLP_" + std::string(variable) +
         "_ENDPOINT=" + https_origin(settings) + *path_at(platform, settings.signal);
}

std::string protocol_hint(const Platform& platform, const OtlpSettings& settings) {
  std::string hint;
  if (platform.intake == Intake::none) {
    return std::string(platform.intake_hint);
  }
  if (platform.intake == Intake::grpc) {
    hint = "use --protocol grpc --endpoint " + https_origin(settings) + ":443";
  } else {
    hint = "use --protocol http/protobuf";
    if (platform.base_path) {
      hint += " --endpoint " + https_origin(settings) + std::string(*platform.base_path);
    }
  }
  if (!platform.intake_hint.empty()) {
    hint += "; " + std::string(platform.intake_hint);
  }
  return hint;
}

class PlatformAdvice {
 public:
  PlatformAdvice(const Platform& platform, const OtlpSettings& settings)
      : m_platform(platform), m_settings(settings) {}

  std::vector<Advice> all() {
    check_intake();
    if (m_platform.intake != Intake::none) {
      check_signal();
      check_tls();
      check_port();
      check_path();
      check_key();
      check_second();
    }
    return std::move(m_advice);
  }

 private:
  void add(std::string message, std::string hint) {
    m_advice.push_back({std::string(m_platform.name) + " " + std::move(message), std::move(hint)});
  }

  bool protocol_fits() const { return takes(m_platform.intake, m_settings.protocol); }
  bool is_hosted() const { return m_platform.path_mark.empty(); }

  void check_intake() {
    if (!protocol_fits()) {
      const bool is_told = m_platform.intake != Intake::none;
      add("takes " + std::string(words_of(m_platform.intake)) +
              (is_told ? ", and the protocol is " + std::string(name_of(m_settings.protocol)) : ""),
          protocol_hint(m_platform, m_settings));
    }
  }

  void check_signal() {
    const std::string_view signal = name_of(m_settings.signal);
    if (!m_platform.only.empty() && m_platform.only != signal) {
      add("takes " + std::string(m_platform.only) + " only, and the signal is " +
              std::string(signal),
          "send " + std::string(signal) + " to another endpoint, or all to a Collector");
    }
  }

  void check_tls() {
    if (is_hosted() && !m_settings.endpoint.is_tls()) {
      add("is reached by TLS only, and the endpoint is http://",
          "write https:// in the endpoint, or the key travels in clear");
    }
  }

  void check_port() {
    const std::string port = std::to_string(m_settings.endpoint.port_or_default());
    const auto known = split(m_platform.ports, ' ');
    // Without TLS the default port is wrong for that reason.
    if (m_platform.ports.empty() || !m_settings.endpoint.is_tls() ||
        std::find(known.begin(), known.end(), port) != known.end()) {
      return;
    }
    std::vector<std::string> names(known.begin(), known.end());
    add("listens on port " + join(names, ", ") + ", not " + port,
        "use " + https_origin(m_settings) + ":443");
  }

  void check_path() {
    const auto wanted = path_at(m_platform, m_settings.signal);
    if (!wanted || m_settings.protocol == Protocol::grpc || !protocol_fits() ||
        m_settings.endpoint.path == *wanted) {
      return;
    }
    add("takes " + std::string(name_of(m_settings.signal)) + " at " + *wanted +
            ", and the path is " + escape_for_terminal(m_settings.endpoint.path),
        path_hint(m_platform, m_settings));
  }

  void check_key() {
    const HeaderDemand& key = m_platform.key;
    if (key.name.empty() || (!m_platform.former_key.empty() &&
                             find_header(m_settings, m_platform.former_key) != nullptr)) {
      return;
    }
    const net::Header* given = find_header(m_settings, key.name);
    if (given != nullptr && has_scheme(given->value, key.scheme)) {
      return;
    }
    std::string hint = m_platform.key_hint.empty()
                           ? "add " + header_flag(key) + ": " + std::string(m_platform.key_origin)
                           : std::string(m_platform.key_hint);
    if (given != nullptr) {
      add("wants " + std::string(key.scheme) + " in the header '" + std::string(key.name) + "'",
          "write " + header_flag(key) + ": " + std::string(m_platform.key_origin));
    } else if (m_platform.key_message.empty()) {
      add("wants the header '" + std::string(key.name) + "', which is not given", std::move(hint));
    } else {
      add(std::string(m_platform.key_message), std::move(hint));
    }
  }

  void check_second() {
    const HeaderDemand& second = m_platform.second;
    if (!second.name.empty() && find_header(m_settings, second.name) == nullptr) {
      add("wants the header '" + std::string(second.name) + "' too", "add " + header_flag(second));
    }
  }

  static bool has_scheme(std::string_view value, std::string_view scheme) {
    return scheme.empty() ||
           equals_ignoring_case(value.substr(0, scheme.size() + 1), std::string(scheme) + " ");
  }

  const Platform& m_platform;
  const OtlpSettings& m_settings;
  std::vector<Advice> m_advice;
};

// Where OTLP is on such a host: at a path of the same port, or on the port of the protocol.
std::string hint_beside(const ForeignPort& row, const OtlpSettings& settings) {
  std::string hint(row.hint);
  if (!row.base_path.empty()) {
    return hint + ": --protocol http/protobuf --endpoint " + origin_with_port(settings, row.port) +
           std::string(row.base_path);
  }
  if (!row.has_otlp_beside) {
    return hint;
  }
  const bool is_grpc = settings.protocol == Protocol::grpc;
  const std::uint16_t port = is_grpc ? 4317 : 4318;
  return hint + (hint.empty() ? "" : "; ") + "OTLP is usually on " + std::to_string(port) +
         ": --endpoint " + origin_with_port(settings, port) + " --protocol " +
         std::string(name_of(settings.protocol));
}

std::vector<Advice> advise_port(const OtlpSettings& settings) {
  const auto rows = foreign_ports();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ForeignPort& each) {
    return each.port == settings.endpoint.port_or_default();
  });
  if (row == rows.end() ||
      (!row->base_path.empty() && settings.endpoint.path.starts_with(row->base_path))) {
    return {};
  }
  return {{"port " + std::to_string(row->port) + " is usually " + std::string(row->owner) +
               ", not OTLP",
           hint_beside(*row, settings)}};
}

}  // namespace

std::string platform_of(const OtlpSettings& settings) {
  const Platform* platform = find_platform(settings);
  return platform == nullptr ? std::string() : std::string(platform->name);
}

std::vector<Advice> advise(const OtlpSettings& settings) {
  const Platform* platform = find_platform(settings);
  return platform == nullptr ? advise_port(settings) : PlatformAdvice(*platform, settings).all();
}

std::string refusal_hint(const OtlpSettings& settings, std::string_view code) {
  static constexpr std::array<std::string_view, 4> k_key_codes{"401", "403", "UNAUTHENTICATED",
                                                               "PERMISSION_DENIED"};
  static constexpr std::array<std::string_view, 5> k_place_codes{"400", "404", "405", "415",
                                                                 "UNIMPLEMENTED"};
  const Platform* platform = find_platform(settings);
  if (platform == nullptr) {
    return {};
  }
  const std::string name(platform->name);
  if (is_one_of(code, k_key_codes)) {
    if (platform->key.name.empty()) {
      return name + ": " + std::string(platform->intake_hint);
    }
    return name + " wants " + header_flag(platform->key) + ": " + std::string(platform->key_origin);
  }
  if (!is_one_of(code, k_place_codes)) {
    return {};
  }
  if (!takes(platform->intake, settings.protocol)) {
    return name + " takes " + std::string(words_of(platform->intake)) + ": " +
           protocol_hint(*platform, settings);
  }
  const auto path = path_at(*platform, settings.signal);
  if (code == "400" || !path || settings.protocol == Protocol::grpc ||
      settings.endpoint.path == *path) {
    return {};
  }
  return name + " takes " + std::string(name_of(settings.signal)) + " at " + *path + ": " +
         path_hint(*platform, settings);
}

}  // namespace otelctl::probe
