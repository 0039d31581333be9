// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/services.hpp"

#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace otelctl::report {
namespace {

void write_strings(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) {
    json.value(text);
  }
  json.end_array();
}

}  // namespace

void write_services_text(std::ostream& out, const ServiceList& list) {
  for (const Service& service : list.services) {
    out << (service.name.empty() ? "(no name)" : escape_for_terminal(service.name)) << '\n';
    for (const std::string& operation : service.operations) {
      out << "  " << (operation.empty() ? "(no name)" : escape_for_terminal(operation)) << '\n';
    }
  }
}

void write_services_json(std::ostream& out, const ServiceList& list) {
  JsonWriter json(out);
  json.begin_object()
      .member("schema", "otelctl.services/1")
      .key("backend")
      .begin_object()
      .member("kind", list.backend.kind)
      .member("dialect", list.backend.dialect)
      .member("url", list.backend.url)
      .end_object();
  write_strings(json, "notes", list.notes);
  json.key("services").begin_array();
  for (const Service& service : list.services) {
    json.begin_object().member("name", service.name);
    write_strings(json, "operations", service.operations);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace otelctl::report
