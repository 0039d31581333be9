// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/traceql.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::query {
namespace {

// Other keys are legal between quotes.
bool is_plain_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("._-/:").find(c) != std::string_view::npos;
  });
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const auto are_digits = [](std::string_view digits) {
    // More of them are no number to TraceQL's 64 bits.
    return !digits.empty() && digits.size() <= 18 &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
  };
  // 007 is no number's text, and 08 no number at all: Go reads an octal one.
  const bool has_zero_in_front = text.size() > 1 && text[0] == '0' && text[1] != '.';
  return !has_zero_in_front && are_digits(text.substr(0, point)) &&
         (point == std::string_view::npos || are_digits(text.substr(point + 1)));
}

// Without a scope before it: of the span or of its resource.
std::string attribute(std::string_view key) {
  return "." + (is_plain_key(key) ? std::string(key) : traceql_string(key));
}

std::string condition(const std::string& key, const std::string& value) {
  const std::string name = attribute(key);
  std::vector<std::string> any = {name + " = " + traceql_string(value)};
  if (is_number(value) || value == "true" || value == "false") {
    any.push_back(name + " = " + value);
  }
  if (key == "error" && value == "true") {
    any.emplace_back("status = error");
  }
  return any.size() == 1 ? any.front() : "(" + join(any, " || ") + ")";
}

}  // namespace

std::string traceql_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string traceql(const Search& search) {
  std::vector<std::string> all;
  const SpanFilter& filter = search.filter;
  if (!filter.service.empty()) {
    all.push_back("resource.service.name = " + traceql_string(filter.service));
  }
  if (!filter.operation.empty()) {
    all.push_back("name = " + traceql_string(filter.operation));
  }
  for (const auto& [key, value] : filter.tags) {
    all.push_back(condition(key, value));
  }
  if (filter.must_have_failed) {
    all.emplace_back("status = error");
  }
  const auto add_limit = [&](const char* what, const std::optional<nanoseconds>& limit) {
    if (limit) {
      all.push_back(fmt::format("{} {}ns", what, limit->count()));
    }
  };
  add_limit("duration >=", search.min_span_duration);
  add_limit("duration <=", search.max_span_duration);
  add_limit("traceDuration >=", search.min_duration);
  add_limit("traceDuration <=", search.max_duration);
  return all.empty() ? "{}" : "{ " + join(all, " && ") + " }";
}

}  // namespace otelctl::query
