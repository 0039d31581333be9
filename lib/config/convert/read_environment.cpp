// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/others.hpp"
#include "config/convert/pair_text.hpp"
#include "config/convert/readers.hpp"
#include "config/convert/values.hpp"
#include "settings/env_file.hpp"
#include "settings/variables.hpp"

namespace otelctl::config::convert {
namespace {

class EnvironmentPlanner {
 public:
  explicit EnvironmentPlanner(std::map<std::string, Setting, std::less<>> variables)
      : m_variables(std::move(variables)) {}

  Plan plan() {
    m_plan.disabled = as_boolean(m_plan, take("OTEL_SDK_DISABLED"));
    plan_resource();
    plan_propagators();
    plan_sampler();
    for (const Signal signal : k_signals) {
      plan_signal(signal);
    }
    m_plan.metric_interval_ms = as_number(m_plan, take("OTEL_METRIC_EXPORT_INTERVAL"));
    for (const Other& other : k_others) {
      auto setting = take(other.variable);
      setting = other.is_text ? as_text(m_plan, std::move(setting))
                              : as_number(m_plan, std::move(setting));
      if (setting) {
        if (setting->text == "lowmemory") {
          setting->text = "low_memory";
        }
        m_plan.others.emplace(other.variable, std::move(*setting));
      }
    }
    lose_the_rest();
    return std::move(m_plan);
  }

 private:
  std::optional<Setting> take(std::string_view name) {
    const auto found = m_variables.find(name);
    if (found == m_variables.end()) {
      return std::nullopt;
    }
    Setting setting = std::move(found->second);
    m_variables.erase(found);
    return setting;
  }

  // The signal's own variable, else the general one; both are dealt with by that.
  std::optional<Setting> of_signal(std::string_view name, Signal signal) {
    auto own = take(settings::signal_form(name, signal));
    const auto general = m_variables.find(name);
    if (general != m_variables.end()) {
      m_general.insert(general->first);
    }
    return own ? own : general != m_variables.end() ? std::optional(general->second) : std::nullopt;
  }

  // The pairs of a variable; a variable that cannot be taken apart is lost.
  std::vector<TextPair> pairs(const std::optional<Setting>& setting) {
    if (!setting) {
      return {};
    }
    auto found = split_pairs(setting->text);
    if (!found) {
      m_plan.lose(setting->path, "it is not of the form name=value,name=value");
      return {};
    }
    return std::move(*found);
  }

  void plan_resource() {
    auto variable = as_text(m_plan, take("OTEL_RESOURCE_ATTRIBUTES"));
    if (variable && !whole_reference(variable->text).empty()) {
      m_plan.attributes_text = std::exchange(variable, std::nullopt);
    }
    for (TextPair& pair : pairs(variable)) {
      Setting value =
          without_secret(m_plan, pair.name, Setting{std::move(pair.value), variable->path}, false);
      if (pair.name == "service.name") {
        m_plan.service_name = std::move(value);
      } else {
        m_plan.attributes.push_back({std::move(pair.name), std::move(value)});
      }
    }
    if (auto name = as_text(m_plan, take("OTEL_SERVICE_NAME"))) {
      m_plan.service_name = std::move(name);
    }
  }

  void plan_propagators() {
    const auto variable = as_text(m_plan, take("OTEL_PROPAGATORS"));
    // The specification's default, which is that of a file with no such key only for sections.
    const std::string text = variable ? variable->text : "tracecontext,baggage";
    m_plan.propagators.emplace();
    if (has_reference(text)) {
      m_plan.propagators->push_back(*variable);
      return;
    }
    for (const std::string_view name : split(text, ',')) {
      if (!trim(name).empty()) {
        m_plan.propagators->push_back(
            {to_lower(trim(name)), variable ? variable->path : "OTEL_PROPAGATORS"});
      }
    }
  }

  void plan_sampler() {
    auto name = as_text(m_plan, take("OTEL_TRACES_SAMPLER"));
    if (!name) {
      return;
    }
    if (!has_reference(name->text)) {
      name->text = to_lower(name->text);
    }
    Sampler sampler{std::move(*name)};
    if (by_default(sampler.name.text).ends_with("traceidratio")) {
      sampler.ratio = as_text(m_plan, take("OTEL_TRACES_SAMPLER_ARG"));
      if (!sampler.ratio) {
        sampler.ratio = Setting{"1.0", sampler.name.path};
      }
    }
    m_plan.sampler = std::move(sampler);
  }

  void plan_signal(Signal signal) {
    std::string variable = "OTEL_";
    for (const char c : name_of(signal)) {
      variable += static_cast<char>(c - 'a' + 'A');
    }
    variable += "_EXPORTER";
    const auto exporters = as_text(m_plan, take(variable));
    if (exporters && has_reference(exporters->text)) {
      m_plan.lose(variable, "a reference cannot choose exporters: its default was taken");
    }
    SignalPlan& target = m_plan.of(signal);
    target.path = variable;
    const std::string chosen = exporters ? by_default(exporters->text) : "otlp";
    for (const std::string_view part : split(chosen, ',')) {
      const std::string name = to_lower(trim(part));
      if (name == "otlp") {
        target.otlp = read_otlp(signal);
      } else if (name == "console" || name == "logging") {
        target.has_console = true;
      } else if (name == "prometheus" && signal == Signal::metrics) {
        m_plan.prometheus = Prometheus{as_text(m_plan, take("OTEL_EXPORTER_PROMETHEUS_HOST")),
                                       as_number(m_plan, take("OTEL_EXPORTER_PROMETHEUS_PORT"))};
      } else if (!name.empty() && name != "none") {
        m_plan.lose(variable,
                    fmt::format("the exporter {} has no counterpart", escape_for_terminal(name)));
      }
    }
  }

  Otlp read_otlp(Signal signal) {
    Otlp otlp;
    const std::string own_name = settings::signal_form("OTEL_EXPORTER_OTLP_ENDPOINT", signal);
    const bool is_own = m_variables.count(own_name) != 0;
    auto endpoint = as_url(m_plan, of_signal("OTEL_EXPORTER_OTLP_ENDPOINT", signal));
    const auto protocol = of_signal("OTEL_EXPORTER_OTLP_PROTOCOL", signal);
    const std::string name = protocol ? to_lower(by_default(protocol->text)) : "";
    if (name == "grpc" || name == "http/protobuf" || name == "http/json") {
      otlp.protocol = name == "grpc"        ? Protocol::grpc
                      : name == "http/json" ? Protocol::http_json
                                            : Protocol::http_protobuf;
    } else {
      // Without a word the specification's default is HTTP; 4317 is never HTTP's port.
      const bool is_grpc_port = endpoint && by_default(endpoint->text).ends_with(":4317");
      otlp.protocol = is_grpc_port ? Protocol::grpc : Protocol::http_protobuf;
      if (protocol) {
        m_plan.lose(protocol->path, "it is not a protocol");
      }
    }
    if (endpoint && !is_own && otlp.protocol != Protocol::grpc) {
      const std::string& base = endpoint->text;
      endpoint->text =
          signal_url(base.ends_with('/') ? base.substr(0, base.size() - 1) : base, signal);
    }
    otlp.endpoint = std::move(endpoint);
    auto headers = as_text(m_plan, of_signal("OTEL_EXPORTER_OTLP_HEADERS", signal));
    if (headers && !whole_reference(headers->text).empty()) {
      otlp.headers_text = without_secret(m_plan, "headers", std::move(*headers), true);
      headers.reset();
    }
    for (TextPair& pair : pairs(headers)) {
      otlp.headers.push_back(
          {pair.name,
           without_secret(m_plan, pair.name, Setting{std::move(pair.value), headers->path}, true)});
    }
    otlp.compression = as_text(m_plan, of_signal("OTEL_EXPORTER_OTLP_COMPRESSION", signal));
    otlp.timeout_ms = as_number(m_plan, of_signal("OTEL_EXPORTER_OTLP_TIMEOUT", signal));
    otlp.ca_file = as_text(m_plan, of_signal("OTEL_EXPORTER_OTLP_CERTIFICATE", signal));
    otlp.key_file = as_text(m_plan, of_signal("OTEL_EXPORTER_OTLP_CLIENT_KEY", signal));
    otlp.cert_file = as_text(m_plan, of_signal("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", signal));
    otlp.insecure = as_boolean(m_plan, of_signal("OTEL_EXPORTER_OTLP_INSECURE", signal));
    return otlp;
  }

  void lose_the_rest() {
    for (const auto& [name, setting] : m_variables) {
      if (m_general.count(name) == 0) {
        m_plan.lose(name, settings::find_variable(name) == nullptr
                              ? "no specification knows the variable"
                              : "nothing that is switched on uses it");
      }
    }
  }

  std::map<std::string, Setting, std::less<>> m_variables;
  // General forms that a signal used.
  std::set<std::string> m_general;
  Plan m_plan;
};

}  // namespace

Result<Plan> read_environment_plan(std::string_view text) {
  constexpr std::size_t k_most_entries = 100000;
  const settings::EnvFileContent content = settings::read_env_file(text, nullptr, k_most_entries);
  if (!content.problems.empty()) {
    const settings::EnvFileProblem& first = content.problems.front();
    return fail(ErrorKind::settings, fmt::format("line {}: {}", first.line, first.message),
                first.hint);
  }
  std::map<std::string, Setting, std::less<>> variables;
  for (const settings::EnvFileEntry& entry : content.entries) {
    // An empty value is none (specification, configuration/common).
    if (entry.name.starts_with("OTEL_") && !entry.value.empty()) {
      variables[entry.name] = {from_env_value(entry.value, entry.quote == '\''), entry.name};
    } else {
      variables.erase(entry.name);
    }
  }
  if (variables.empty()) {
    return fail(ErrorKind::settings, "the file sets no OTEL_* variable",
                "give a file with NAME=VALUE lines");
  }
  return EnvironmentPlanner(std::move(variables)).plan();
}

}  // namespace otelctl::config::convert
