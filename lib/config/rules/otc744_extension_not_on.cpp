// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

bool names_extension(std::string_view path) {
  return path.ends_with("auth.authenticator") || path.ends_with("sending_queue.storage") ||
         (path.find("middlewares[") != std::string_view::npos && path.ends_with(".id"));
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  const collector::ComponentList& extensions = model.list(collector::Section::extensions);
  if (!extensions.is_complete || !model.extensions.is_complete) {
    return;
  }
  for (const collector::Section section : collector::k_sections) {
    for (const collector::Component& component : model.list(section).items) {
      for (const collector::Setting& setting : component.settings.all()) {
        const auto name = names_extension(setting.path) ? component.settings.text(setting.path)
                                                        : std::optional<std::string>();
        const auto* const extension = name ? extensions.find(*name) : nullptr;
        if (name && !name->empty() && (extension == nullptr || !extension->is_used())) {
          report.add(setting.place,
                     fmt::format("the extension {} is not {}", shown(*name),
                                 extension == nullptr ? "configured" : "in service.extensions"),
                     extension == nullptr ? "add it under extensions and in service.extensions"
                                          : "name it in service.extensions");
        }
      }
    }
  }
}

}  // namespace

Rule otc744_extension_not_on() {
  return {
      .code = "OTC744",
      .name = "extension-not-on",
      .severity = Severity::warning,
      .summary = "A component uses an extension that is not on",
      .rationale =
          "Authenticators, storage and middlewares are extensions: configured under extensions "
          "and named in service.extensions. The Collector finds out when it starts, not when it "
          "validates.",
      .bad = R"(exporters:
  otlp_grpc:
    auth: {authenticator: basicauth}
)",
      .good = R"(exporters:
  otlp_grpc:
    auth: {authenticator: basicauth}
service:
  extensions: [basicauth]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
