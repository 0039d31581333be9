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

constexpr std::string_view k_no_sdk = "is not in the specification: no SDK reads it";
constexpr std::string_view k_inverse =
    "is an application's own variable; the switch of SDKs is OTEL_SDK_DISABLED, the other way "
    "round";
constexpr std::string_view k_use_disabled = "set OTEL_SDK_DISABLED=true to switch telemetry off";
constexpr std::string_view k_use_endpoint =
    "did you mean OTEL_EXPORTER_OTLP_ENDPOINT? SDKs read that one";
constexpr std::string_view k_use_sampler =
    "set OTEL_TRACES_SAMPLER=parentbased_traceidratio and OTEL_TRACES_SAMPLER_ARG";
constexpr std::string_view k_use_console = "set OTEL_TRACES_EXPORTER=otlp,console to see spans";
constexpr std::string_view k_use_exporter =
    "set OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER or OTEL_LOGS_EXPORTER";
constexpr std::string_view k_use_resource = "put it into OTEL_RESOURCE_ATTRIBUTES";

// Seen in application code and deployment files (the seeds' among them), by name.
constexpr std::array<ForeignName, 32> k_foreign{{
    {"COLLECTOR_OTLP_ENABLED", "is a switch of the Jaeger v1 server; Jaeger v2 ignores it",
     "remove it: OTLP is always on there"},
    {"OTEL_COLLECTOR_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_COLLECTOR_URL", k_no_sdk, k_use_endpoint},
    {"OTEL_CONSOLE_EXPORT", k_no_sdk, k_use_console},
    {"OTEL_DEBUG", k_no_sdk, k_use_console},
    {"OTEL_DEPLOYMENT_ENVIRONMENT", k_no_sdk, k_use_resource, "deployment.environment.name"},
    {"OTEL_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_ENVIRONMENT", k_no_sdk, k_use_resource, "deployment.environment.name"},
    {"OTEL_EXPORTER", k_no_sdk, k_use_exporter},
    {"OTEL_EXPORTER_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_EXPORTER_HEADERS", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_HEADERS?"},
    {"OTEL_EXPORTER_PROTOCOL", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_PROTOCOL?"},
    {"OTEL_EXPORTER_TYPE", k_no_sdk, k_use_exporter},
    {"OTEL_HEADERS", k_no_sdk, "did you mean OTEL_EXPORTER_OTLP_HEADERS?"},
    {"OTEL_HOST", k_no_sdk, k_use_endpoint},
    {"OTEL_LOG_SPANS", k_no_sdk, k_use_console},
    {"OTEL_OTLP_ENDPOINT", k_no_sdk, k_use_endpoint},
    {"OTEL_SAMPLE_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLER_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLING_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_SAMPLING_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_SDK_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_SERVICE_INSTANCE_ID", k_no_sdk, k_use_resource, "service.instance.id"},
    {"OTEL_SERVICE_NAMESPACE", k_no_sdk, k_use_resource, "service.namespace"},
    {"OTEL_SERVICE_VERSION", k_no_sdk, k_use_resource, "service.version"},
    {"OTEL_TELEMETRY_ENABLED", k_inverse, k_use_disabled},
    {"OTEL_TRACES_ENABLED", k_inverse, "set OTEL_TRACES_EXPORTER=none to switch traces off"},
    {"OTEL_TRACES_SAMPLER_RATIO", k_no_sdk, k_use_sampler},
    {"OTEL_TRACES_SAMPLE_RATE", k_no_sdk, k_use_sampler},
    {"OTEL_TRACING_ENABLED", k_inverse, "set OTEL_TRACES_EXPORTER=none to switch traces off"},
    {"OTLP_ENDPOINT", k_no_sdk, k_use_endpoint},
}};

// Specification 1.23.0 announced and 1.32.0 made the end of the Jaeger exporter; 1.52.0 deprecated
// Zipkin's; 1.2.0 renamed *_SPAN_* and *_METRIC_*.
constexpr std::array<FormerName, 7> k_former{{
    {"OTEL_EXPERIMENTAL_CONFIG_FILE", false, "is now called OTEL_CONFIG_FILE", "rename it",
     "OTEL_CONFIG_FILE"},
    {"OTEL_EXPORTER_JAEGER_", true, "is of the Jaeger exporter, which SDKs have no more",
     "send OTLP to Jaeger: OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:4317"},
    {"OTEL_EXPORTER_OTLP_METRIC_INSECURE", false, "is obsolete",
     "set OTEL_EXPORTER_OTLP_METRICS_INSECURE", "OTEL_EXPORTER_OTLP_METRICS_INSECURE"},
    {"OTEL_EXPORTER_OTLP_METRIC_", true, "is obsolete", "write METRICS in place of METRIC"},
    {"OTEL_EXPORTER_OTLP_SPAN_INSECURE", false, "is obsolete",
     "set OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_TRACES_INSECURE"},
    {"OTEL_EXPORTER_OTLP_SPAN_", true, "is obsolete", "write TRACES in place of SPAN"},
    {"OTEL_EXPORTER_ZIPKIN_", true,
     "is of the Zipkin exporter, which is deprecated and goes in December 2026",
     "send OTLP to a Collector that has a Zipkin exporter"},
}};

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

const ForeignName* find_foreign_name(std::string_view name) {
  const auto* const found = std::lower_bound(
      k_foreign.begin(), k_foreign.end(), name,
      [](const ForeignName& row, std::string_view wanted) { return row.name < wanted; });
  return found != k_foreign.end() && found->name == name ? found : nullptr;
}

const FormerName* find_former_name(std::string_view name) {
  const auto* const found =
      std::find_if(k_former.begin(), k_former.end(), [&](const FormerName& row) {
        return row.is_prefix ? name.starts_with(row.name) : name == row.name;
      });
  return found == k_former.end() ? nullptr : found;
}

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
