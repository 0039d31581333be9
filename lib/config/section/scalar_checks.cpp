// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What ScalarReader asks of a value beyond its type.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/section/scalar_reader.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

using yaml::ScalarType;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

std::string ScalarReader::default_hint(const KeySpec& spec) {
  return spec.default_value.empty()
             ? std::string("remove the key, or give it a value")
             : fmt::format("remove the key to get the default, {}", spec.default_value);
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
