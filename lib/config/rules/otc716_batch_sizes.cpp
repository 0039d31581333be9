// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// The default of send_batch_size (batchprocessor 0.155.0).
constexpr double k_default_size = 8192;

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component* const batch :
       subject.collector->of_types(collector::Section::processors, {"batch"})) {
    const collector::Settings& settings = batch->settings;
    const double most = settings.number("send_batch_max_size").value_or(0);
    const double size = settings.is_given("send_batch_size")
                            ? settings.number("send_batch_size").value_or(0)
                            : k_default_size;
    if (most > 0 && most < size) {
      report.add(settings.place("send_batch_max_size", batch->place),
                 fmt::format("send_batch_max_size {} is less than send_batch_size {}{}",
                             number_words(most), number_words(size),
                             settings.is_given("send_batch_size") ? "" : ", the default"),
                 "make it at least as large, or lower send_batch_size");
    }
    if (settings.seconds("timeout").value_or(0) < 0) {
      report.add(settings.place("timeout", batch->place), "timeout is negative",
                 "write 200ms, or 0s to send at once");
    }
    for (const collector::Setting* const key :
         collector::repeated_texts(settings, "metadata_keys")) {
      report.add(key->place, fmt::format("metadata_keys holds {} twice", shown(key->value.text)),
                 "remove one: case does not count");
    }
  }
}

}  // namespace

Rule otc716_batch_sizes() {
  return {
      .code = "OTC716",
      .name = "batch-sizes",
      .severity = Severity::error,
      .summary = "The settings of a batch processor contradict each other",
      .rationale =
          "send_batch_max_size is a limit above send_batch_size (8192 by default), the timeout is "
          "not negative, and metadata_keys holds each key once; the Collector refuses anything "
          "else.",
      .bad = R"(batch:
  send_batch_size: 1000
  send_batch_max_size: 500
)",
      .good = R"(batch:
  send_batch_size: 500
  send_batch_max_size: 1000
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
