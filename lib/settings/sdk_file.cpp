// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/sdk_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "settings/file_values.hpp"
#include "settings/key_values.hpp"

namespace otelctl::settings {
namespace {

class SdkFileReader {
 public:
  SdkFileReader(const yaml::Document& document, const std::string& path,
                const Environment& environment)
      : m_values(document, path, environment, SubstitutionDialect::sdk) {}

  Result<OtlpSection> read(Signal signal) {
    const yaml::NodeId root = m_values.document().resolve(m_values.document().root());
    read_resource(m_values.child(root, "resource"));
    read_exporter(root, signal);
    const auto disabled = m_values.value(root, "disabled");
    if (disabled && equals_ignoring_case(disabled->text, "true")) {
      m_values.notes.push_back(disabled->origin +
                               ": the SDK is disabled: the application itself exports nothing");
    }
    if (m_values.error) {
      return fail(std::move(*m_values.error));
    }
    m_result.notes = std::move(m_values.notes);
    return std::move(m_result);
  }

 private:
  void read_resource(yaml::NodeId resource) {
    m_result.resource_attributes = name_values(m_values.child(resource, "attributes"));
    add_missing(m_result.resource_attributes, m_values.value(resource, "attributes_list"),
                resource);
    for (const auto& [name, target] : {std::pair{"service.name", &m_result.service_name},
                                       {"service.version", &m_result.service_version}}) {
      const auto found = std::find_if(
          m_result.resource_attributes.begin(), m_result.resource_attributes.end(),
          [&, key = std::string_view(name)](const SectionPair& pair) { return pair.key == key; });
      if (found != m_result.resource_attributes.end()) {
        *target = std::move(found->value);
        m_result.resource_attributes.erase(found);
      }
    }
  }

  void read_exporter(yaml::NodeId root, Signal signal) {
    const bool is_metrics = signal == Signal::metrics;
    const std::string_view provider = is_metrics                 ? "meter_provider"
                                      : signal == Signal::traces ? "tracer_provider"
                                                                 : "logger_provider";
    const yaml::NodeId list =
        m_values.child(m_values.child(root, provider), is_metrics ? "readers" : "processors");
    for (const yaml::NodeId item : m_values.items(list)) {
      if (read_processor(item)) {
        return;
      }
    }
    m_values.notes.push_back(m_values.path() + " has no OTLP exporter of " +
                             std::string(name_of(signal)) + ": only its service is used");
  }

  // One of batch, simple, periodic, whichever has an OTLP exporter.
  bool read_processor(yaml::NodeId item) {
    for (const std::string_view kind : {"batch", "simple", "periodic"}) {
      const yaml::NodeId exporter = m_values.child(m_values.child(item, kind), "exporter");
      if (!m_values.is_map(exporter)) {
        continue;
      }
      for (const auto& entry : m_values.document().entries(exporter)) {
        const yaml::Node& key = m_values.document().node(entry.key);
        if (key.text == "otlp_grpc" || key.text == "otlp_http") {
          read_otlp(entry.key, entry.value, key.text == "otlp_grpc");
          return true;
        }
      }
    }
    return false;
  }

  void read_otlp(yaml::NodeId key, yaml::NodeId otlp, bool is_grpc) {
    const auto encoding = m_values.value(otlp, "encoding");
    const bool is_json = encoding && encoding->text == "json";
    m_result.protocol = SectionValue{is_grpc   ? "grpc"
                                     : is_json ? "http/json"
                                               : "http/protobuf",
                                     m_values.place(key)};
    m_result.endpoint = m_values.value(otlp, "endpoint");
    m_result.compression = m_values.value(otlp, "compression");
    m_result.timeout_ms = m_values.value(otlp, "timeout");
    const yaml::NodeId tls = m_values.child(otlp, "tls");
    m_result.ca_file = m_values.value(tls, "ca_file");
    m_result.cert_file = m_values.value(tls, "cert_file");
    m_result.key_file = m_values.value(tls, "key_file");
    m_result.headers = name_values(m_values.child(otlp, "headers"));
    add_missing(m_result.headers, m_values.value(otlp, "headers_list"), otlp);
  }

  // A list of {name, value}; an entry without a value says nothing.
  std::vector<SectionPair> name_values(yaml::NodeId list) {
    std::vector<SectionPair> found;
    for (const yaml::NodeId item : m_values.items(list)) {
      auto name = m_values.value(item, "name");
      const yaml::NodeId value = m_values.child(item, "value");
      // Lists of values are of attributes that are no text: nothing that is sent has these.
      const bool is_single = value != yaml::k_no_node && m_values.items(value).empty();
      auto text = is_single ? m_values.value(item, "value") : std::nullopt;
      if (name && text) {
        found.push_back({std::move(name->text), std::move(*text)});
      }
    }
    return found;
  }

  // "a=1,b=2": what the list before it does not have. Names of headers are one in any case.
  void add_missing(std::vector<SectionPair>& pairs, const std::optional<SectionValue>& text,
                   yaml::NodeId around) {
    if (!text) {
      return;
    }
    auto parsed = parse_key_values(text->text);
    if (!parsed) {
      m_values.complain(around, "a list of name=value: " + parsed.error().message);
      return;
    }
    const bool is_header = &pairs == &m_result.headers;
    const auto name_of_pair = [&](const std::string& key) {
      return is_header ? to_lower(key) : key;
    };
    std::set<std::string> known;
    for (const SectionPair& pair : pairs) {
      known.insert(name_of_pair(pair.key));
    }
    for (KeyValue& pair : *parsed) {
      if (known.count(name_of_pair(pair.key)) == 0) {
        pairs.push_back({std::move(pair.key), {std::move(pair.value), text->origin}});
      }
    }
  }

  FileValues m_values;
  OtlpSection m_result;
};

}  // namespace

bool is_sdk_file(const yaml::Document& document) {
  const yaml::NodeId root = document.root();
  if (root == yaml::k_no_node || document.node(root).kind != yaml::NodeKind::map) {
    return false;
  }
  const auto entries = document.entries(root);
  return std::any_of(entries.begin(), entries.end(), [&](const yaml::Document::Entry& entry) {
    return document.node(entry.key).text == "file_format";
  });
}

Result<OtlpSection> read_sdk_file(const yaml::Document& document, const std::string& path,
                                  const Environment& environment, Signal signal) {
  return SdkFileReader(document, path, environment).read(signal);
}

}  // namespace otelctl::settings
