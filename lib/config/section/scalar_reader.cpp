// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/scalar_reader.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

using yaml::ScalarType;

constexpr std::string_view k_digits = "0123456789";

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(k_digits) == std::string_view::npos;
}

std::string without(std::string_view text, char unwanted) {
  std::string rest(text);
  std::erase(rest, unwanted);
  return rest;
}

// What a scalar is to a reader, for "found ...".
std::string_view found_words(const ResolvedScalar& scalar) {
  if (!scalar.is_plain) {
    return "quoted text";
  }
  const yaml::Scalar types = yaml::resolve_plain(scalar.text);
  const ScalarType type = types.core == ScalarType::text ? types.legacy : types.core;
  switch (type) {
    case ScalarType::null:
      return "null";
    case ScalarType::boolean:
      return "a boolean";
    case ScalarType::integer:
      return types.core == types.legacy || types.core == ScalarType::text ? "a number" : "text";
    case ScalarType::number:
      return "a number";
    case ScalarType::date:
      return "a date";
    case ScalarType::text:
      break;
  }
  return "text";
}

// What a value in another unit or notation was meant to be; empty where that is not plain.
struct Conversion {
  std::string hint;
  std::string text;
};

// "60s" for a key in milliseconds, "10%" or "0,5" for a ratio.
Conversion conversion_of(const KeySpec& spec, std::string_view text) {
  if (spec.name.ends_with("_ms")) {
    if (const auto duration = parse_duration(text)) {
      const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
      return {fmt::format("the unit is milliseconds: write {}", milliseconds.count()),
              std::to_string(milliseconds.count())};
    }
  }
  if (spec.type == ValueType::number) {
    if (text.ends_with('%')) {
      if (const auto percent = yaml::read_number(text.substr(0, text.size() - 1))) {
        return {
            fmt::format("write {} for {}%", number_words(*percent / 100), number_words(*percent)),
            number_words(*percent / 100)};
      }
    }
    const auto comma = text.find(',');
    if (comma != std::string_view::npos && is_digits(text.substr(0, comma)) &&
        is_digits(text.substr(comma + 1))) {
      const std::string number =
          fmt::format("{}.{}", text.substr(0, comma), text.substr(comma + 1));
      return {fmt::format("write a decimal point: {}", number), number};
    }
  }
  return {};
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string default_hint(const KeySpec& spec) {
  return spec.default_value.empty()
             ? std::string("remove the key, or give it a value")
             : fmt::format("remove the key to get the default, {}", spec.default_value);
}

}  // namespace

void ScalarReader::add(IssueKind kind, const Place& place, std::string message, std::string help,
                       std::vector<Edit> edits) {
  m_issues.push_back({kind, place, std::move(message), std::move(help), std::move(edits)});
}

std::vector<Edit> ScalarReader::replace(const Case& judged, std::string text) {
  if (judged.scalar.is_from_variable) {
    return {};
  }
  return {{judged.place.begin, judged.place.end, std::move(text)}};
}

std::vector<Edit> ScalarReader::quote(const Case& judged) const {
  const std::string_view written =
      m_document.source().substr(judged.place.begin, judged.place.end - judged.place.begin);
  // What double quotes would give another meaning.
  if (written.find_first_of("\"\\\n") != std::string_view::npos) {
    return {};
  }
  return {{judged.place.begin, judged.place.begin, "\""},
          {judged.place.end, judged.place.end, "\""}};
}

std::vector<Edit> ScalarReader::unquote(const Case& judged) const {
  const std::size_t begin = judged.place.begin;
  const std::size_t end = judged.place.end;
  const std::string_view written = m_document.source().substr(begin, end - begin);
  const bool is_in_quotes = written.starts_with('"') || written.starts_with('\'');
  if (judged.scalar.is_from_variable || !is_in_quotes ||
      written.substr(1, written.size() - 2) != judged.scalar.text) {
    return {};
  }
  return {{begin, begin + 1, ""}, {end - 1, end, ""}};
}

std::string ScalarReader::shown_value(const Case& judged) const {
  return judged.spec.is_secret ? std::string(k_redacted) : shown(judged.scalar.text, judged.name);
}

bool ScalarReader::wrong_type(const Case& judged, std::string_view found, std::string help,
                              std::vector<Edit> edits) {
  add(IssueKind::wrong_type, judged.place,
      fmt::format("{}: expected {}, found {} {}{}", escape_for_terminal(judged.name),
                  type_words(judged.spec.type), found, shown_value(judged), judged.scalar.after),
      std::move(help), std::move(edits));
  return false;
}

void ScalarReader::ambiguous(const Case& judged, std::string message, std::string help,
                             std::vector<Edit> edits) {
  add(IssueKind::ambiguous_scalar, judged.place, message + judged.scalar.after, std::move(help),
      std::move(edits));
}

bool ScalarReader::is_scalar(const KeySpec& spec, std::string_view name, yaml::NodeId id,
                             const Place& place) {
  const yaml::Node& node = m_document.node(id);
  if (node.kind == yaml::NodeKind::scalar) {
    return true;
  }
  // Of lists and maps the items are text.
  const bool is_item = spec.type == ValueType::text_list || spec.type == ValueType::text_map;
  const std::string_view wanted = is_item ? "text" : type_words(spec.type);
  add(IssueKind::wrong_kind, place,
      fmt::format("{}: expected {}, found {}", escape_for_terminal(name), wanted, kind_words(node)),
      is_item || node.kind != yaml::NodeKind::null ? fmt::format("write {} here", wanted)
                                                   : default_hint(spec));
  return false;
}

void ScalarReader::read(const KeySpec& spec, yaml::NodeId node, const Place& place,
                        Section::Value& value) {
  value.state = Section::Value::State::unreadable;
  value.item = Item{std::string(spec.name), {}, place};
  if (!is_scalar(spec, spec.name, node, place)) {
    return;
  }
  const ResolvedScalar scalar = m_references.resolve(node, place);
  value.item.text = scalar.text;
  value.item.is_from_variable = scalar.is_from_variable;
  if (!scalar.is_complete) {
    return;
  }
  const Case judged{spec, spec.name, place, scalar};
  judge_variables(judged);
  bool is_readable = false;
  switch (spec.type) {
    case ValueType::boolean:
      is_readable = read_boolean(judged, value.truth);
      break;
    case ValueType::integer:
      is_readable = read_integer(judged, value.number) && check_range(judged, value.number) &&
                    check_agent_port(judged, value.number);
      break;
    case ValueType::number:
      is_readable = read_number(judged, value.number) && check_range(judged, value.number);
      break;
    case ValueType::text:
    case ValueType::text_list:
    case ValueType::text_map:
    case ValueType::map:
      is_readable = check_text(judged) && check_choice(judged) && check_form(judged) &&
                    check_range(judged, static_cast<double>(scalar.text.size()));
      break;
  }
  value.item.is_readable = is_readable;
  if (is_readable) {
    value.state = Section::Value::State::readable;
  }
}

Item ScalarReader::read_text(const KeySpec& spec, const std::string& name, yaml::NodeId node,
                             const Place& place) {
  Item item{name, {}, place};
  if (!is_scalar(spec, name, node, place)) {
    return item;
  }
  const ResolvedScalar scalar = m_references.resolve(node, place);
  item.text = scalar.text;
  item.is_from_variable = scalar.is_from_variable;
  const Case judged{spec, name, place, scalar};
  if (scalar.is_complete) {
    judge_variables(judged);
  }
  item.is_readable = scalar.is_complete && check_text(judged) && check_choice(judged);
  return item;
}

void ScalarReader::judge_variables(const Case& judged) {
  const bool is_header = judged.spec.key == Key::headers;
  const bool is_one_line =
      is_header || judged.spec.key == Key::endpoint || judged.spec.key == Key::service_name;
  if (judged.scalar.is_from_variable && is_one_line && has_control(judged.scalar.text)) {
    add(IssueKind::control_from_variable, judged.place,
        fmt::format("{} gets a line end or another control character{}",
                    escape_for_terminal(judged.name), judged.scalar.after),
        "set the variable to one line: $(cat FILE) drops the line end, a mounted file has it");
  }
  for (const std::string& name : judged.scalar.names) {
    if (is_secret_name(name) && !is_header && !is_secret_name(judged.name)) {
      add(IssueKind::secret_reference, judged.place,
          fmt::format("{} is named like a secret, and {} is none", name,
                      escape_for_terminal(judged.name)),
          "telemetry is read by many: use another variable, or rename this one");
    }
  }
}

bool ScalarReader::read_boolean(const Case& judged, bool& truth) {
  const std::string_view text = judged.scalar.text;
  // Numbers that pydantic takes for booleans.
  const bool is_one = text == "1" || text == "1.0";
  const bool is_zero = text == "0" || text == "0.0";
  const auto word = yaml::read_boolean(text);
  if (!word && !is_one && !is_zero) {
    return wrong_type(judged, found_words(judged.scalar), "write true or false");
  }
  truth = word.value_or(is_one);
  const std::string help = fmt::format("write {}", truth);
  const std::vector<Edit> edits = replace(judged, truth ? "true" : "false");
  if (!judged.scalar.is_plain) {
    ambiguous(
        judged,
        fmt::format("{} is text in quotes, not a boolean, to strict readers", shown_value(judged)),
        judged.scalar.is_from_variable ? "remove the quotes around the reference" : help, edits);
  } else if (!word) {
    ambiguous(judged,
              fmt::format("{} is a number, not a boolean, to strict readers", shown_value(judged)),
              help, edits);
  } else if (const yaml::Scalar types = yaml::resolve_plain(text);
             types.core != ScalarType::boolean) {
    ambiguous(
        judged,
        types.legacy == ScalarType::boolean
            ? fmt::format("{} is a boolean in YAML 1.1 and text in YAML 1.2", shown_value(judged))
            : fmt::format("{} is text in YAML; only some applications take it for a boolean",
                          shown_value(judged)),
        help, edits);
  }
  return true;
}

bool ScalarReader::read_integer(const Case& judged, double& number) {
  const std::string_view text = judged.scalar.text;
  const yaml::Scalar types = yaml::resolve_plain(text);
  const bool is_octal_looking = text.size() > 1 && text.front() == '0' && is_digits(text);
  if (is_octal_looking) {
    return wrong_type(judged, "a number with a leading zero",
                      "write it without the zero: YAML 1.1 reads it as octal, YAML 1.2 does not");
  }
  // pydantic takes digits in quotes, but no other notation.
  const bool is_quoted_hexadecimal = !judged.scalar.is_plain && text.starts_with("0x");
  if (types.core == ScalarType::integer && !text.starts_with("0o") && !is_quoted_hexadecimal) {
    const auto value = yaml::read_integer(text);
    const double beyond = text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
    number = value ? static_cast<double>(*value) : beyond;
    if (!judged.scalar.is_plain) {
      ambiguous(
          judged,
          fmt::format("{} is text in quotes, not a number, to strict readers", shown_value(judged)),
          "remove the quotes", unquote(judged));
    } else if (text.starts_with("0x") && value) {
      ambiguous(judged, fmt::format("{} is hexadecimal", shown_value(judged)),
                fmt::format("write {}", *value), replace(judged, std::to_string(*value)));
    }
    return true;
  }
  const std::string digits = without(text, '_');
  if (types.core == ScalarType::text && types.legacy == ScalarType::integer && is_digits(digits)) {
    number = yaml::read_number(digits).value_or(HUGE_VAL);
    ambiguous(judged,
              fmt::format("{} is a number in YAML 1.1 and text in YAML 1.2", shown_value(judged)),
              fmt::format("write {}", digits), replace(judged, digits));
    return true;
  }
  // 60000.0, which pydantic takes for the integer; 1e3 is text to PyYAML.
  const auto value = yaml::read_number(text);
  if (value && types.legacy == ScalarType::number && std::isfinite(*value) &&
      std::trunc(*value) == *value) {
    number = *value;
    ambiguous(judged,
              fmt::format("{} is a number with a fraction, where a whole one is wanted",
                          shown_value(judged)),
              fmt::format("write {}", number_words(*value)), replace(judged, number_words(*value)));
    return true;
  }
  return wrong_number(judged, "write digits only, without quotes and unit");
}

bool ScalarReader::read_number(const Case& judged, double& number) {
  const std::string_view text = judged.scalar.text;
  const yaml::Scalar types = yaml::resolve_plain(text);
  const auto value = yaml::read_number(text);
  if (!value || text.starts_with("0o") || text.starts_with("0x")) {
    return wrong_number(judged, "write it like 0.1");
  }
  number = *value;
  if (!judged.scalar.is_plain) {
    ambiguous(
        judged,
        fmt::format("{} is text in quotes, not a number, to strict readers", shown_value(judged)),
        "remove the quotes", unquote(judged));
  } else if (types.legacy == ScalarType::text) {
    ambiguous(judged,
              fmt::format("{} is text in YAML 1.1 and a number in YAML 1.2", shown_value(judged)),
              fmt::format("write {}", number_words(*value)), replace(judged, number_words(*value)));
  }
  return true;
}

bool ScalarReader::wrong_number(const Case& judged, std::string help) {
  const Conversion meant = conversion_of(judged.spec, judged.scalar.text);
  return wrong_type(judged, found_words(judged.scalar), meant.hint.empty() ? help : meant.hint,
                    meant.text.empty() ? std::vector<Edit>() : replace(judged, meant.text));
}

bool ScalarReader::check_text(const Case& judged) {
  if (!judged.scalar.is_plain) {
    return true;
  }
  const std::string_view text = judged.scalar.text;
  const yaml::Scalar types = yaml::resolve_plain(text);
  if (text == "=" || text == "<<") {
    return wrong_type(judged, "what PyYAML refuses as a plain value,", "quote it", quote(judged));
  }
  if (types.legacy == ScalarType::text && types.core == ScalarType::text) {
    judge_default(judged);
    return true;
  }
  const bool is_shown = !judged.spec.is_secret && shown(text, judged.name) != k_redacted;
  const std::string help = judged.scalar.is_from_variable ? "put the reference in quotes"
                           : is_shown                     ? fmt::format("quote it: \"{}\"", text)
                                                          : "quote it";
  if (types.legacy == ScalarType::text) {
    ambiguous(judged,
              fmt::format("{} is text in YAML 1.1 and a number in YAML 1.2", shown_value(judged)),
              help, quote(judged));
    return true;
  }
  const std::string_view what = types.legacy == ScalarType::boolean ? "a boolean"
                                : types.legacy == ScalarType::date  ? "a date"
                                : types.legacy == ScalarType::null  ? "null"
                                                                    : "a number";
  add(IssueKind::wrong_type, judged.place,
      fmt::format("{}: expected text, found {} {}{}", escape_for_terminal(judged.name), what,
                  shown_value(judged), judged.scalar.after),
      help, quote(judged));
  return false;
}

void ScalarReader::judge_default(const Case& judged) {
  const auto& text = judged.scalar.whole_default;
  if (text && *text != judged.scalar.text &&
      yaml::resolve_plain(*text).legacy != ScalarType::text) {
    add(IssueKind::type_by_variable, judged.place,
        fmt::format("{} is text while {} is set, and no text by the default",
                    escape_for_terminal(judged.name), judged.scalar.names.front()),
        "put the reference in quotes", quote(judged));
  }
}

bool ScalarReader::check_range(const Case& judged, double number) {
  const KeySpec& spec = judged.spec;
  if (number >= spec.least && number <= spec.most) {
    return true;
  }
  if (spec.type == ValueType::text) {
    const bool is_empty = number < spec.least;
    add(IssueKind::out_of_range, judged.place,
        is_empty ? fmt::format("{} is empty{}", spec.name, judged.scalar.after)
                 : fmt::format("{} is longer than {} bytes", spec.name, number_words(spec.most)),
        is_empty && spec.key == Key::service_name
            ? "backends file it under unknown_service: name the service"
            : default_hint(spec));
    return false;
  }
  std::string help = fmt::format("write a number from {} to {}", number_words(spec.least),
                                 number_words(spec.most));
  const bool could_be_percent = spec.key == Key::sampler_ratio && number > 1 && number <= 100;
  if (could_be_percent) {
    help = number < 2 ? "1.0 samples everything, 0.1 one trace in ten"
                      : fmt::format("did you mean {} for {}%?", number_words(number / 100),
                                    number_words(number));
  }
  add(IssueKind::out_of_range, judged.place,
      fmt::format("{} must be between {} and {}, not {}{}", spec.name, number_words(spec.least),
                  number_words(spec.most), shown_value(judged), judged.scalar.after),
      std::move(help));
  return false;
}

bool ScalarReader::check_agent_port(const Case& judged, double number) {
  // Jaeger's other ports: gRPC and HTTP of its collector, and its own UI.
  constexpr std::array<double, 3> k_others{14250, 14268, 16686};
  if (judged.spec.key != Key::agent_port ||
      std::find(k_others.begin(), k_others.end(), number) == k_others.end()) {
    return true;
  }
  add(IssueKind::out_of_range, judged.place,
      fmt::format("{} is a port of Jaeger's {}, not of its agent", shown_value(judged),
                  number > 16000 ? "UI" : "collector"),
      "the agent listens on 6831");
  return false;
}

bool ScalarReader::check_choice(const Case& judged) {
  const std::string_view choices = judged.spec.choices;
  if (choices.empty()) {
    return true;
  }
  const auto known = split(choices, ' ');
  if (std::find(known.begin(), known.end(), judged.scalar.text) != known.end()) {
    return true;
  }
  std::string help = did_you_mean(judged.scalar.text, {known.begin(), known.end()});
  const auto near = nearest(judged.scalar.text, {known.begin(), known.end()});
  // What turns something off is never guessed.
  std::string meant = near.size() == 1 && near.front() != "none" ? near.front() : std::string();
  const bool is_case_only = std::any_of(known.begin(), known.end(), [&](std::string_view name) {
    return equals_ignoring_case(name, judged.scalar.text);
  });
  if (is_case_only) {
    meant = to_lower(judged.scalar.text);
    help = fmt::format("names are lower case here: {}", meant);
  } else if (judged.spec.key == Key::sampler_type &&
             judged.scalar.text == "parentbased_always_on") {
    meant.clear();
    help =
        "OpenTelemetry knows it, this model does not: use parentbased_traceidratio with ratio"
        " 1.0";
  } else if (help.empty()) {
    help = fmt::format("write {}", choice_words(choices));
  }
  add(IssueKind::not_a_choice, judged.place,
      fmt::format("{} is not one of {}{}", shown_value(judged), choice_words(choices),
                  judged.scalar.after),
      std::move(help), meant.empty() ? std::vector<Edit>() : replace(judged, meant));
  return false;
}

bool ScalarReader::check_form(const Case& judged) {
  const std::string& text = judged.scalar.text;
  const bool is_name = judged.spec.key == Key::service_name || judged.spec.key == Key::agent_host;
  const bool is_told = judged.scalar.is_from_variable && judged.spec.key == Key::service_name;
  if (is_name && has_control(text) && is_told) {
    return false;
  }
  if (is_name && has_control(text)) {
    add(IssueKind::out_of_range, judged.place,
        fmt::format("{} holds a control character{}", judged.name, judged.scalar.after),
        "write it on one line");
    return false;
  }
  if (judged.spec.key == Key::agent_host && text.find('/') != std::string::npos) {
    add(IssueKind::out_of_range, judged.place,
        fmt::format("agent_host must be a host name, not {}{}", shown_value(judged),
                    judged.scalar.after),
        "write the name alone, without http:// and port");
    return false;
  }
  return true;
}

}  // namespace otelctl::config
