// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Section;

// Looking for similar names costs their product; nobody reads so many hints.
constexpr std::size_t k_most_hints = 100;
constexpr std::size_t k_most_known = 1000;

class Check {
 public:
  Check(const collector::Collector& model, Reporter& report) : m_model(model), m_report(report) {}

  void look_at(Section section, const collector::ReferenceList& list, std::string_view user) {
    const bool may_be_connector = section == Section::receivers || section == Section::exporters;
    const bool is_whole = m_model.list(section).is_complete &&
                          (!may_be_connector || m_model.list(Section::connectors).is_complete);
    for (const collector::Reference& reference : list.items) {
      if (is_whole && m_model.find(section, reference.id) == nullptr) {
        m_report.add(reference.place,
                     fmt::format("{} names the {} {}, which is not configured", user,
                                 singular_of(section), shown(reference.id)),
                     help_for(section, reference.id, may_be_connector));
      }
    }
  }

 private:
  std::string help_for(Section section, const std::string& id, bool may_be_connector) {
    for (const Section other : collector::k_sections) {
      if (m_model.list(other).find(id) != nullptr) {
        return fmt::format("it is configured under {}, not under {}", name_of(other),
                           name_of(section));
      }
    }
    std::string help;
    if (m_hints++ < k_most_hints) {
      std::vector<std::string> known;
      add_names(section, known);
      if (may_be_connector) {
        add_names(Section::connectors, known);
      }
      help = did_you_mean(id, known);
      if (help.empty() && !known.empty() && known.size() <= 8) {
        help = fmt::format("configured are {}", escape_for_terminal(join(known, ", ")));
      }
    }
    return help.empty() ? fmt::format("add it under {}", name_of(section)) : help;
  }

  void add_names(Section section, std::vector<std::string>& known) const {
    for (const collector::Component& component : m_model.list(section).items) {
      if (known.size() < k_most_known) {
        known.push_back(component.id);
      }
    }
  }

  const collector::Collector& m_model;
  Reporter& m_report;
  std::size_t m_hints = 0;
};

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  Check check(model, report);
  for (const collector::Pipeline& pipeline : model.pipelines) {
    for (const collector::Pipeline::Role& role : pipeline.roles()) {
      check.look_at(role.section, *role.list, fmt::format("pipeline {}", shown(pipeline.id)));
    }
  }
  check.look_at(Section::extensions, model.extensions, "service.extensions");
}

}  // namespace

Rule otc703_undefined_component() {
  return {
      .code = "OTC703",
      .name = "undefined-component",
      .severity = Severity::error,
      .summary = "A pipeline or service.extensions names a component that is not configured",
      .rationale = "The Collector refuses to start, and names the first such component only.",
      .bad = R"(exporters:
  debug:
service:
  pipelines:
    traces:
      exporters: [debgu]
)",
      .good = R"(exporters:
  debug:
service:
  pipelines:
    traces:
      exporters: [debug]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
