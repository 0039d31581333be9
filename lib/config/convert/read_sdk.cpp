// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/others.hpp"
#include "config/convert/pair_text.hpp"
#include "config/convert/readers.hpp"
#include "config/convert/sdk_rest.hpp"
#include "config/convert/values.hpp"
#include "config/sdk/model.hpp"

namespace otelctl::config::convert {
namespace {

using sdk::Model;
using sdk::Part;

class SdkPlanner {
 public:
  explicit SdkPlanner(const Model& model) : m_model(model) {}

  Plan plan() {
    take(m_model.child(m_model.root(), "file_format"));
    m_plan.disabled = as_boolean(m_plan, setting(m_model.root(), "disabled"));
    read_others(m_model.root(), "");
    read_resource();
    read_propagator();
    read_traces();
    read_metrics();
    read_logs();
    if (const auto part = m_model.child(m_model.root(), "instrumentation/development")) {
      read_others(*part, "instrumentation/development");
    }
    lose_the_rest(m_model, m_taken, m_opened, m_plan);
    return std::move(m_plan);
  }

 private:
  // The part has been dealt with.
  void take(std::optional<Part> part) {
    if (part) {
      m_taken.insert(*part);
    }
  }

  // A key's value as it stands; nothing for none and for null.
  std::optional<Setting> setting(Part map, std::string_view key) {
    const auto part = m_model.child(map, key);
    if (!part || m_model.node(*part).kind != yaml::NodeKind::scalar) {
      return std::nullopt;
    }
    take(part);
    return as_text(m_plan, Setting{std::string(m_model.node(*part).text), m_model.path(*part)});
  }

  std::optional<Part> below(Part map, std::string_view path) const {
    std::optional<Part> part = map;
    for (const std::string_view key : split(path, '.')) {
      part = part ? m_model.child(*part, key) : std::nullopt;
    }
    return part;
  }

  void read_others(Part map, std::string_view name) {
    for (const Other& other : k_others) {
      const std::size_t dot = other.key.rfind('.');
      const bool is_deep = dot != std::string_view::npos;
      const auto owner = is_deep ? below(map, other.key.substr(0, dot)) : std::optional(map);
      if (other.map != name || !owner) {
        continue;
      }
      auto value = setting(*owner, is_deep ? other.key.substr(dot + 1) : other.key);
      value = other.is_text ? std::move(value) : as_number(m_plan, std::move(value));
      if (value) {
        m_plan.others.emplace(other.variable, std::move(*value));
      }
    }
  }

  void read_resource() {
    const auto resource = m_model.child(m_model.root(), "resource");
    if (!resource) {
      return;
    }
    if (const auto list = m_model.child(*resource, "attributes")) {
      for (const Part attribute : m_model.children(*list)) {
        read_attribute(attribute);
      }
    }
    if (auto text = setting(*resource, "attributes_list")) {
      if (!whole_reference(text->text).empty()) {
        m_plan.attributes_text = std::move(text);
        return;
      }
      auto pairs = split_pairs(text->text);
      if (!pairs) {
        m_plan.lose(text->path, "it is not of the form name=value,name=value");
        return;
      }
      for (TextPair& pair : *pairs) {
        add_attribute(pair.name, Setting{std::move(pair.value), text->path}, false);
      }
    }
  }

  void read_attribute(Part attribute) {
    const auto name = setting(attribute, "name");
    auto value = setting(attribute, "value");
    const auto type = setting(attribute, "type");
    if (!name || !value) {
      return;
    }
    if (type && type->text != "string") {
      m_plan.lose(value->path, "its type is lost: it becomes text");
    }
    add_attribute(name->text, std::move(*value), true);
  }

  // Of the list entries win, and of each the first one given.
  void add_attribute(const std::string& name, Setting value, bool is_listed) {
    value = without_secret(m_plan, name, std::move(value), false);
    if (name == "service.name") {
      if (!m_plan.service_name || is_listed) {
        m_plan.service_name = std::move(value);
      }
      return;
    }
    if (m_attribute_names.insert(name).second) {
      m_plan.attributes.push_back({name, std::move(value)});
    }
  }

  void read_propagator() {
    m_plan.propagators.emplace();
    const auto propagator = m_model.child(m_model.root(), "propagator");
    if (!propagator) {
      return;
    }
    std::set<std::string, std::less<>> names;
    const auto add = [&](std::string_view name, std::string path) {
      if (names.emplace(name).second) {
        m_plan.propagators->push_back({std::string(name), std::move(path)});
      }
    };
    if (const auto list = m_model.child(*propagator, "composite")) {
      for (const Part item : m_model.children(*list)) {
        for (const Part part : m_model.children(item)) {
          take(part);
          add(m_model.key(part), m_model.path(part));
        }
      }
    }
    if (const auto text = setting(*propagator, "composite_list")) {
      const bool is_reference = has_reference(text->text);
      for (const std::string_view name :
           is_reference ? std::vector<std::string_view>{text->text} : split(text->text, ',')) {
        add(trim(name), text->path);
      }
    }
  }

  void read_traces() {
    const auto provider = m_model.child(m_model.root(), "tracer_provider");
    if (!provider) {
      return;
    }
    read_processors(*provider, Signal::traces, "span_batch");
    read_others(*provider, "tracer_provider");
    if (const auto sampler = m_model.child(*provider, "sampler")) {
      read_sampler(*sampler);
    }
  }

  void read_logs() {
    if (const auto provider = m_model.child(m_model.root(), "logger_provider")) {
      read_processors(*provider, Signal::logs, "log_batch");
      read_others(*provider, "logger_provider");
    }
  }

  void read_processors(Part provider, Signal signal, std::string_view batch_name) {
    m_plan.of(signal).path = m_model.path(provider);
    const auto list = m_model.child(provider, "processors");
    for (const Part processor : list ? m_model.children(*list) : std::vector<Part>{}) {
      const auto batch = m_model.child(processor, "batch");
      const auto simple = m_model.child(processor, "simple");
      const auto owner = batch ? batch : simple;
      const auto exporter = owner ? m_model.child(*owner, "exporter") : std::nullopt;
      if (!exporter) {
        continue;
      }
      const bool is_otlp = read_exporter(*exporter, signal);
      if (is_otlp && batch) {
        read_others(*batch, batch_name);
      } else if (is_otlp) {
        m_plan.lose(m_model.path(*simple), "it is exported in batches there");
      }
    }
  }

  // Reads the first OTLP exporter of a signal, and whether there is a console; true for the former.
  // What else there is stays to be lost.
  bool read_exporter(Part exporter, Signal signal) {
    SignalPlan& target = m_plan.of(signal);
    if (const auto console = m_model.child(exporter, "console")) {
      take(console);
      target.has_console = true;
      return false;
    }
    const auto grpc = m_model.child(exporter, "otlp_grpc");
    const auto http = m_model.child(exporter, "otlp_http");
    const auto part = grpc ? grpc : http;
    if (!part || target.otlp) {
      return false;
    }
    m_opened.insert(*part);
    take(part);
    target.otlp = read_otlp(*part, grpc.has_value());
    if (signal == Signal::metrics) {
      read_others(*part, "metric_exporter");
    }
    return true;
  }

  Otlp read_otlp(Part part, bool is_grpc) {
    Otlp otlp;
    const auto encoding = setting(part, "encoding");
    otlp.protocol = is_grpc                                ? Protocol::grpc
                    : encoding && encoding->text == "json" ? Protocol::http_json
                                                           : Protocol::http_protobuf;
    otlp.endpoint = as_url(m_plan, setting(part, "endpoint"));
    otlp.compression = setting(part, "compression");
    otlp.timeout_ms = as_number(m_plan, setting(part, "timeout"));
    if (const auto tls = m_model.child(part, "tls")) {
      otlp.ca_file = setting(*tls, "ca_file");
      otlp.key_file = setting(*tls, "key_file");
      otlp.cert_file = setting(*tls, "cert_file");
      otlp.insecure = as_boolean(m_plan, setting(*tls, "insecure"));
    }
    read_headers(part, otlp);
    return otlp;
  }

  void read_headers(Part part, Otlp& otlp) {
    const auto add = [&](const std::string& name, Setting value) {
      otlp.headers.push_back({name, without_secret(m_plan, name, std::move(value), true)});
    };
    if (const auto list = m_model.child(part, "headers")) {
      for (const Part header : m_model.children(*list)) {
        const auto name = setting(header, "name");
        auto value = setting(header, "value");
        if (name && value) {
          add(name->text, std::move(*value));
        }
      }
    }
    auto text = setting(part, "headers_list");
    if (text && !whole_reference(text->text).empty()) {
      otlp.headers_text = without_secret(m_plan, "headers", std::move(*text), true);
      return;
    }
    auto pairs = text ? split_pairs(text->text) : std::nullopt;
    if (text && !pairs) {
      m_plan.lose(text->path, "it is not of the form name=value,name=value");
    }
    std::set<std::string> listed;
    for (const NamedSetting& header : otlp.headers) {
      listed.insert(to_lower(header.name));
    }
    for (TextPair& pair : pairs.value_or(std::vector<TextPair>{})) {
      if (listed.count(to_lower(pair.name)) == 0) {
        add(pair.name, Setting{std::move(pair.value), text->path});
      }
    }
  }

  void read_metrics() {
    const auto provider = m_model.child(m_model.root(), "meter_provider");
    const auto readers = provider ? m_model.child(*provider, "readers") : std::nullopt;
    if (provider) {
      m_plan.metrics.path = m_model.path(*provider);
      read_others(*provider, "meter_provider");
    }
    for (const Part reader : readers ? m_model.children(*readers) : std::vector<Part>{}) {
      if (const auto periodic = m_model.child(reader, "periodic")) {
        read_periodic(*periodic);
      } else if (const auto pull = below(reader, "pull.exporter.prometheus/development");
                 pull && !m_plan.prometheus) {
        m_opened.insert(*pull);
        take(pull);
        m_plan.prometheus =
            Prometheus{setting(*pull, "host"), as_number(m_plan, setting(*pull, "port"))};
      }
    }
  }

  void read_periodic(Part periodic) {
    const auto exporter = m_model.child(periodic, "exporter");
    const bool had_any = m_plan.metrics.is_exported();
    const bool had_console = m_plan.metrics.has_console;
    const bool is_otlp = exporter && read_exporter(*exporter, Signal::metrics);
    const bool is_console = m_plan.metrics.has_console && !had_console;
    if (!is_otlp && !is_console) {
      return;
    }
    // One interval is for all; one that differs stays to be lost.
    const auto interval = m_model.child(periodic, "interval");
    const bool is_same = interval && m_plan.metric_interval_ms &&
                         m_model.node(*interval).text == m_plan.metric_interval_ms->text;
    if (is_same) {
      take(interval);
    } else if (!had_any || !m_plan.metric_interval_ms) {
      m_plan.metric_interval_ms = as_number(m_plan, setting(periodic, "interval"));
    }
    if (!had_any) {
      read_others(periodic, "periodic");
    }
  }

  // The sampler as a variable names it; what has no name there stays to be lost.
  void read_sampler(Part sampler) {
    const auto parent_based = m_model.child(sampler, "parent_based");
    const auto root = parent_based ? m_model.child(*parent_based, "root") : std::optional(sampler);
    if (!root || (parent_based && !has_default_parents(*parent_based))) {
      return;
    }
    for (const Part part : m_model.children(*root)) {
      const std::string_view key = m_model.key(part);
      const bool is_ratio = key == "trace_id_ratio_based";
      if (!is_ratio && key != "always_on" && key != "always_off") {
        continue;
      }
      m_opened.insert(part);
      take(part);
      const std::string name = is_ratio ? "traceidratio" : std::string(key);
      Sampler found{{parent_based ? "parentbased_" + name : name, m_model.path(part)}};
      if (is_ratio) {
        found.ratio = setting(part, "ratio").value_or(Setting{"1.0", m_model.path(part)});
      }
      m_plan.sampler = std::move(found);
    }
  }

  // Whether those of parents are the defaults, which all that a variable can say has.
  bool has_default_parents(Part parent_based) {
    for (const auto& [key, name] : {std::pair{"remote_parent_sampled", "always_on"},
                                    {"remote_parent_not_sampled", "always_off"},
                                    {"local_parent_sampled", "always_on"},
                                    {"local_parent_not_sampled", "always_off"}}) {
      const auto part = m_model.child(parent_based, key);
      if (part && !m_model.child(*part, name)) {
        return false;
      }
      if (part) {
        take(m_model.child(*part, name));
      }
    }
    return true;
  }

  const Model& m_model;
  Plan m_plan;
  std::set<std::string> m_attribute_names;
  std::set<Part> m_taken;
  // Of those, what was looked at key by key.
  std::set<Part> m_opened;
};

}  // namespace

Result<Plan> read_sdk_plan(const yaml::Document& document) {
  const Environment none;
  std::vector<Issue> issues;
  if (document.root() == yaml::k_no_node) {
    return fail(ErrorKind::settings, "the file is empty");
  }
  const Model model = Model::read(document, none, false, issues);
  return SdkPlanner(model).plan();
}

}  // namespace otelctl::config::convert
