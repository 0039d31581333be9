// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace otelctl::config::convert {

// A setting that means the same as a variable and as a key of a declarative file, and that sections
// do not have.
struct Other {
  std::string_view variable;
  // Where in the file: a provider, or one of the places that stand in several of them.
  std::string_view map;
  std::string_view key;  // below it, with dots
  bool is_text = false;
};

// Source: the example sdk-migration-config.yaml of opentelemetry-configuration, which names the
// variable of each key.
inline constexpr std::array k_others{
    Other{"OTEL_LOG_LEVEL", "", "log_level", true},
    Other{"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "", "attribute_limits.attribute_value_length_limit"},
    Other{"OTEL_ATTRIBUTE_COUNT_LIMIT", "", "attribute_limits.attribute_count_limit"},
    Other{"OTEL_BSP_SCHEDULE_DELAY", "span_batch", "schedule_delay"},
    Other{"OTEL_BSP_EXPORT_TIMEOUT", "span_batch", "export_timeout"},
    Other{"OTEL_BSP_MAX_QUEUE_SIZE", "span_batch", "max_queue_size"},
    Other{"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "span_batch", "max_export_batch_size"},
    Other{"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "tracer_provider",
          "limits.attribute_value_length_limit"},
    Other{"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "tracer_provider", "limits.attribute_count_limit"},
    Other{"OTEL_SPAN_EVENT_COUNT_LIMIT", "tracer_provider", "limits.event_count_limit"},
    Other{"OTEL_SPAN_LINK_COUNT_LIMIT", "tracer_provider", "limits.link_count_limit"},
    Other{"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "tracer_provider",
          "limits.event_attribute_count_limit"},
    Other{"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "tracer_provider",
          "limits.link_attribute_count_limit"},
    Other{"OTEL_METRIC_EXPORT_TIMEOUT", "periodic", "timeout"},
    Other{"OTEL_METRICS_EXEMPLAR_FILTER", "meter_provider", "exemplar_filter", true},
    Other{"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "metric_exporter",
          "temporality_preference", true},
    Other{"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "metric_exporter",
          "default_histogram_aggregation", true},
    Other{"OTEL_BLRP_SCHEDULE_DELAY", "log_batch", "schedule_delay"},
    Other{"OTEL_BLRP_EXPORT_TIMEOUT", "log_batch", "export_timeout"},
    Other{"OTEL_BLRP_MAX_QUEUE_SIZE", "log_batch", "max_queue_size"},
    Other{"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "log_batch", "max_export_batch_size"},
    Other{"OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "logger_provider",
          "limits.attribute_value_length_limit"},
    Other{"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "logger_provider",
          "limits.attribute_count_limit"},
    Other{"OTEL_SEMCONV_STABILITY_OPT_IN", "instrumentation/development",
          "general.stability_opt_in_list", true},
};

constexpr bool is_other(std::string_view variable) {
  return std::any_of(k_others.begin(), k_others.end(),
                     [&](const Other& other) { return other.variable == variable; });
}

}  // namespace otelctl::config::convert
