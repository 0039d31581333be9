// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/values.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/substitution.hpp"
#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config::convert {
namespace {

// A value taken apart: its references without their defaults, and what else is in it.
struct Taken {
  std::string references;  // the text with ${NAME} for ${NAME:-default}
  std::string literal;     // the rest
  bool has_default = false;
};

Taken take_apart(std::string_view text) {
  Taken taken;
  while (!text.empty()) {
    const std::size_t close = text.starts_with("${") ? text.substr(0, k_longest_reference).find('}')
                                                     : std::string_view::npos;
    if (close == std::string_view::npos) {
      const std::size_t length = text.starts_with("$$") ? 2 : 1;
      taken.references += text.substr(0, length);
      taken.literal += text.front();
      text.remove_prefix(length);
      continue;
    }
    const std::size_t fallback = text.substr(0, close).find(":-");
    const bool has_default = fallback != std::string_view::npos && fallback + 2 < close;
    taken.has_default = taken.has_default || has_default;
    taken.references += text.substr(0, std::min(fallback, close));
    taken.references += '}';
    text.remove_prefix(close + 1);
  }
  return taken;
}

// The words before a credential (RFC 9110, 11.4), which are none themselves.
bool is_scheme_word(std::string_view text) {
  const std::string word = to_lower(trim(text));
  return word.empty() || word == "basic" || word == "bearer" || word == "token" ||
         word == "api-key";
}

// "x-api-key" is X_API_KEY.
std::string variable_for(std::string_view name) {
  std::string variable;
  for (const char c : name) {
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    variable += is_lower ? static_cast<char>(c - 'a' + 'A') : is_plain ? c : '_';
  }
  const bool has_letter_first = !variable.empty() && (variable[0] < '0' || variable[0] > '9');
  return has_letter_first ? variable : "HEADER_" + variable;
}

}  // namespace

bool has_reference(std::string_view text) {
  return !substitute(text, Environment(), SubstitutionDialect::sdk).names.empty();
}

std::string whole_reference(std::string_view text) {
  const Substitution found = substitute(text, Environment(), SubstitutionDialect::sdk);
  const bool is_whole =
      found.names.size() == 1 && text.starts_with("${") && text.find('}') == text.size() - 1;
  return is_whole ? found.names.front() : std::string();
}

std::string by_default(std::string_view text) {
  return substitute(text, Environment(), SubstitutionDialect::sdk).text;
}

std::optional<Setting> as_text(Plan& plan, std::optional<Setting> setting) {
  if (!setting) {
    return std::nullopt;
  }
  for (const SubstitutionProblem& problem :
       substitute(setting->text, Environment(), SubstitutionDialect::section).problems) {
    if (problem.kind == SubstitutionProblemKind::malformed ||
        problem.kind == SubstitutionProblemKind::scheme ||
        problem.kind == SubstitutionProblemKind::nested) {
      plan.lose(setting->path, "its reference is not of the form ${NAME} or ${NAME:-default}");
      return std::nullopt;
    }
  }
  return setting;
}

std::optional<Setting> as_boolean(Plan& plan, std::optional<Setting> setting) {
  setting = as_text(plan, std::move(setting));
  if (!setting || has_reference(setting->text)) {
    return setting;
  }
  const auto truth = yaml::read_boolean(setting->text);
  if (!truth) {
    plan.lose(setting->path, "it is neither true nor false");
    return std::nullopt;
  }
  setting->text = *truth ? "true" : "false";
  return setting;
}

std::optional<Setting> as_number(Plan& plan, std::optional<Setting> setting) {
  setting = as_text(plan, std::move(setting));
  if (!setting || has_reference(setting->text)) {
    return setting;
  }
  const auto number = yaml::read_integer(setting->text);
  if (!number || *number < 0) {
    plan.lose(setting->path, "it is not a whole number");
    return std::nullopt;
  }
  setting->text = std::to_string(*number);
  return setting;
}

bool is_true(const std::optional<Setting>& setting, bool missing) {
  return setting ? yaml::read_boolean(by_default(setting->text)).value_or(missing) : missing;
}

std::optional<Setting> inverted(Plan& plan, const std::optional<Setting>& setting) {
  if (!setting) {
    return std::nullopt;
  }
  if (has_reference(setting->text)) {
    plan.lose(setting->path, "the other side has the opposite of it, which no reference can say");
    return std::nullopt;
  }
  return Setting{setting->text == "true" ? "false" : "true", setting->path};
}

Setting without_secret(Plan& plan, std::string_view name, Setting value, bool is_header) {
  const Taken taken = take_apart(value.text);
  if (!is_header && !is_secret_name(name) && !looks_secret(value.text) &&
      !looks_secret(by_default(value.text))) {
    return value;
  }
  if (!is_scheme_word(taken.literal)) {
    const std::string variable = variable_for(name);
    plan.lose(value.path, fmt::format("a secret is not copied: set the variable {}", variable));
    value.text = fmt::format("${{{}}}", variable);
  } else if (taken.has_default) {
    plan.lose(value.path, "the default of its reference is not copied: it may be a secret");
    value.text = taken.references;
  }
  return value;
}

bool names_grpc(std::string_view url) {
  const auto endpoint = read_endpoint(by_default(url));
  return endpoint && endpoint->looks_like_grpc();
}

std::optional<std::string> base_of(std::string_view url) {
  const std::string resolved = by_default(url);
  for (const Signal signal : k_signals) {
    const std::string path = fmt::format("/v1/{}", name_of(signal));
    if (url.ends_with(path)) {
      return std::string(url.substr(0, url.size() - path.size()));
    }
    if (resolved.ends_with(path)) {
      return std::nullopt;
    }
  }
  return std::string(url.ends_with('/') ? url.substr(0, url.size() - 1) : url);
}

std::string signal_url(std::string_view base, Signal signal) {
  return fmt::format("{}/v1/{}", base, name_of(signal));
}

std::optional<Setting> as_url(Plan& plan, std::optional<Setting> setting) {
  setting = as_text(plan, std::move(setting));
  if (setting) {
    const std::string resolved = by_default(setting->text);
    if (redact_url(resolved) != resolved || redact_url(setting->text) != setting->text) {
      plan.lose(setting->path, "the URL holds a user, a password or a query: put it into headers");
      return std::nullopt;
    }
  }
  return setting;
}

}  // namespace otelctl::config::convert
