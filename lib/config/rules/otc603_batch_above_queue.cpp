// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/sdk/model.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// Specification, trace/sdk.md "Batching processor" and logs/sdk.md.
constexpr double k_default_queue = 2048;
constexpr double k_default_batch = 512;

// Nothing where it is there and cannot be read.
std::optional<double> size_of(const sdk::Model& model, sdk::Part part, std::string_view key,
                              double missing) {
  const auto child = model.child(part, key);
  if (!child || model.value(*child).type == schema::Type::null) {
    return missing;
  }
  return model.number(part, key);
}

void check_processor(const sdk::Model& model, sdk::Part part, Reporter& report) {
  const auto queue = size_of(model, part, "max_queue_size", k_default_queue);
  const auto batch = size_of(model, part, "max_export_batch_size", k_default_batch);
  if (!queue || !batch || *batch <= *queue) {
    return;
  }
  auto place = model.child(part, "max_export_batch_size");
  if (!place) {
    place = model.child(part, "max_queue_size");
  }
  report.add(model.place(place.value_or(part)),
             fmt::format("max_export_batch_size {} is above max_queue_size {}",
                         number_words(*batch), number_words(*queue)),
             fmt::format("a batch is taken from the queue: write {} or less, or a larger queue",
                         number_words(*queue)));
}

void check(const Subject& subject, Reporter& report) {
  for (const char* definition : {"BatchSpanProcessor", "BatchLogRecordProcessor"}) {
    for (const sdk::Part part : subject.sdk->all(definition)) {
      check_processor(*subject.sdk, part, report);
    }
  }
}

}  // namespace

Rule otc603_batch_above_queue() {
  return {
      .code = "OTC603",
      .name = "batch-above-queue",
      .severity = Severity::error,
      .summary = "A batch is larger than the queue it is taken from",
      .rationale =
          "max_export_batch_size must not be above max_queue_size (512 and 2048 when they are not "
          "given): the Python SDK refuses it, others cut the batch. No schema compares two keys.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        max_queue_size: 1024
        max_export_batch_size: 4096
        exporter:
          otlp_grpc:
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        max_queue_size: 4096
        max_export_batch_size: 1024
        exporter:
          otlp_grpc:
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
