// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "report/checks.hpp"
#include "report/junit_text.hpp"

namespace otelctl::report {
namespace {

using check::Check;
using check::JudgedTrace;
using check::Outcome;

// Jenkins' xUnit plugin refuses more digits than these (SUREFIRE_TIME in its schema).
std::string seconds(nanoseconds duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

// What the checks do not say: no trace, the backend's trouble.
bool has_own_test(const Outcome& outcome) {
  return outcome.error && outcome.error->kind != ErrorKind::failed;
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
};

Counts count(const Outcome& outcome) {
  Counts counts;
  for (const JudgedTrace& judged : outcome.traces) {
    counts.tests += judged.checks.size();
    counts.failures += static_cast<std::size_t>(std::count_if(
        judged.checks.begin(), judged.checks.end(), [](const Check& check) { return !check.ok; }));
  }
  if (has_own_test(outcome)) {
    ++counts.tests;
    ++counts.errors;
  }
  return counts;
}

void write_test(std::ostream& out, const Check& check, const JudgedTrace& judged,
                std::string_view title, TestNames& names) {
  out << fmt::format(R"(    <testcase classname="{}" name="{}" time="0")", title,
                     escape_xml(names.unique(check.name)));
  if (check.ok) {
    out << "/>\n";
    return;
  }
  const std::string message = fmt::format("expected {}, got {}", check.expected, check.got);
  std::string details =
      fmt::format("{}: {}\ntrace {}", check.name, message, to_hex(judged.trace.id));
  if (check.span_id) {
    details += ", span " + to_hex(*check.span_id);
  }
  if (!check.nearest.empty()) {
    details += "\n" + check.nearest;
  }
  out << fmt::format(
      ">\n      <failure type=\"failed\" message=\"{}\">{}</failure>\n    </testcase>\n",
      escape_xml(message), escape_xml(details));
}

void write_suite(std::ostream& out, const Outcome& outcome) {
  const Counts counts = count(outcome);
  const std::string title = escape_xml(expectation_title(outcome));
  out << fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\" "
      "time=\"{}\">\n",
      title, counts.tests, counts.failures, counts.errors, seconds(outcome.waited));
  TestNames names;
  for (const JudgedTrace& judged : outcome.traces) {
    for (const Check& check : judged.checks) {
      write_test(out, check, judged, title, names);
    }
  }
  if (has_own_test(outcome)) {
    out << fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n"
        "      <error type=\"{}\" message=\"{}\">{}</error>\n    </testcase>\n",
        title, escape_xml(names.unique("the trace is there")), name_of(outcome.error->kind),
        escape_xml(outcome.error->message),
        escape_xml(outcome.error->message + "\nhint: " + outcome.error->hint));
  }
  out << "  </testsuite>\n";
}

}  // namespace

void write_checks_junit(std::ostream& out, const ChecksView& view) {
  Counts all;
  for (const Outcome& outcome : view.report.outcomes) {
    const Counts counts = count(outcome);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.errors += counts.errors;
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format(
             "<testsuites name=\"otelctl check-traces\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
             "time=\"{}\">\n",
             all.tests, all.failures, all.errors, seconds(view.report.waited));
  for (const Outcome& outcome : view.report.outcomes) {
    write_suite(out, outcome);
  }
  out << "</testsuites>\n";
}

}  // namespace otelctl::report
