// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/attribute_lookup.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "check/words.hpp"

namespace otelctl::check {

AttributeKeys::AttributeKeys(const trace::Trace& trace,
                             const std::vector<AttributeExpectation>& expectations)
    : m_trace(trace) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> wanted;
  for (const AttributeExpectation& expectation : expectations) {
    std::string_view name = expectation.key;
    Key key;
    if (name.starts_with(k_resource_prefix)) {
      key.is_of_resource = true;
      name.remove_prefix(k_resource_prefix.size());
    }
    wanted[name].push_back(m_keys.size());
    m_keys.push_back(key);
  }
  if (wanted.empty()) {
    return;
  }
  const trace::StringPool& texts = trace.columns->texts;
  for (std::uint32_t index = 0; index < texts.size(); ++index) {
    const trace::Text text{index};
    if (const auto found = wanted.find(texts[text]); found != wanted.end()) {
      for (const std::size_t key : found->second) {
        m_keys[key].text = text;
      }
    }
  }
}

std::optional<trace::Value> AttributeKeys::find(trace::Range range, const Key& key) const {
  const auto attributes = m_trace.attributes(range);
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [&](const trace::Attribute& attribute) { return attribute.key == *key.text; });
  return found == attributes.end() ? std::nullopt : std::optional(found->value);
}

std::optional<trace::Value> AttributeKeys::on_span(const trace::Span& span,
                                                   std::size_t index) const {
  const Key& key = m_keys[index];
  if (!key.text) {
    return std::nullopt;
  }
  if (!key.is_of_resource) {
    if (auto value = find(span.attributes, key)) {
      return value;
    }
  }
  return find(m_trace.columns->resources[span.resource].attributes, key);
}

std::optional<trace::Value> AttributeKeys::on_event(const trace::Event& event,
                                                    std::size_t index) const {
  return m_keys[index].text ? find(event.attributes, m_keys[index]) : std::nullopt;
}

bool SpanMatcher::fits_name(const trace::Span& span) const {
  return !m_match.name || m_match.name->matches(m_trace.text(span.name));
}

bool SpanMatcher::fits_service(const trace::Span& span) const {
  return !m_match.service || m_match.service->matches(m_trace.service(span));
}

std::optional<std::string> SpanMatcher::first_misfit(const trace::Span& span) const {
  const auto holds = [](const auto& list, auto value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
  };
  if (!holds(m_match.kinds, span.kind)) {
    return fmt::format("kind is {}, not {}", name_of(span.kind), names_of(m_match.kinds));
  }
  if (!holds(m_match.statuses, span.status)) {
    return fmt::format("status is {}, not {}", name_of(span.status), names_of(m_match.statuses));
  }
  for (std::size_t index = 0; index < m_match.attributes.size(); ++index) {
    const AttributeExpectation& attribute = m_match.attributes[index];
    const auto value = m_keys.on_span(span, index);
    if (!attribute.condition.matches(m_trace.columns->texts, value, m_typing)) {
      return fmt::format("{} is {}, not {}", attribute.key,
                         found_words(m_trace, attribute.key, value),
                         attribute.condition.words(attribute.key));
    }
  }
  return std::nullopt;
}

}  // namespace otelctl::check
