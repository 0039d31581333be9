// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/headers.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "settings/candidates.hpp"
#include "settings/key_values.hpp"

namespace otelctl::settings {
namespace {

class HeaderList {
 public:
  HeaderList(const FilledEnvironment& environment, OtlpSettings& settings)
      : m_environment(environment), m_settings(settings) {}

  Result<void> add_variables_or_section(const OtlpSection& section) {
    Candidates variables;
    add_variables(variables, m_environment, "OTEL_EXPORTER_OTLP_HEADERS", m_settings.signal);
    return section.headers.empty() ? add_variable_headers(variables)
                                   : add_section_headers(section, variables);
  }

  Result<void> add_flags(const OtlpFlags& flags) {
    auto pairs = read_header_flags("--header", flags.headers);
    if (!pairs) {
      return fail(std::move(pairs).error());
    }
    for (KeyValue& pair : *pairs) {
      if (auto added = add_header({std::move(pair.key), std::move(pair.value)},
                                  {"", "--header", Source::flag});
          !added) {
        return added;
      }
    }
    return {};
  }

 private:
  Result<void> add_section_headers(const OtlpSection& section, const Candidates& variables) {
    for (const Candidate& variable : variables) {
      m_settings.notes.push_back("the headers in the file overrule " + variable.origin);
      m_overruled.push_back(variable.origin);
    }
    for (const SectionPair& header : section.headers) {
      if (auto added =
              add_header({header.key, header.value.text}, {"", header.value.origin, Source::file});
          !added) {
        return added;
      }
    }
    return {};
  }

  Result<void> add_variable_headers(const Candidates& variables) {
    if (variables.empty()) {
      return {};
    }
    auto pairs = parse_key_values(variables.front().value);
    if (!pairs) {
      return fail(std::move(pairs.error()).within(variables.front().origin));
    }
    note_replaced_headers(variables);
    for (const KeyValue& pair : *pairs) {
      if (auto added = add_header({pair.key, pair.value}, variables.front()); !added) {
        return added;
      }
      note_header(pair, variables.front());
    }
    return {};
  }

  // What SDKs read in different ways.
  void note_header(const KeyValue& pair, const Candidate& from) {
    const std::string which =
        from.origin + ": the value of '" + escape_for_terminal(to_lower(pair.key)) + "' ";
    if (pair.has_raw_space) {
      m_settings.notes.push_back(
          which + "has a space that is not written %20: it is sent, and some SDKs drop the header");
    }
    if (pair.has_semicolon) {
      m_settings.notes.push_back(
          which + "has a ';', which begins no property here: it is sent as part of the value");
    }
  }

  void note_replaced_headers(const Candidates& variables) {
    for (std::size_t i = 1; i < variables.size(); ++i) {
      m_settings.notes.push_back(variables.front().origin + " replaces " + variables[i].origin +
                                 " as a whole, as the specification says; some SDKs "
                                 "(opentelemetry-cpp) send both");
      m_overruled.push_back(variables[i].origin);
    }
  }

  Result<void> add_header(net::Header header, const Candidate& from) {
    header.name = to_lower(header.name);
    if (const auto problem = header_problem(header, transport_of(m_settings.protocol))) {
      return fail(at_origin(from, *problem, "remove it, or correct its name and value"));
    }
    const std::string name = "header " + header.name;
    Setting setting{name, std::string(k_redacted), from.origin, from.source};
    const auto same =
        std::find_if(m_settings.headers.begin(), m_settings.headers.end(),
                     [&](const net::Header& each) { return each.name == header.name; });
    if (same == m_settings.headers.end()) {
      if (from.source != Source::flag) {
        setting.shadowed = m_overruled;
      }
      m_settings.headers.push_back(std::move(header));
      m_settings.settings.push_back(std::move(setting));
      return {};
    }
    *same = std::move(header);
    const auto old = std::find_if(m_settings.settings.begin(), m_settings.settings.end(),
                                  [&](const Setting& each) { return each.name == name; });
    setting.shadowed = old->shadowed;
    if (old->origin != setting.origin) {
      setting.shadowed.insert(setting.shadowed.begin(), old->origin);
    }
    *old = std::move(setting);
    return {};
  }

  const FilledEnvironment& m_environment;
  OtlpSettings& m_settings;
  // Origins whose headers are replaced as a whole.
  std::vector<std::string> m_overruled;
};

}  // namespace

Result<void> resolve_headers(const OtlpFlags& flags, const FilledEnvironment& environment,
                             const OtlpSection& section, OtlpSettings& settings) {
  HeaderList list(environment, settings);
  if (auto added = list.add_variables_or_section(section); !added) {
    return added;
  }
  return list.add_flags(flags);
}

}  // namespace otelctl::settings
