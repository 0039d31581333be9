// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/attribute.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

const std::vector<std::string> k_types{"string", "int", "double", "bool", "string[]"};

tl::unexpected<Error> not_a(std::string_view type, std::string_view key, std::string_view value,
                            std::string hint) {
  return fail(ErrorKind::usage, fmt::format("attribute '{}': '{}' is not {}", key, value, type),
              std::move(hint));
}

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

Result<AttributeValue> read_value(std::string_view type, std::string_view key,
                                  std::string_view text) {
  if (type == "int") {
    if (const auto number = read_number<std::int64_t>(text)) {
      return AttributeValue(*number);
    }
    return not_a("a 64-bit integer", key, text, "write it in digits, as in retries:int=3");
  }
  if (type == "double") {
    const auto number = read_number<double>(text);
    if (number && std::isfinite(*number)) {
      return AttributeValue(*number);
    }
    return not_a("a number", key, text, "write it as in ratio:double=0.5");
  }
  if (type == "bool") {
    if (text == "true" || text == "false") {
      return AttributeValue(text == "true");
    }
    return not_a("a boolean", key, text, "write true or false");
  }
  if (type == "string[]") {
    std::vector<std::string> items;
    if (!text.empty()) {
      for (const std::string_view item : split(text, ',')) {
        items.emplace_back(item);
      }
    }
    return AttributeValue(std::move(items));
  }
  return AttributeValue(std::string(text));
}

}  // namespace

Result<Attribute> make_attribute(std::string_view typed_key, std::string_view value) {
  if (!is_valid_utf8(typed_key) || !is_valid_utf8(value)) {
    return fail(ErrorKind::usage, fmt::format("attribute '{}' is not UTF-8", typed_key),
                "OTLP carries text as UTF-8 only");
  }
  std::string_view key = typed_key;
  std::string_view type = "string";
  if (const auto colon = typed_key.rfind(':'); colon != std::string_view::npos) {
    key = typed_key.substr(0, colon);
    type = typed_key.substr(colon + 1);
    if (std::find(k_types.begin(), k_types.end(), type) == k_types.end()) {
      std::string hint = did_you_mean(type, k_types);
      if (hint.empty()) {
        hint = fmt::format("types are {}; a key that holds a colon is written '{}:string'",
                           join(k_types, ", "), typed_key);
      }
      return fail(ErrorKind::usage,
                  fmt::format("attribute '{}': '{}' is not a type", typed_key, type), hint);
    }
  }
  if (key.empty()) {
    return fail(ErrorKind::usage, "an attribute has no key", "write KEY=VALUE");
  }
  auto read = read_value(type, key, value);
  if (!read) {
    return fail(std::move(read).error());
  }
  return Attribute{std::string(key), std::move(*read)};
}

Result<Attribute> parse_attribute(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("attribute '{}' has no '='", text),
                "write KEY=VALUE");
  }
  return make_attribute(text.substr(0, equals), text.substr(equals + 1));
}

void set_attribute(std::vector<Attribute>& attributes, Attribute attribute) {
  const auto same = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& other) {
    return other.key == attribute.key;
  });
  if (same == attributes.end()) {
    attributes.push_back(std::move(attribute));
  } else {
    *same = std::move(attribute);
  }
}

}  // namespace otelctl::otlp
