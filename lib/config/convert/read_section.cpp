// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/readers.hpp"
#include "config/convert/values.hpp"
#include "config/places.hpp"
#include "config/section/section_locator.hpp"
#include "config/section/section_schema.hpp"
#include "config/words.hpp"

namespace otelctl::config::convert {
namespace {

class SectionPlanner {
 public:
  explicit SectionPlanner(const yaml::Document& document) : m_document(document) {}

  Plan plan(yaml::NodeId section, std::string path) {
    read(section, std::move(path));
    m_plan.disabled = inverted(m_plan, as_boolean(m_plan, take(Key::enabled)));
    // The model's own default: an application whose section says nothing exports nothing.
    if (!m_plan.disabled && !m_was_set[Key::enabled]) {
      m_plan.disabled = Setting{"true", m_path};
    }
    m_plan.service_name = as_text(m_plan, take(Key::service_name));
    plan_resource();
    plan_traces();
    plan_exporters();
    m_plan.metric_interval_ms = as_number(m_plan, take(Key::export_interval_ms));
    lose_the_rest();
    return std::move(m_plan);
  }

 private:
  struct Pending {
    Key key;
    yaml::NodeId node;
    std::string path;
  };

  // Every key of the section that is set, as it stands.
  void read(yaml::NodeId section, std::string path) {
    m_path = path;
    std::vector<Pending> pending{{Key::section, section, std::move(path)}};
    while (!pending.empty()) {
      const Pending map = std::move(pending.back());
      pending.pop_back();
      for (const yaml::Document::Entry& entry : m_document.entries(map.node)) {
        const std::string name(m_document.node(entry.key).text);
        const std::string entry_path = joined_path(map.path, name);
        const auto key = find_key(map.key, name);
        if (!key) {
          m_plan.lose(entry_path, "the section does not have this key");
        } else if (spec_of(*key).type == ValueType::map) {
          read_map(*key, entry, entry_path, pending);
        } else {
          read_value(*key, entry.value, entry_path);
        }
      }
    }
  }

  void read_map(Key key, const yaml::Document::Entry& entry, const std::string& path,
                std::vector<Pending>& pending) {
    if (m_document.node(entry.value).kind == yaml::NodeKind::map) {
      pending.push_back({key, entry.value, path});
    } else {
      m_plan.lose(path, "it is not a map");
    }
  }

  void read_value(Key key, yaml::NodeId id, const std::string& path) {
    const yaml::Node& node = m_document.node(id);
    m_was_set[key] = true;
    if (spec_of(key).type == ValueType::text_map && node.kind == yaml::NodeKind::map) {
      for (const yaml::Document::Entry& entry : m_document.entries(id)) {
        const std::string name(m_document.node(entry.key).text);
        if (auto setting = scalar(entry.value, joined_path(path, name))) {
          m_pairs[key].push_back({name, std::move(*setting)});
        }
      }
    } else if (spec_of(key).type == ValueType::text_list && node.kind == yaml::NodeKind::sequence) {
      m_lists[key];
      for (const yaml::NodeId child : m_document.children(id)) {
        if (auto setting = scalar(m_document.resolve(child), path)) {
          m_lists[key].push_back(std::move(*setting));
        }
      }
    } else if (auto setting = scalar(id, path)) {
      m_scalars[key] = std::move(*setting);
    }
  }

  std::optional<Setting> scalar(yaml::NodeId id, const std::string& path) {
    const yaml::Node& node = m_document.node(id);
    if (node.kind != yaml::NodeKind::scalar) {
      m_plan.lose(path, fmt::format("it is {}, not a single value", kind_words(node)));
      return std::nullopt;
    }
    return as_text(m_plan, Setting{std::string(node.text), path});
  }

  // The value of a key, which is dealt with by that.
  std::optional<Setting> take(Key key) {
    const auto found = m_scalars.find(key);
    if (found == m_scalars.end()) {
      return std::nullopt;
    }
    Setting setting = std::move(found->second);
    m_scalars.erase(found);
    return setting;
  }

  // Whether a part is switched on. A switch that only the environment knows is taken as it is by
  // default, and lost as a switch.
  bool is_on(Key key) {
    const auto setting = as_boolean(m_plan, take(key));
    if (setting && has_reference(setting->text)) {
      m_plan.lose(setting->path, "a reference cannot switch it: its default was taken");
    }
    return is_true(setting, spec_of(key).default_value == "true");
  }

  void plan_resource() {
    std::map<std::string, std::size_t> places;
    if (auto version = as_text(m_plan, take(Key::service_version))) {
      places.emplace("service.version", 0);
      m_plan.attributes.push_back({"service.version", std::move(*version)});
    }
    for (NamedSetting& attribute : m_pairs[Key::resource_attributes]) {
      attribute.value = without_secret(m_plan, attribute.name, std::move(attribute.value), false);
      // The application's resource lets these win over the section's own keys.
      if (attribute.name == "service.name") {
        m_plan.service_name = std::move(attribute.value);
        continue;
      }
      const auto [known, is_new] = places.emplace(attribute.name, m_plan.attributes.size());
      if (!is_new) {
        m_plan.attributes[known->second] = std::move(attribute);
        continue;
      }
      m_plan.attributes.push_back(std::move(attribute));
    }
  }

  void plan_traces() {
    const bool has_list = m_lists.count(Key::propagators) != 0;
    m_plan.propagators = has_list
                             ? m_lists[Key::propagators]
                             : std::vector<Setting>{{"tracecontext", m_path}, {"baggage", m_path}};
    auto name = take(Key::sampler_type);
    auto ratio = take(Key::sampler_ratio);
    if (!name && !ratio) {
      return;
    }
    const std::string path = name ? name->path : ratio->path;
    Sampler sampler{name.value_or(Setting{"parentbased_traceidratio", path})};
    const bool takes_ratio = by_default(sampler.name.text).ends_with("traceidratio");
    if (takes_ratio) {
      sampler.ratio = ratio.value_or(Setting{"1.0", path});
    }
    m_plan.sampler = std::move(sampler);
  }

  void plan_exporters() {
    const bool has_otlp = is_on(Key::otlp_enabled);
    const bool has_console = is_on(Key::console_enabled);
    for (const auto& [signal, key] : {std::pair{Signal::traces, Key::tracing_enabled},
                                      {Signal::metrics, Key::metrics_enabled},
                                      {Signal::logs, Key::logging_enabled}}) {
      if (is_on(key)) {
        m_plan.of(signal).has_console = has_console;
        if (has_otlp) {
          m_plan.of(signal).otlp = Otlp{};
        }
      }
    }
    if (has_otlp) {
      plan_otlp();
    }
    if (is_on(Key::prometheus_enabled)) {
      m_plan.prometheus = Prometheus{std::nullopt, as_number(m_plan, take(Key::prometheus_port))};
    }
  }

  void plan_otlp() {
    Otlp common;
    const Setting missing{std::string(spec_of(Key::endpoint).default_value), m_path};
    const bool is_set = m_scalars.count(Key::endpoint) != 0;
    const auto endpoint = as_url(m_plan, is_set ? take(Key::endpoint) : missing);
    const std::string url = endpoint ? endpoint->text : missing.text;
    common.protocol = names_grpc(url) ? Protocol::grpc : Protocol::http_protobuf;
    common.timeout_ms = as_number(m_plan, take(Key::timeout_ms));
    common.compression = as_text(m_plan, take(Key::compression));
    if (!common.compression) {
      // The section's default; that of SDKs is none.
      common.compression = Setting{"gzip", m_path};
    }
    for (NamedSetting& header : m_pairs[Key::headers]) {
      header.value = without_secret(m_plan, header.name, std::move(header.value), true);
      common.headers.push_back(std::move(header));
    }
    m_pairs.erase(Key::headers);
    for (const Signal signal : k_signals) {
      if (m_plan.of(signal).otlp) {
        m_plan.of(signal).otlp = common;
        m_plan.of(signal).otlp->endpoint = endpoint_of(signal, endpoint, common.protocol);
      }
    }
  }

  std::optional<Setting> endpoint_of(Signal signal, const std::optional<Setting>& endpoint,
                                     Protocol protocol) {
    if (!endpoint || protocol == Protocol::grpc) {
      return endpoint;
    }
    const auto base = base_of(endpoint->text);
    if (!base) {
      if (signal != Signal::traces) {
        m_plan.lose(
            endpoint->path,
            fmt::format("the reference holds the path of another signal than {}", name_of(signal)));
      }
      return signal == Signal::traces ? endpoint : std::nullopt;
    }
    const std::string url = signal_url(*base, signal);
    if (signal == Signal::traces && url != endpoint->text) {
      m_plan.notes.push_back(fmt::format(
          "{} has no path of a signal: it is taken for what all have in common", endpoint->path));
    }
    return Setting{url, endpoint->path};
  }

  // Whatever was not asked for until here.
  void lose_the_rest() {
    for (const auto& [key, setting] : m_scalars) {
      if (setting.text == spec_of(key).default_value) {
        continue;
      }
      const bool is_of_otlp = spec_of(key).parent == Key::otlp;
      const bool is_of_prometheus = key == Key::prometheus_port;
      const bool is_of_jaeger = spec_of(key).parent == Key::jaeger;
      m_plan.lose(setting.path, is_of_otlp || is_of_prometheus ? "its exporter is not enabled"
                                : is_of_jaeger ? "no SDK has the Jaeger exporter any more: use otlp"
                                               : "only the application knows it");
    }
    for (const NamedSetting& header : m_pairs[Key::headers]) {
      m_plan.lose(header.value.path, "its exporter is not enabled");
    }
  }

  const yaml::Document& m_document;
  std::string m_path;
  Plan m_plan;
  std::map<Key, Setting> m_scalars;
  std::map<Key, std::vector<NamedSetting>> m_pairs;
  std::map<Key, std::vector<Setting>> m_lists;
  std::map<Key, bool> m_was_set;
};

}  // namespace

Result<Plan> read_section_plan(const yaml::Document& document, const std::string& section) {
  std::vector<Issue> issues;
  auto located = locate_section(document, section, issues);
  if (!located) {
    return issues.empty() ? fail(ErrorKind::settings, "there is no section to convert")
                          : fail(ErrorKind::settings, issues.front().message, issues.front().help);
  }
  return SectionPlanner(document).plan(located->value, std::move(located->path));
}

}  // namespace otelctl::config::convert
