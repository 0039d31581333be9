// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <sstream>
#include <string>

#include "check/draft.hpp"
#include "check/evaluate.hpp"
#include "check/golden.hpp"
#include "check/read.hpp"
#include "config/excerpt.hpp"
#include "config/rules.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/support/make_trace.hpp"
#include "trace/analysis.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

void check_findings(const config::FileReport& report) {
  for (const config::Finding& finding : report.findings) {
    const config::Rule* const rule = config::find_rule(finding.code);
    require(rule != nullptr, "every finding has a rule");
    require(!finding.message.empty(), "a finding says what is wrong");
    fuzz::require_printable(finding.message);
    fuzz::require_printable(finding.help);
    if (finding.has_place) {
      config::excerpt_of(report, finding.place);
    }
  }
}

// A small trace whose names are pieces of the input.
trace::Trace trace_of(const std::string& bytes) {
  using trace::SpanKind;
  const std::string_view text(bytes);
  const auto piece = [&](std::size_t number) {
    return text.substr(std::min(text.size(), number * 7), 7);
  };
  return test::make_trace({{1, 0, 0, 100, piece(0), piece(1), SpanKind::server},
                           {2, 1, 1, 10, "SELECT a", "payment", SpanKind::client},
                           {3, 1, 5, 30, piece(2), "payment", SpanKind::client,
                            trace::SpanStatus::error, piece(3), piece(4)},
                           {4, 9, 5, 30, piece(5)}});
}

// What is drafted from a trace can be read, and the trace passes it.
void check_draft(const trace::Analysis& analysis) {
  std::ostringstream out;
  check::write_draft(out, analysis);
  const auto file = check::read_expectations("draft.yaml", out.str(), Environment());
  require(file.is_valid && file.report.findings.empty(), "a draft can be read");
  for (const check::Check& each : check::evaluate(analysis, file.expectations.front())) {
    require(each.ok, "a trace passes its draft");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const trace::Trace trace = trace_of(bytes);
  const trace::Analysis analysis(trace);
  check_draft(analysis);
  Environment environment;
  environment.set("RUN", "1");
  const auto file = check::read_expectations("order.yaml", bytes, environment);
  check_findings(file.report);
  require(file.is_valid || !file.report.findings.empty(), "what cannot be read has findings");
  for (check::Expectation expectation : file.expectations) {
    if (expectation.golden) {
      expectation.golden->content = bytes;
      const auto golden = check::write_golden(analysis, *expectation.golden);
      require(golden.has_value(), "a small trace has a golden file");
    }
    for (const check::Check& each : check::evaluate(analysis, expectation)) {
      require(!each.name.empty() && !each.expected.empty(), "a check says what it is");
    }
  }
  return 0;
}
