// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/known_names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr std::array<std::string_view, 36> k_prefixes{"OTEL_ANDROID_",
                                                      "OTEL_AWS_",
                                                      "OTEL_AZURE_",
                                                      "OTEL_BROWSER_",
                                                      "OTEL_CPP_",
                                                      "OTEL_DART_",
                                                      "OTEL_DOTNET_",
                                                      "OTEL_EBPF_",
                                                      "OTEL_ELIXIR_",
                                                      "OTEL_ERLANG_",
                                                      "OTEL_EXPERIMENTAL_",
                                                      "OTEL_GCP_",
                                                      "OTEL_GO_",
                                                      "OTEL_INJECTOR_",
                                                      "OTEL_INSTRUMENTATION_",
                                                      "OTEL_JAVAAGENT_",
                                                      "OTEL_JAVA_",
                                                      "OTEL_JMX_",
                                                      "OTEL_JS_",
                                                      "OTEL_KOTLIN_",
                                                      "OTEL_LAMBDA_",
                                                      "OTEL_LUA_",
                                                      "OTEL_NODE_",
                                                      "OTEL_PERL_",
                                                      "OTEL_PHP_",
                                                      "OTEL_POD_",
                                                      "OTEL_PROFILER_",
                                                      "OTEL_PYTHON_",
                                                      "OTEL_RESOURCE_ATTRIBUTES_",
                                                      "OTEL_RESOURCE_DISABLED_",
                                                      "OTEL_RESOURCE_PROVIDERS_",
                                                      "OTEL_RUBY_",
                                                      "OTEL_RUST_",
                                                      "OTEL_SEMCONV_",
                                                      "OTEL_SWIFT_",
                                                      "OTEL_WEB_"};

// Names are upper case with underscores; these are how else people write them.
std::string in_proper_form(std::string_view name) {
  std::string proper(name);
  std::transform(proper.begin(), proper.end(), proper.begin(), [](char c) {
    const bool is_lower = c >= 'a' && c <= 'z';
    return c == '-' || c == '.' ? '_' : static_cast<char>(is_lower ? c - 'a' + 'A' : c);
  });
  return proper;
}

using Words = std::vector<std::string_view>;

Words words_of(std::string_view name) {
  Words words = split(name, '_');
  std::sort(words.begin(), words.end());
  return words;
}

// How many words one has and the other has not.
std::size_t differing_words(const Words& left, const Words& right) {
  Words differing;
  std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(),
                                std::back_inserter(differing));
  return differing.size();
}

struct KnownName {
  std::string name;
  Words words;
};

// Made once: a hostile file asks for it with each of its lines.
const std::vector<KnownName>& known_names() {
  static const std::vector<KnownName> known = [] {
    std::vector<KnownName> names;
    for (std::string& name : settings::variable_names()) {
      names.push_back({std::move(name), {}});
    }
    for (KnownName& each : names) {
      each.words = words_of(each.name);
    }
    return names;
  }();
  return known;
}

}  // namespace

bool is_language_name(std::string_view name) {
  return std::any_of(k_prefixes.begin(), k_prefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_telemetry_name(std::string_view name) {
  constexpr std::size_t k_prefix = 5;
  return in_proper_form(name.substr(0, k_prefix)) == "OTEL_" || find_foreign_name(name) != nullptr;
}

bool is_unspecified(std::string_view name) {
  return is_telemetry_name(name) && settings::find_variable(name) == nullptr &&
         find_foreign_name(name) == nullptr && find_former_name(name) == nullptr &&
         !is_language_name(name);
}

std::vector<std::string> near_names(std::string_view name) {
  constexpr std::size_t k_longest = 100;
  constexpr std::size_t k_most_edits = 2;
  if (name.size() > k_longest) {
    return {};
  }
  const std::string proper = in_proper_form(name);
  std::vector<std::string> near;
  std::size_t least = k_most_edits;
  for (const KnownName& each : known_names()) {
    const std::size_t longer = std::max(proper.size(), each.name.size());
    if (longer - std::min(proper.size(), each.name.size()) > least) {
      continue;
    }
    const std::size_t distance = edit_distance(proper, each.name);
    if (distance < least) {
      near.clear();
      least = distance;
    }
    if (distance == least) {
      near.push_back(each.name);
    }
  }
  if (!near.empty()) {
    return near;
  }
  const Words words = words_of(proper);
  for (const KnownName& each : known_names()) {
    if (words.size() > 2 && differing_words(words, each.words) <= 1) {
      near.push_back(each.name);
    }
  }
  return near;
}

}  // namespace otelctl::config
