// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_words.hpp"

#include <string>
#include <string_view>

#include "query/small_json.hpp"

namespace otelctl::query {
namespace {

constexpr std::string_view k_warnings_key = "@jaeger@warnings";
constexpr std::string_view k_format_keys[] = {"@jaeger@format", "internal.span.format"};

}  // namespace

bool take_jaeger_words(trace::TraceBuilder& builder, trace::Span& span,
                       const trace::Attribute& attribute) {
  const trace::StringPool& texts = builder.columns().texts;
  const std::string_view name = texts[attribute.key];
  if (name != k_warnings_key) {
    return name == k_format_keys[0] || name == k_format_keys[1];
  }
  const trace::Value value = attribute.value;
  if (value.type() == trace::ValueType::text) {
    builder.warn(span, texts[value.text()]);
  } else if (value.type() == trace::ValueType::array) {
    for (const std::string& warning : read_string_array(texts[value.text()])) {
      builder.warn(span, warning);
    }
  }
  return true;
}

}  // namespace otelctl::query
