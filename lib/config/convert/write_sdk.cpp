// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/others.hpp"
#include "config/convert/values.hpp"
#include "config/convert/writers.hpp"
#include "config/convert/yaml_writer.hpp"
#include "config/sdk/published_schema.hpp"

namespace otelctl::config::convert {
namespace {

class SdkWriter {
 public:
  explicit SdkWriter(Plan& plan) : m_plan(plan) {}

  std::string write() {
    m_out.text("file_format", fmt::format("{}.{}", sdk::k_schema_major, sdk::k_schema_minor));
    m_out.bare("disabled", m_plan.disabled);
    write_others("");
    write_resource();
    write_propagators();
    write_traces();
    write_metrics();
    write_logs();
    m_out.open("instrumentation/development");
    write_others("instrumentation/development");
    m_out.close();
    for (const auto& [name, setting] : m_plan.others) {
      if (m_written.count(name) == 0) {
        m_plan.lose(setting.path, is_other(name) ? "there is no exporter that it belongs to"
                                                 : "a declarative file has no key for it");
      }
    }
    return std::move(m_out).take();
  }

 private:
  // The settings of `others` whose keys stand under an opened map. Those that share a map of their
  // own below it stand together in the table.
  void write_others(std::string_view map) {
    std::string_view opened;
    for (const Other& other : k_others) {
      const auto setting = m_plan.others.find(other.variable);
      if (other.map != map || setting == m_plan.others.end()) {
        continue;
      }
      m_written.insert(setting->first);
      const std::size_t dot = other.key.find('.');
      const std::string_view inner =
          dot == std::string_view::npos ? std::string_view() : other.key.substr(0, dot);
      if (inner != opened) {
        if (!opened.empty()) {
          m_out.close();
        }
        if (!inner.empty()) {
          m_out.open(inner);
        }
        opened = inner;
      }
      const std::string_view key = inner.empty() ? other.key : other.key.substr(dot + 1);
      if (other.is_text) {
        m_out.optional_text(key, setting->second);
      } else {
        m_out.bare(key, setting->second.text);
      }
    }
    if (!opened.empty()) {
      m_out.close();
    }
  }

  void write_resource() {
    m_out.open("resource");
    m_out.open("attributes");
    if (m_plan.service_name) {
      write_attribute("service.name", *m_plan.service_name);
    }
    for (const NamedSetting& attribute : m_plan.attributes) {
      write_attribute(attribute.name, attribute.value);
    }
    m_out.close();
    m_out.optional_text("attributes_list", m_plan.attributes_text);
    m_out.close();
  }

  void write_attribute(const std::string& name, const Setting& value) {
    m_out.open("");
    m_out.text("name", name);
    m_out.text("value", value.text);
    m_out.close();
  }

  void write_propagators() {
    if (!m_plan.propagators || m_plan.propagators->empty()) {
      return;
    }
    const bool has_reference_inside =
        std::any_of(m_plan.propagators->begin(), m_plan.propagators->end(),
                    [](const Setting& each) { return has_reference(each.text); });
    m_out.open("propagator");
    if (has_reference_inside) {
      // Keys are never substituted, text is.
      std::vector<std::string> names;
      for (const Setting& propagator : *m_plan.propagators) {
        names.push_back(propagator.text);
      }
      m_out.text("composite_list", join(names, ","));
    } else {
      m_out.open("composite");
      for (const Setting& propagator : *m_plan.propagators) {
        // No propagator is an empty list there, which the schema does not take: the key is left
        // out.
        if (propagator.text != "none") {
          m_out.open("");
          m_out.null(propagator.text);
          m_out.close();
        }
      }
      m_out.close();
    }
    m_out.close();
  }

  void write_traces() {
    if (!m_plan.traces.is_exported()) {
      if (m_plan.sampler) {
        m_plan.lose(m_plan.sampler->name.path, "no exporter of traces is enabled");
      }
      return;
    }
    m_out.open("tracer_provider");
    write_processors(m_plan.traces, Signal::traces, "span_batch");
    write_sampler();
    write_others("tracer_provider");
    m_out.close();
  }

  void write_logs() {
    if (m_plan.logs.is_exported()) {
      m_out.open("logger_provider");
      write_processors(m_plan.logs, Signal::logs, "log_batch");
      write_others("logger_provider");
      m_out.close();
    }
  }

  void write_processors(const SignalPlan& signal_plan, Signal signal, std::string_view batch) {
    m_out.open("processors");
    if (signal_plan.otlp) {
      m_out.open("");
      m_out.open("batch");
      write_others(batch);
      m_out.open("exporter");
      write_otlp(*signal_plan.otlp, signal);
      m_out.close();
      m_out.close();
      m_out.close();
    }
    if (signal_plan.has_console) {
      m_out.open("");
      m_out.open("simple");
      m_out.open("exporter");
      m_out.null("console");
      m_out.close();
      m_out.close();
      m_out.close();
    }
    m_out.close();
  }

  void write_metrics() {
    const bool is_pushed = m_plan.metrics.is_exported();
    if (!is_pushed && !m_plan.prometheus) {
      if (m_plan.metric_interval_ms) {
        m_plan.lose(m_plan.metric_interval_ms->path, "no exporter of metrics is enabled");
      }
      return;
    }
    m_out.open("meter_provider");
    m_out.open("readers");
    if (m_plan.metrics.otlp) {
      open_reader();
      write_otlp(*m_plan.metrics.otlp, Signal::metrics);
      close_reader();
    }
    if (m_plan.metrics.has_console) {
      open_reader();
      m_out.null("console");
      close_reader();
    }
    write_prometheus();
    m_out.close();
    write_others("meter_provider");
    m_out.close();
    if (!is_pushed && m_plan.metric_interval_ms) {
      m_plan.lose(m_plan.metric_interval_ms->path, "Prometheus asks when it likes");
    }
  }

  void open_reader() {
    m_out.open("");
    m_out.open("periodic");
    m_out.bare("interval", m_plan.metric_interval_ms);
    write_others("periodic");
    m_out.open("exporter");
  }

  void close_reader() {
    m_out.close();
    m_out.close();
    m_out.close();
  }

  void write_prometheus() {
    if (!m_plan.prometheus) {
      return;
    }
    m_out.open("");
    m_out.open("pull");
    m_out.open("exporter");
    const bool is_empty = !m_plan.prometheus->host && !m_plan.prometheus->port;
    if (is_empty) {
      m_out.null("prometheus/development");
    } else {
      m_out.open("prometheus/development");
      m_out.optional_text("host", m_plan.prometheus->host);
      m_out.bare("port", m_plan.prometheus->port);
      m_out.close();
    }
    close_reader();
  }

  void write_otlp(const Otlp& otlp, Signal signal) {
    const bool is_grpc = otlp.protocol == Protocol::grpc;
    m_out.open(is_grpc ? "otlp_grpc" : "otlp_http");
    const std::string missing =
        is_grpc ? "http://localhost:4317" : signal_url("http://localhost:4318", signal);
    m_out.text("endpoint", otlp.endpoint ? otlp.endpoint->text : missing);
    write_tls(otlp, is_grpc);
    m_out.open("headers");
    for (const NamedSetting& header : otlp.headers) {
      write_attribute(header.name, header.value);
    }
    m_out.close();
    m_out.optional_text("headers_list", otlp.headers_text);
    m_out.optional_text("compression", otlp.compression);
    m_out.bare("timeout", otlp.timeout_ms);
    if (otlp.protocol == Protocol::http_json) {
      m_out.text("encoding", std::string("json"));
    }
    if (signal == Signal::metrics) {
      write_others("metric_exporter");
    }
    m_out.close();
  }

  void write_tls(const Otlp& otlp, bool is_grpc) {
    m_out.open("tls");
    m_out.optional_text("ca_file", otlp.ca_file);
    m_out.optional_text("key_file", otlp.key_file);
    m_out.optional_text("cert_file", otlp.cert_file);
    if (is_grpc) {
      m_out.bare("insecure", otlp.insecure);
    } else if (otlp.insecure) {
      m_plan.lose(otlp.insecure->path, "it is for gRPC only");
    }
    m_out.close();
  }

  void write_sampler() {
    if (!m_plan.sampler) {
      return;
    }
    const Setting& name = m_plan.sampler->name;
    const bool is_parent_based = name.text.starts_with("parentbased_");
    const std::string root = is_parent_based ? name.text.substr(12) : name.text;
    if (root != "always_on" && root != "always_off" && root != "traceidratio") {
      m_plan.lose(name.path, has_reference(name.text)
                                 ? "a sampler is a key there, which no reference can stand for"
                                 : "there is no sampler of this name with the same settings");
      return;
    }
    m_out.open("sampler");
    if (is_parent_based) {
      m_out.open("parent_based");
      m_out.open("root");
    }
    if (root == "traceidratio" && m_plan.sampler->ratio) {
      m_out.open("trace_id_ratio_based");
      m_out.bare("ratio", m_plan.sampler->ratio);
      m_out.close();
    } else {
      m_out.null(root == "traceidratio" ? "trace_id_ratio_based" : root);
    }
    if (is_parent_based) {
      m_out.close();
      m_out.close();
    }
    m_out.close();
  }

  Plan& m_plan;
  YamlWriter m_out;
  std::set<std::string> m_written;
};

}  // namespace

std::string write_sdk(Plan& plan) {
  return SdkWriter(plan).write();
}

}  // namespace otelctl::config::convert
