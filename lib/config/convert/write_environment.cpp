// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/others.hpp"
#include "config/convert/pair_text.hpp"
#include "config/convert/values.hpp"
#include "config/convert/writers.hpp"
#include "settings/variables.hpp"

namespace otelctl::config::convert {
namespace {

class EnvironmentWriter {
 public:
  explicit EnvironmentWriter(Plan& plan) : m_plan(plan) {}

  std::string write() {
    line("OTEL_SDK_DISABLED", m_plan.disabled);
    line("OTEL_SERVICE_NAME", m_plan.service_name);
    std::vector<TextPair> attributes;
    for (const NamedSetting& attribute : m_plan.attributes) {
      attributes.push_back({attribute.name, attribute.value.text});
    }
    const std::string pairs = with_text(join_pairs(attributes), m_plan.attributes_text);
    if (!pairs.empty()) {
      line("OTEL_RESOURCE_ATTRIBUTES", pairs);
    }
    write_propagators();
    if (m_plan.sampler) {
      line("OTEL_TRACES_SAMPLER", m_plan.sampler->name);
      line("OTEL_TRACES_SAMPLER_ARG", m_plan.sampler->ratio);
    }
    for (const Signal signal : k_signals) {
      write_exporters(signal);
    }
    write_otlp();
    line("OTEL_METRIC_EXPORT_INTERVAL", m_plan.metric_interval_ms);
    if (m_plan.prometheus) {
      line("OTEL_EXPORTER_PROMETHEUS_HOST", m_plan.prometheus->host);
      line("OTEL_EXPORTER_PROMETHEUS_PORT", m_plan.prometheus->port);
    }
    for (const Other& other : k_others) {
      const auto setting = m_plan.others.find(other.variable);
      if (setting != m_plan.others.end()) {
        const std::string& text = setting->second.text;
        line(other.variable, text == "low_memory" ? "lowmemory" : text);
      }
    }
    return std::move(m_text);
  }

 private:
  static std::string with_text(std::string pairs, const std::optional<Setting>& text) {
    if (text) {
      pairs += (pairs.empty() ? "" : ",") + text->text;
    }
    return pairs;
  }

  // A variable that refers to itself has its value already: only the default is left to say.
  void line(std::string_view name, std::string_view value) {
    const std::string own = whole_reference(value) == name ? by_default(value) : std::string();
    if (whole_reference(value) == name) {
      if (own.empty()) {
        return;
      }
      value = own;
    }
    if (!fits_a_line(value)) {
      m_plan.lose(std::string(name), "a control character in it has no form in a .env file");
      return;
    }
    m_text += fmt::format("{}={}\n", name, to_env_value(value));
  }

  void line(std::string_view name, const std::optional<Setting>& setting) {
    if (setting) {
      line(name, std::string_view(setting->text));
    }
  }

  void write_propagators() {
    if (!m_plan.propagators) {
      return;
    }
    std::vector<std::string> names;
    for (const Setting& propagator : *m_plan.propagators) {
      names.push_back(propagator.text);
    }
    line("OTEL_PROPAGATORS", names.empty() ? "none" : join(names, ","));
  }

  void write_exporters(Signal signal) {
    const SignalPlan& plan = m_plan.of(signal);
    std::vector<std::string> names;
    if (plan.otlp) {
      names.emplace_back("otlp");
    }
    if (plan.has_console) {
      names.emplace_back("console");
    }
    if (signal == Signal::metrics && m_plan.prometheus) {
      names.emplace_back("prometheus");
    }
    std::string variable = "OTEL_";
    for (const char c : name_of(signal)) {
      variable += static_cast<char>(c - 'a' + 'A');
    }
    line(variable + "_EXPORTER", names.empty() ? "none" : join(names, ","));
  }

  using Field = std::function<std::optional<std::string>(const Otlp& otlp)>;

  // What all exporters have in common is said once, in the general variable.
  void field(std::string_view name, const Field& get) {
    std::optional<std::string> common;
    bool is_common = true;
    bool is_first = true;
    for (const Signal signal : k_signals) {
      if (const auto& otlp = m_plan.of(signal).otlp) {
        const auto value = get(*otlp);
        is_common = is_common && (is_first || value == common);
        common = value;
        is_first = false;
      }
    }
    if (is_common) {
      if (common) {
        line(name, *common);
      }
      return;
    }
    for (const Signal signal : k_signals) {
      const auto& otlp = m_plan.of(signal).otlp;
      const auto value = otlp ? get(*otlp) : std::nullopt;
      if (value) {
        line(settings::signal_form(name, signal), *value);
      }
    }
  }

  void field(std::string_view name, std::optional<Setting> Otlp::*member) {
    const Field value = [&](const Otlp& otlp) {
      const auto& setting = otlp.*member;
      return setting ? std::optional(setting->text) : std::nullopt;
    };
    field(name, value);
  }

  // A general endpoint gets the signal's path appended, a signal's own is used as it is.
  void write_endpoints() {
    std::set<std::string> bases;
    bool is_regular = true;
    for (const Signal signal : k_signals) {
      const auto& otlp = m_plan.of(signal).otlp;
      if (!otlp || !otlp->endpoint) {
        is_regular = is_regular && !otlp;
        continue;
      }
      const std::string& url = otlp->endpoint->text;
      const bool is_grpc = otlp->protocol == Protocol::grpc;
      const auto base = is_grpc ? std::optional(url) : base_of(url);
      is_regular = is_regular && base && (is_grpc || signal_url(*base, signal) == url);
      bases.insert(base.value_or(url));
    }
    if (is_regular && bases.size() == 1) {
      line("OTEL_EXPORTER_OTLP_ENDPOINT", *bases.begin());
      return;
    }
    for (const Signal signal : k_signals) {
      if (const auto& otlp = m_plan.of(signal).otlp) {
        line(settings::signal_form("OTEL_EXPORTER_OTLP_ENDPOINT", signal), otlp->endpoint);
      }
    }
  }

  void write_otlp() {
    const Field protocol = [](const Otlp& otlp) {
      return std::optional<std::string>(otlp.protocol == Protocol::grpc        ? "grpc"
                                        : otlp.protocol == Protocol::http_json ? "http/json"
                                                                               : "http/protobuf");
    };
    write_endpoints();
    field("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
    const Field headers = [](const Otlp& otlp) {
      std::vector<TextPair> pairs;
      for (const NamedSetting& header : otlp.headers) {
        pairs.push_back({header.name, header.value.text});
      }
      const std::string text = with_text(join_pairs(pairs), otlp.headers_text);
      return text.empty() ? std::nullopt : std::optional(text);
    };
    field("OTEL_EXPORTER_OTLP_HEADERS", headers);
    field("OTEL_EXPORTER_OTLP_COMPRESSION", &Otlp::compression);
    field("OTEL_EXPORTER_OTLP_TIMEOUT", &Otlp::timeout_ms);
    field("OTEL_EXPORTER_OTLP_CERTIFICATE", &Otlp::ca_file);
    field("OTEL_EXPORTER_OTLP_CLIENT_KEY", &Otlp::key_file);
    field("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", &Otlp::cert_file);
    field("OTEL_EXPORTER_OTLP_INSECURE", &Otlp::insecure);
  }

  Plan& m_plan;
  std::string m_text;
};

}  // namespace

std::string write_environment(Plan& plan) {
  return EnvironmentWriter(plan).write();
}

}  // namespace otelctl::config::convert
