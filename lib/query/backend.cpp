// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/backend.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "query/jaeger.hpp"
#include "trace/value_json.hpp"

namespace otelctl::query {
namespace {

// Jaeger compares tags as text, whatever their type.
std::string text_of(const trace::Trace& trace, trace::Value value) {
  return value.type() == trace::ValueType::text ? std::string(trace.text(value.text()))
                                                : trace::value_json(trace.columns->texts, value);
}

bool has_tag(const trace::Trace& trace, trace::Range range, const std::string& key,
             const std::string& value) {
  const auto attributes = trace.attributes(range);
  return std::any_of(attributes.begin(), attributes.end(), [&](const trace::Attribute& attribute) {
    return trace.text(attribute.key) == key && text_of(trace, attribute.value) == value;
  });
}

bool matches(const trace::Trace& trace, const trace::Span& span, const SpanFilter& filter) {
  if ((!filter.service.empty() && trace.service(span) != filter.service) ||
      (!filter.operation.empty() && trace.text(span.name) != filter.operation) ||
      (filter.must_have_failed && !span.has_failed())) {
    return false;
  }
  const auto events = trace.events(span);
  return std::all_of(filter.tags.begin(), filter.tags.end(), [&](const auto& tag) {
    const auto& [key, value] = tag;
    return has_tag(trace, span.attributes, key, value) ||
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

bool matches(const trace::Trace& trace, const SpanFilter& filter) {
  return std::any_of(trace.spans.begin(), trace.spans.end(),
                     [&](const trace::Span& span) { return matches(trace, span, filter); });
}

Result<std::unique_ptr<Backend>> open_backend(const settings::QuerySettings& settings) {
  using settings::BackendKind;
  if (settings.kind != BackendKind::automatic && settings.kind != BackendKind::jaeger) {
    return fail(ErrorKind::usage,
                fmt::format("cannot read traces from a backend of kind '{}'",
                            settings::name_of(settings.kind)),
                settings.url ? "allowed are auto, jaeger" : "give the URL of a query API");
  }
  return std::make_unique<Jaeger>(settings);
}

}  // namespace otelctl::query
