// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/values.hpp"
#include "config/convert/writers.hpp"
#include "config/convert/yaml_writer.hpp"
#include "settings/variables.hpp"

namespace otelctl::config::convert {
namespace {

constexpr std::string_view k_no_key = "a section has no key for it";

// The section has one OTLP exporter: that of the first signal that has any.
std::optional<Otlp> common_exporter(Plan& plan) {
  std::optional<Otlp> common;
  Signal first = Signal::traces;
  for (const Signal signal : k_signals) {
    const auto& otlp = plan.of(signal).otlp;
    if (!otlp) {
      continue;
    }
    if (!common) {
      common = otlp;
      first = signal;
      continue;
    }
    const auto base = [](const Otlp& exporter) {
      const bool has_path = exporter.endpoint && exporter.protocol != Protocol::grpc;
      return has_path            ? base_of(exporter.endpoint->text).value_or("")
             : exporter.endpoint ? exporter.endpoint->text
                                 : std::string();
    };
    const auto text = [](const std::optional<Setting>& setting) {
      return setting ? setting->text : std::string();
    };
    const auto same_headers =
        std::equal(common->headers.begin(), common->headers.end(), otlp->headers.begin(),
                   otlp->headers.end(), [](const NamedSetting& left, const NamedSetting& right) {
                     return left.name == right.name && left.value.text == right.value.text;
                   });
    if (common->protocol != otlp->protocol || base(*common) != base(*otlp) || !same_headers ||
        text(common->compression) != text(otlp->compression) ||
        text(common->timeout_ms) != text(otlp->timeout_ms)) {
      plan.lose(
          otlp->endpoint ? otlp->endpoint->path : plan.of(signal).path,
          fmt::format("a section has one OTLP exporter: that of {} was taken", name_of(first)));
    }
  }
  return common;
}

void lose(Plan& plan, const std::optional<Setting>& setting, std::string_view why) {
  if (setting) {
    plan.lose(setting->path, std::string(why));
  }
}

void write_otlp(YamlWriter& out, Plan& plan, const Otlp& otlp) {
  out.open("otlp");
  out.bare("enabled", "true");
  const std::string missing =
      otlp.protocol == Protocol::grpc ? "http://localhost:4317" : "http://localhost:4318/v1/traces";
  const std::string url = otlp.endpoint ? otlp.endpoint->text : missing;
  out.text("endpoint", url);
  if (names_grpc(url) != (otlp.protocol == Protocol::grpc)) {
    plan.lose(otlp.endpoint ? otlp.endpoint->path : "endpoint",
              "a section does not say the protocol: its port and path look like the other one");
  }
  if (otlp.protocol == Protocol::http_json) {
    plan.lose(otlp.endpoint ? otlp.endpoint->path : "endpoint",
              "a section cannot say that the encoding is JSON");
  }
  out.open("headers");
  for (const NamedSetting& header : otlp.headers) {
    out.text(header.name, header.value.text);
  }
  out.close();
  // Said in any case: the section's default is gzip, that of SDKs none.
  out.text("compression", otlp.compression ? otlp.compression->text : "none");
  out.bare("timeout_ms", otlp.timeout_ms);
  for (const auto* setting :
       {&otlp.headers_text, &otlp.ca_file, &otlp.key_file, &otlp.cert_file, &otlp.insecure}) {
    lose(plan, *setting, k_no_key);
  }
  out.close();
}

void write_sampler(YamlWriter& out, Plan& plan) {
  if (!plan.sampler) {
    return;
  }
  std::string name = plan.sampler->name.text;
  std::optional<Setting> ratio = plan.sampler->ratio;
  // The model has four samplers; these two it can say otherwise.
  if (name == "parentbased_always_on" || name == "parentbased_always_off") {
    ratio = Setting{name == "parentbased_always_on" ? "1.0" : "0.0", plan.sampler->name.path};
    name = "parentbased_traceidratio";
  }
  const bool is_known = name == "always_on" || name == "always_off" || name == "traceidratio" ||
                        name == "parentbased_traceidratio" || has_reference(name);
  if (!is_known) {
    plan.lose(plan.sampler->name.path, "the section does not know this sampler");
    return;
  }
  out.open("sampler");
  out.text("type", name);
  out.bare("ratio", ratio);
  out.close();
}

void write_exporters(YamlWriter& out, Plan& plan) {
  out.open("exporters");
  if (const auto otlp = common_exporter(plan)) {
    write_otlp(out, plan, *otlp);
  }
  const bool has_console =
      plan.traces.has_console || plan.metrics.has_console || plan.logs.has_console;
  if (has_console) {
    out.open("console");
    out.bare("enabled", "true");
    out.close();
  }
  if (plan.prometheus) {
    out.open("prometheus");
    out.bare("enabled", "true");
    out.bare("port", plan.prometheus->port);
    out.close();
    lose(plan, plan.prometheus->host, k_no_key);
  }
  out.close();
}

void write_propagators(YamlWriter& out, Plan& plan) {
  if (!plan.propagators) {
    return;
  }
  if (plan.propagators->empty()) {
    out.bare("propagators", "[]");
    return;
  }
  out.open("propagators");
  for (const Setting& propagator : *plan.propagators) {
    const std::string name = by_default(propagator.text);
    if (has_reference(propagator.text) && (name.empty() || name.find(',') != std::string::npos)) {
      plan.lose(propagator.path, "the reference stands for a list, and cannot be an item of one");
    } else {
      out.item(propagator.text);
    }
  }
  out.close();
}

}  // namespace

std::string write_section(Plan& plan, const std::string& section) {
  YamlWriter out;
  const std::vector<std::string_view> keys =
      section == "-" ? std::vector<std::string_view>{} : split(section, '.');
  for (const std::string_view key : keys) {
    out.open(key);
  }
  const auto disabled = plan.disabled;
  const auto enabled = inverted(plan, disabled);
  out.bare("enabled", enabled ? std::string_view(enabled->text) : "true");
  out.text("service_name", plan.service_name);
  const auto version =
      std::find_if(plan.attributes.begin(), plan.attributes.end(),
                   [](const NamedSetting& each) { return each.name == "service.version"; });
  if (version != plan.attributes.end()) {
    out.text("service_version", version->value.text);
  }
  out.open("tracing");
  out.bare("enabled", plan.traces.is_exported() ? "true" : "false");
  write_sampler(out, plan);
  write_propagators(out, plan);
  out.close();
  out.open("metrics");
  out.bare("enabled", plan.metrics.is_exported() || plan.prometheus ? "true" : "false");
  out.bare("export_interval_ms", plan.metric_interval_ms);
  out.close();
  out.open("logging");
  out.bare("enabled", plan.logs.is_exported() ? "true" : "false");
  out.close();
  write_exporters(out, plan);
  out.open("resource_attributes");
  for (const NamedSetting& attribute : plan.attributes) {
    if (attribute.name != "service.version") {
      out.text(attribute.name, attribute.value.text);
    }
  }
  out.close();
  lose(plan, plan.attributes_text, k_no_key);
  for (const auto& [name, setting] : plan.others) {
    // What is the default everywhere need not be said.
    const settings::Variable* variable = settings::find_variable(name);
    if (variable == nullptr || variable->default_value != setting.text) {
      plan.lose(setting.path, std::string(k_no_key));
    }
  }
  return std::move(out).take();
}

}  // namespace otelctl::config::convert
