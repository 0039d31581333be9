// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/inspect_sdk.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "config/cuts.hpp"
#include "config/sdk/file_format.hpp"
#include "config/sdk/model.hpp"
#include "config/sdk/name_values.hpp"

namespace otelctl::config {
namespace {

// Where the exporter sends when its file does not say.
std::string default_endpoint(Wire wire, std::optional<Signal> signal) {
  return wire == Wire::grpc
             ? "http://localhost:4317"
             : fmt::format("http://localhost:4318/v1/{}", name_of(signal.value_or(Signal::traces)));
}

OtlpExporter read_exporter(const sdk::Model& model, sdk::Part part, Wire wire) {
  OtlpExporter exporter;
  exporter.surface = Surface::sdk;
  exporter.signal = model.signal_of(part);
  exporter.wire = wire;
  exporter.endpoint = {"endpoint", default_endpoint(wire, exporter.signal), model.key_place(part),
                       true};
  if (const auto endpoint = model.child(part, "endpoint")) {
    schema::Value value = model.value(*endpoint);
    if (value.type != schema::Type::null) {
      exporter.has_endpoint = true;
      exporter.endpoint = {"endpoint", std::move(value.text), model.place(*endpoint),
                           value.is_known && value.type == schema::Type::text,
                           value.is_from_variable};
    }
  }
  exporter.headers = sdk::effective_pairs(model, part, "headers", "headers_list");
  if (const auto compression = model.child(part, "compression")) {
    schema::Value value = model.value(*compression);
    if (value.type != schema::Type::null) {
      exporter.compression =
          Item{"compression", std::move(value.text), model.place(*compression),
               value.is_known && value.type == schema::Type::text, value.is_from_variable};
    }
  }
  return exporter;
}

void read_exporters(const sdk::Model& model, Subject& subject) {
  for (const auto& [definition, wire] :
       {std::pair{"OtlpHttpExporter", Wire::http}, std::pair{"OtlpHttpMetricExporter", Wire::http},
        std::pair{"OtlpGrpcExporter", Wire::grpc},
        std::pair{"OtlpGrpcMetricExporter", Wire::grpc}}) {
    for (const sdk::Part part : model.all(definition)) {
      subject.exporters.push_back(read_exporter(model, part, wire));
    }
  }
}

void read_attributes(const sdk::Model& model, Subject& subject) {
  const auto resource = model.child(model.root(), "resource");
  if (!resource) {
    return;
  }
  for (Item& item : sdk::effective_pairs(model, *resource, "attributes", "attributes_list")) {
    subject.attributes.push_back({std::move(item), Surface::sdk, true});
  }
  for (const std::string_view name : {"deployment.environment.name", "deployment.environment"}) {
    for (const AttributeUse& attribute : subject.attributes) {
      if (attribute.item.name == name && attribute.item.is_readable &&
          !subject.own_environment_name) {
        subject.own_environment_name = attribute.item.text;
      }
    }
  }
}

}  // namespace

void inspect_sdk(Inspection& inspection) {
  Subject subject = inspection.subject();
  const yaml::Document& document = inspection.document();
  std::optional<sdk::Model> model;
  if (subject.parsed.is_whole && document.root() == yaml::k_no_node) {
    subject.issues.push_back({IssueKind::missing_key, std::nullopt, "the file is empty",
                              "begin it with file_format: \"1.1\""});
  } else if (is_readable(subject.parsed) && document.root() != yaml::k_no_node) {
    const ValidateOptions& options = inspection.options();
    model = sdk::Model::read(document, options.environment, options.reports_unset, subject.issues);
    if (sdk::is_newer(*model)) {
      subject.issues.erase(
          std::remove_if(subject.issues.begin(), subject.issues.end(),
                         [](const Issue& issue) { return issue.kind == IssueKind::unknown_key; }),
          subject.issues.end());
    }
  }
  drop_second_hand(subject.parsed, subject.issues);
  if (model && subject.parsed.is_whole) {
    subject.sdk = &*model;
    subject.has_model = true;
    read_exporters(*model, subject);
    read_attributes(*model, subject);
  }
  inspection.judge(subject);
}

}  // namespace otelctl::config
