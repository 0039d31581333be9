// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/secrets.hpp"

#include <algorithm>
#include <string>

#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::config {
namespace {

bool names_a_secret(std::string_view name) {
  const std::string lower = to_lower(name);
  return is_secret_name(name) || lower.ends_with("headers") || lower.ends_with("headers_list");
}

// `${NAME}` alone says nothing; with a default or other text around it it may.
bool is_bare_reference(std::string_view text) {
  constexpr std::string_view k_name =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:";
  return text.starts_with("${") && text.size() > 2 &&
         text.find_first_not_of(k_name, 2) == text.size() - 1 && text.back() == '}';
}

// A default in a reference, "${NAME:-sk-...}", stands in the middle of a value.
bool has_secret_default_text(std::string_view text) {
  constexpr std::string_view k_operator = ":-";
  for (std::size_t at = text.find(k_operator); at != std::string_view::npos;
       at = text.find(k_operator, at + 1)) {
    if (looks_secret(text.substr(at + k_operator.size()))) {
      return true;
    }
  }
  return false;
}

bool holds_a_secret(std::string_view text) {
  const bool has_secret_default = text.find("${") != std::string_view::npos && is_secret_name(text);
  const bool is_url = text.find("://") != std::string_view::npos;
  return looks_secret(text) || has_secret_default_text(text) || has_secret_default ||
         (is_url && redact_url(text) != text);
}

bool is_key(const yaml::Document& document, yaml::NodeId id) {
  // The value of a key that is a scalar is read right after it.
  return id + 1 < document.node_count() && document.node(id + 1).key == id;
}

// A value beside a `name` that says what it is: variables of Kubernetes, attributes of SDK files.
constexpr int k_most_siblings = 16;

bool has_secret_sibling(const yaml::Document& document, yaml::NodeId id) {
  // Such maps are small; a hostile one is not searched for each of its keys.
  const yaml::Node& node = document.node(id);
  if (node.key == yaml::k_no_node || document.node(node.key).text != "value") {
    return false;
  }
  yaml::NodeId sibling = document.node(node.parent).first_child;
  for (int count = 0; count < k_most_siblings && sibling != yaml::k_no_node; ++count) {
    const yaml::Node& other = document.node(sibling);
    if (other.key != yaml::k_no_node && document.node(other.key).text == "name" &&
        names_a_secret(other.text)) {
      return true;
    }
    sibling = other.next;
  }
  return false;
}

bool is_secret(const yaml::Document& document, yaml::NodeId id) {
  const std::string_view text = document.node(id).text;
  if (is_bare_reference(text)) {
    return false;
  }
  if (holds_a_secret(text)) {
    return true;
  }
  for (; id != yaml::k_no_node && !is_key(document, id); id = document.node(id).parent) {
    const yaml::NodeId key = document.node(id).key;
    if (key != yaml::k_no_node &&
        (names_a_secret(document.node(key).text) || has_secret_sibling(document, id))) {
      return true;
    }
  }
  return false;
}

// The secrets in a text of assignments: "OTEL_EXPORTER_OTLP_HEADERS=...", "a=b,my.token=c". Offsets
// are bytes of the text.
std::vector<Span> secret_assignments(std::string_view text) {
  std::vector<Span> secrets;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    for (std::size_t name = begin; name < end;) {
      const std::size_t equals = text.find('=', name);
      if (equals == std::string_view::npos || equals >= end) {
        break;
      }
      const std::string_view before = text.substr(name, equals - name);
      const std::string_view value = text.substr(equals + 1, end - equals - 1);
      if (to_lower(before).ends_with("headers")) {
        secrets.push_back({equals + 1, text.size()});
        return secrets;
      }
      if (names_a_secret(before) || (holds_a_secret(value) && !is_bare_reference(value))) {
        secrets.push_back({equals + 1, end});
        break;
      }
      name = equals + 1;
    }
    begin = end + 1;
  }
  return secrets;
}

// The secret assignments in a scalar, as bytes of the file; the whole of it where the file has them
// in other words.
std::vector<Span> assigned_secrets(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& node = document.node(id);
  const Span whole{node.begin, node.end};
  const bool has_pairs = node.text.find('=') != std::string_view::npos;
  std::vector<Span> parts = has_pairs ? secret_assignments(node.text) : std::vector<Span>();
  const std::string_view raw = document.source().substr(node.begin, node.end - node.begin);
  const std::size_t offset = raw.find(node.text);
  if (!parts.empty() && offset == std::string_view::npos) {
    return {whole};
  }
  for (Span& part : parts) {
    part = {node.begin + offset + part.begin, node.begin + offset + part.end};
  }
  return parts;
}

// The text that an item's `name` gives a `value`, as Kubernetes has variables; else empty.
std::string_view name_beside(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& value = document.node(id);
  if (value.key == yaml::k_no_node || document.node(value.key).text != "value") {
    return {};
  }
  yaml::NodeId sibling = document.node(value.parent).first_child;
  for (int count = 0; count < k_most_siblings && sibling != yaml::k_no_node; ++count) {
    if (document.node(document.node(sibling).key).text == "name") {
      return document.node(document.resolve(sibling)).text;
    }
    sibling = document.node(sibling).next;
  }
  return {};
}

bool is_item_of_list(const yaml::Document& document, yaml::NodeId id) {
  const yaml::NodeId parent = document.node(id).parent;
  return parent != yaml::k_no_node && document.node(parent).kind == yaml::NodeKind::sequence;
}

// The name of the variable that a scalar gives a value, and where that value begins in its text:
// an entry of a map, `- NAME=VALUE`, or `name: NAME` beside `value: VALUE`.
struct VariableValue {
  std::string_view name;
  std::size_t begin = 0;
};
VariableValue variable_of(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& node = document.node(id);
  const std::size_t equals = node.text.find('=');
  if (is_item_of_list(document, id)) {
    const bool has_name =
        equals != std::string_view::npos &&
        node.text.substr(0, equals).find_first_of(" \t:/") == std::string_view::npos;
    return has_name ? VariableValue{node.text.substr(0, equals), equals + 1} : VariableValue{};
  }
  if (const std::string_view name = name_beside(document, id); !name.empty()) {
    return {name};
  }
  return {node.key == yaml::k_no_node ? std::string_view() : document.node(node.key).text};
}

// The values in "k1=v1,k2=v2", or the whole text where it is no such list.
std::vector<Span> values_of_list(std::string_view text) {
  std::vector<Span> values;
  for (const std::string_view item : split(text, ',')) {
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) {
      return {{0, text.size()}};
    }
    const auto begin = static_cast<std::size_t>(item.data() - text.data());
    if (equals + 1 < item.size()) {
      values.push_back({begin + equals + 1, begin + item.size()});
    }
  }
  return values;
}

// What of a scalar must not be shown, as bytes of the file.
std::vector<Span> secret_parts(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& node = document.node(id);
  const VariableValue variable = variable_of(document, id);
  const std::string_view value = node.text.substr(variable.begin);
  const bool is_variable_of_headers =
      variable.name.starts_with("OTEL_") && variable.name.ends_with("_HEADERS");
  const bool is_named = names_a_secret(variable.name) && !is_bare_reference(value);
  if (!is_named && !is_secret(document, id) && !(variable.begin > 0 && holds_a_secret(value))) {
    return assigned_secrets(document, id);
  }
  const std::size_t quote = node.is_plain() ? 0 : 1;
  const std::string_view raw = document.source().substr(node.begin, node.end - node.begin);
  const bool is_verbatim = raw.substr(std::min(quote, raw.size())).starts_with(node.text);
  if (!is_verbatim || (variable.begin == 0 && !is_variable_of_headers)) {
    return {{node.begin, node.end}};
  }
  const std::size_t begin = node.begin + quote + variable.begin;
  std::vector<Span> parts{{0, value.size()}};
  if (is_variable_of_headers) {
    parts = values_of_list(value);
  }
  for (Span& part : parts) {
    part.begin += begin;
    part.end += begin;
  }
  return parts;
}

// The first node that begins at the offset or behind it: nodes are in the order of the file.
yaml::NodeId first_node_at(const yaml::Document& document, std::size_t offset) {
  yaml::NodeId low = 0;
  auto high = static_cast<yaml::NodeId>(document.node_count());
  while (low < high) {
    const yaml::NodeId middle = low + (high - low) / 2;
    if (document.node(middle).begin < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t-#"), line.size());
}

// Judges text that no node covers by its own words and by the lines that it is indented under.
bool is_secret_line(std::string_view source, Span line) {
  constexpr int k_most_lines_above = 100;
  const std::string_view text = source.substr(line.begin, line.end - line.begin);
  const auto words = split(text, ' ');
  const std::size_t colon = text.find(':');
  const bool is_secret_value =
      colon != std::string_view::npos && looks_secret(trim(text.substr(colon + 1)));
  if (is_secret_value || names_a_secret(text) ||
      std::any_of(words.begin(), words.end(), holds_a_secret) ||
      to_lower(text).find("headers") != std::string::npos) {
    return true;
  }
  std::size_t indent = indentation(text);
  for (int above = 0; above < k_most_lines_above && line.begin > 0 && indent > 0; ++above) {
    line = line_around(source, line.begin - 1);
    const std::string_view upper = source.substr(line.begin, line.end - line.begin);
    if (trim(upper).empty() || indentation(upper) >= indent) {
      continue;
    }
    indent = indentation(upper);
    if (names_a_secret(upper.substr(0, upper.find(':')))) {
      return true;
    }
  }
  return false;
}

}  // namespace

Span line_around(std::string_view source, std::size_t offset) {
  offset = std::min(offset, source.size());
  const std::size_t before = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
  Span line{before == std::string_view::npos ? 0 : before + 1,
            std::min(source.find('\n', offset), source.size())};
  if (line.end > line.begin && source[line.end - 1] == '\r') {
    --line.end;
  }
  if (line.begin == 0 && source.starts_with("\xEF\xBB\xBF")) {
    line.begin = std::min<std::size_t>(3, line.end);
  }
  return line;
}

std::vector<Span> secrets_in(const yaml::Document& document, Span line, Span window) {
  std::vector<Span> secrets;
  const auto count = static_cast<yaml::NodeId>(document.node_count());
  const yaml::NodeId first = first_node_at(document, window.begin);
  std::size_t covered = window.begin;
  // The last value that begins before the window may reach into it.
  for (yaml::NodeId id = first == 0 ? 0 : first - 1; id < count; ++id) {
    const yaml::Node& node = document.node(id);
    if (node.begin >= window.end) {
      break;
    }
    const bool is_scalar = node.kind == yaml::NodeKind::scalar;
    if (!is_scalar || node.end <= window.begin) {
      continue;
    }
    covered = node.end;
    if (is_key(document, id)) {
      continue;
    }
    for (const Span& part : secret_parts(document, id)) {
      if (part.begin < window.end && part.end > window.begin) {
        secrets.push_back({std::max(part.begin, line.begin), std::min(part.end, line.end)});
      }
    }
  }
  covered = std::min(covered, window.end);
  const std::string_view source = document.source();
  const std::string_view rest = trim(source.substr(covered, window.end - covered));
  const bool is_covered = rest.find_first_not_of(":]},-[{ ") == std::string_view::npos;
  if (!is_covered && is_secret_line(source, line)) {
    // What names the secret stays, so that the line can be recognised.
    const std::size_t colon = source.substr(0, line.end).find_first_of(":=", line.begin);
    const std::size_t begin = colon == std::string_view::npos ? line.begin : colon + 1;
    return {{std::max(begin, line.begin), line.end}};
  }
  return secrets;
}

std::vector<Span> secrets_in(const yaml::Document& document, Span line) {
  return secrets_in(document, line, line);
}

}  // namespace otelctl::config
