// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/spec_words.hpp"

#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/duration.hpp"
#include "base/text.hpp"
#include "scenario/yaml_words.hpp"

namespace otelctl::scenario {
namespace {

std::string made_text(const synth::Counter& counter) {
  std::string text = fmt::format("counter: {}", yaml_text(counter.prefix));
  if (counter.digits != synth::Counter{}.digits) {
    text += fmt::format(", digits: {}", counter.digits);
  }
  if (counter.per != 1) {
    text += fmt::format(", per: {}", counter.per);
  }
  if (counter.distinct != 0) {
    text += fmt::format(", distinct: {}", counter.distinct);
  }
  return text;
}

std::string made_text(const synth::OneOf& one_of) {
  std::vector<std::string> parts;
  parts.reserve(one_of.values.size());
  for (const synth::Value& value : one_of.values) {
    parts.push_back(yaml_value(value));
  }
  return "one_of: " + yaml_list(parts);
}

}  // namespace

std::string range_words(std::string_view low, std::string_view high) {
  return fmt::format("[{}, {}]", low, high);
}

std::string text_list(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  words.reserve(texts.size());
  for (const std::string& part : texts) {
    words.push_back(yaml_text(part));
  }
  return yaml_list(words);
}

std::string number_list(const std::vector<double>& numbers) {
  std::vector<std::string> parts;
  parts.reserve(numbers.size());
  for (const double number : numbers) {
    parts.push_back(yaml_number(number));
  }
  return yaml_list(parts);
}

std::string value_words(const synth::ValueSpec& spec) {
  if (const auto* fixed = std::get_if<synth::Value>(&spec)) {
    return yaml_value(*fixed);
  }
  std::string made;
  if (const auto* one_of = std::get_if<synth::OneOf>(&spec)) {
    made = made_text(*one_of);
  } else if (const auto* range = std::get_if<synth::IntRange>(&spec)) {
    made = "range: " + range_words(std::to_string(range->low), std::to_string(range->high));
  } else if (const auto* decimals = std::get_if<synth::DoubleRange>(&spec)) {
    made = "range: " + range_words(yaml_number(decimals->low), yaml_number(decimals->high));
  } else if (const auto* counter = std::get_if<synth::Counter>(&spec)) {
    made = made_text(*counter);
  } else if (const auto* number = std::get_if<synth::NumberOf>(&spec)) {
    made = "number: " + yaml_text(number->name);
  } else {
    const auto& outcome = std::get<synth::ByOutcome>(spec);
    made = fmt::format("ok: {}, failed: {}", yaml_value(outcome.ok), yaml_value(outcome.failed));
  }
  return fmt::format("{{{}}}", made);
}

std::string duration_words(const synth::DurationSpec& spec) {
  if (const auto* constant = std::get_if<synth::Constant>(&spec)) {
    return format_duration_exact(constant->value);
  }
  if (const auto* uniform = std::get_if<synth::Uniform>(&spec)) {
    return fmt::format("{{uniform: {}}}", range_words(format_duration_exact(uniform->low),
                                                      format_duration_exact(uniform->high)));
  }
  const auto& lognormal = std::get<synth::Lognormal>(spec);
  return fmt::format("{{lognormal: {{median: {}, sigma: {}}}}}",
                     format_duration_exact(lognormal.median), yaml_number(lognormal.sigma));
}

std::string error_words(const synth::ErrorSpec& error) {
  std::string text = fmt::format("{{rate: {}", yaml_number(error.rate));
  if (error.type != synth::ErrorSpec{}.type) {
    text += ", type: " + yaml_text(error.type);
  }
  if (!error.message.empty()) {
    text += ", message: " + yaml_text(error.message);
  }
  return text + (error.propagates ? "}" : ", propagates: false}");
}

std::string body_words(const synth::Body& body) {
  if (const auto* value = std::get_if<synth::Value>(&body)) {
    return yaml_value(*value);
  }
  if (const auto* bytes = std::get_if<synth::Bytes>(&body)) {
    return fmt::format("{{bytes: {}}}", yaml_text(encode_base64(bytes->bytes)));
  }
  std::vector<std::string> parts;
  if (const auto* map = std::get_if<synth::Map>(&body)) {
    for (const synth::Attribute& member : map->members) {
      parts.push_back(fmt::format("{}: {}", yaml_text(member.key), yaml_value(member.value)));
    }
    return fmt::format("{{map: {{{}}}}}", join(parts, ", "));
  }
  if (const auto* array = std::get_if<synth::Array>(&body)) {
    for (const synth::Value& item : array->items) {
      parts.push_back(yaml_value(item));
    }
    return yaml_list(parts);
  }
  return "null";
}

}  // namespace otelctl::scenario
