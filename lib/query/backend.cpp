// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/backend.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "query/automatic.hpp"
#include "query/case_folding.hpp"
#include "query/file.hpp"
#include "query/remote_kinds.hpp"
#include "trace/value_json.hpp"

namespace otelctl::query {
namespace {

// Jaeger compares tags as text, whatever their type; 1.0 is also met as it is shown.
bool is_text(const trace::Trace& trace, trace::Value value, std::string_view wanted) {
  const trace::StringPool& texts = trace.columns->texts;
  return value.type() == trace::ValueType::text ? trace.text(value.text()) == wanted
                                                : trace::value_text(texts, value) == wanted ||
                                                      trace::value_json(texts, value) == wanted;
}

bool has_tag(const trace::Trace& trace, trace::Range range, const std::string& key,
             const std::string& value) {
  const auto attributes = trace.attributes(range);
  return std::any_of(attributes.begin(), attributes.end(), [&](const trace::Attribute& attribute) {
    return trace.text(attribute.key) == key && is_text(trace, attribute.value, value);
  });
}

bool is_name(std::string_view name, std::string_view wanted, NameCase name_case) {
  return wanted.empty() || name == wanted ||
         (name_case == NameCase::ignored && equals_but_for_case(name, wanted));
}

bool matches(const trace::Trace& trace, const trace::Span& span, const SpanFilter& filter,
             NameCase name_case) {
  if (!is_name(trace.service(span), filter.service, name_case) ||
      !is_name(trace.text(span.name), filter.operation, name_case) ||
      (filter.must_have_failed && !span.has_failed())) {
    return false;
  }
  const auto events = trace.events(span);
  return std::all_of(filter.tags.begin(), filter.tags.end(), [&](const auto& tag) {
    const auto& [key, value] = tag;
    return (span.has_failed() && key == "error" && value == "true") ||
           has_tag(trace, span.attributes, key, value) ||
           has_tag(trace, trace.columns->resources[span.resource].attributes, key, value) ||
           std::any_of(events.begin(), events.end(),
                       [&, &tag_key = key, &tag_value = value](const trace::Event& event) {
                         return has_tag(trace, event.attributes, tag_key, tag_value);
                       });
  });
}

}  // namespace

void Backend::note(std::string text) {
  if (std::find(m_notes.begin(), m_notes.end(), text) == m_notes.end()) {
    m_notes.push_back(std::move(text));
  }
}

std::vector<Result<SearchAnswer>> Backend::search_all(const std::vector<Search>& searches) {
  std::vector<Result<SearchAnswer>> answers;
  for (const Search& each : searches) {
    answers.push_back(search(each));
    if (!answers.back()) {
      break;
    }
  }
  return answers;
}

bool matches(const trace::Trace& trace, const SpanFilter& filter, NameCase name_case) {
  return std::any_of(trace.spans.begin(), trace.spans.end(), [&](const trace::Span& span) {
    return matches(trace, span, filter, name_case);
  });
}

Result<std::unique_ptr<Backend>> open_backend(const settings::QuerySettings& settings,
                                              std::istream& input) {
  using settings::BackendKind;
  if (!settings.file.empty()) {
    return std::make_unique<FileBackend>(settings.file, input);
  }
  if (!settings.url) {
    return fail(ErrorKind::usage,
                fmt::format("a backend of kind '{}' is a server", settings::name_of(settings.kind)),
                "give the URL of its query API with --backend");
  }
  if (settings.kind == BackendKind::automatic) {
    return std::make_unique<Automatic>(settings);
  }
  for (const RemoteKind& each : remote_kinds()) {
    if (each.kind == settings.kind) {
      return each.open(settings);
    }
  }
  return fail(ErrorKind::usage,
              fmt::format("a URL is no backend of kind '{}'", settings::name_of(settings.kind)),
              "leave --backend-kind out: what the server is shows by its answers");
}

}  // namespace otelctl::query
