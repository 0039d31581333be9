// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Component;
using collector::Settings;

// The defaults of exporterhelper 0.155.0 and configretry 1.61.0.
constexpr double k_default_queue = 1000;
constexpr double k_default_initial = 5;
constexpr double k_default_interval = 30;
constexpr double k_default_elapsed = 300;

class Check {
 public:
  Check(const Component& exporter, Reporter& report)
      : m_exporter(exporter), m_settings(exporter.settings), m_report(report) {}

  void queue() {
    if (!m_settings.is_on("sending_queue")) {
      return;
    }
    for (const std::string key : {"num_consumers", "queue_size"}) {
      if (number("sending_queue." + key, 1) <= 0) {
        add("sending_queue." + key, key + " must be above 0", "write a number above 0");
      }
    }
    if (m_settings.is_given("sending_queue.storage") &&
        m_settings.flag("sending_queue.wait_for_result").value_or(false)) {
      add("sending_queue.wait_for_result", "wait_for_result does not go with storage",
          "remove one of them");
    }
    if (m_settings.is_on("sending_queue.batch")) {
      batch();
    }
    repeated("sending_queue.batch.partition.metadata_keys");
  }

  void retry() {
    const std::string at = "retry_on_failure.";
    if (!m_settings.is_on("retry_on_failure")) {
      return;
    }
    for (const std::string key : {"initial_interval", "max_interval", "max_elapsed_time"}) {
      if (seconds(at + key, 0) < 0) {
        add(at + key, key + " is negative", "write a duration of 0s or more");
        return;
      }
    }
    const double factor = number(at + "randomization_factor", 0);
    if (factor < 0 || factor > 1) {
      add(at + "randomization_factor", "randomization_factor is not between 0 and 1",
          "the default is 0.5");
    }
    if (number(at + "multiplier", 1) < 0) {
      add(at + "multiplier", "multiplier is negative", "the default is 1.5");
    }
    const double elapsed = seconds(at + "max_elapsed_time", k_default_elapsed);
    if (elapsed > 0 && elapsed < seconds(at + "initial_interval", k_default_initial)) {
      add(at + "max_elapsed_time", "max_elapsed_time is less than initial_interval",
          "raise it, or lower initial_interval (5s by default)");
    } else if (elapsed > 0 && elapsed < seconds(at + "max_interval", k_default_interval)) {
      add(at + "max_elapsed_time", "max_elapsed_time is less than max_interval",
          "raise it, or lower max_interval (30s by default)");
    }
  }

  void timeout() {
    if (seconds("timeout", 0) < 0) {
      add("timeout", "timeout is negative", "write a duration, or 0s for none");
    }
  }

 private:
  void batch() {
    const std::string at = "sending_queue.batch.";
    const std::string queue_sizer = text("sending_queue.sizer", "requests");
    const bool takes_queues = m_settings.is_given("sending_queue.sizer");
    const std::string sizer = text(at + "sizer", takes_queues ? queue_sizer : "items");
    if (sizer == "requests") {
      add(m_settings.is_given(at + "sizer") ? at + "sizer" : "sending_queue.sizer",
          "a batch is measured in items or bytes, not in requests", "write sizer: items");
    }
    if (m_settings.is_given(at + "flush_timeout") && seconds(at + "flush_timeout", 1) <= 0) {
      add(at + "flush_timeout", "flush_timeout must be above 0", "write flush_timeout: 200ms");
    }
    const double least = number(at + "min_size", 0);
    const double most = number(at + "max_size", 0);
    for (const std::string key : {"min_size", "max_size"}) {
      if (number(at + key, 0) < 0) {
        add(at + key, key + " is negative", "write 0 or more");
      }
    }
    if (most > 0 && most < least) {
      add(at + "max_size", "max_size is less than min_size", "make it at least as large");
    }
    if (sizer == queue_sizer && least > number("sending_queue.queue_size", k_default_queue)) {
      add(at + "min_size", "min_size is more than the queue holds",
          "raise queue_size, or lower min_size");
    }
  }

  void repeated(std::string_view path) {
    for (const collector::Setting* const key : collector::repeated_texts(m_settings, path)) {
      m_report.add(key->place, fmt::format("metadata_keys holds {} twice", shown(key->value.text)),
                   "remove one: case does not count");
    }
  }

  double number(std::string_view path, double otherwise) const {
    return m_settings.number(path).value_or(otherwise);
  }
  double seconds(std::string_view path, double otherwise) const {
    return m_settings.seconds(path).value_or(otherwise);
  }
  std::string text(std::string_view path, std::string_view otherwise) const {
    return m_settings.text(path).value_or(std::string(otherwise));
  }
  void add(std::string_view path, std::string message, std::string help) {
    m_report.add(m_settings.place(path, m_exporter.place), std::move(message), std::move(help));
  }

  const Component& m_exporter;
  const Settings& m_settings;
  Reporter& m_report;
};

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const Component* const exporter :
       model.of_types(collector::Section::exporters,
                      {"otlp_grpc", "otlp", "otlp_http", "otlphttp", "debug"})) {
    Check check(*exporter, report);
    check.queue();
    check.retry();
    // otlp_http takes a negative one, and then waits forever.
    if (exporter->type == "otlp_grpc" || exporter->type == "otlp") {
      check.timeout();
    }
  }
}

}  // namespace

Rule otc718_queue_and_retry() {
  return {
      .code = "OTC718",
      .name = "queue-and-retry",
      .severity = Severity::error,
      .summary = "The settings of a queue or of retries contradict each other",
      .rationale =
          "A queue has room and consumers, a batch fits into it, and the time of all retries is "
          "not below that of one interval; the Collector refuses anything else (exporterhelper "
          "0.155.0, configretry 1.61.0).",
      .bad = R"(sending_queue:
  num_consumers: 0
)",
      .good = R"(sending_queue:
  num_consumers: 10
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
