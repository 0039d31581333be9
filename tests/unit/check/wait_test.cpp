// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <map>

#include "check/run.hpp"
#include "tests/unit/check/support.hpp"
#include "trace/summary.hpp"

using namespace otelctl;
using namespace otelctl::test;
using std::chrono::seconds;

namespace {

// A clock that only waiting moves on.
class ManualClock final : public Clock {
 public:
  Time now() const override { return Time{nanoseconds{k_zero}} + seconds(60) + m_passed; }
  nanoseconds monotonic() const override { return m_passed; }
  void pass(nanoseconds time) { m_passed += time; }

 private:
  nanoseconds m_passed{};
};

// What a backend has at a time. Each look asks for one trace or lists all.
class StagedBackend final : public query::Backend {
 public:
  using Stage = std::function<Result<std::vector<trace::Trace>>(nanoseconds)>;

  StagedBackend(const ManualClock& clock, Stage stage)
      : m_clock(clock), m_stage(std::move(stage)) {}

  Result<query::BackendInfo> probe() override {
    return query::BackendInfo{"staged", "staged", "staged://"};
  }
  bool ships_whole_traces() const override { return true; }
  Result<std::vector<std::string>> services() override {
    return std::vector<std::string>{"checkout"};
  }
  Result<std::vector<std::string>> operations(const std::string& /*service*/) override {
    return std::vector<std::string>{};
  }
  Result<query::SearchAnswer> search(const query::Search& search) override {
    const auto traces = m_stage(m_clock.monotonic());
    if (!traces) {
      return fail(traces.error());
    }
    query::SearchAnswer answer;
    for (const trace::Trace& trace : *traces) {
      if (query::matches(trace, search.filter)) {
        answer.traces.push_back(trace::summarize(trace));
      }
    }
    answer.received = answer.traces.size();
    return answer;
  }
  Result<trace::Trace> trace(const TraceId& id) override {
    auto traces = m_stage(m_clock.monotonic());
    if (!traces) {
      return fail(traces.error());
    }
    for (trace::Trace& trace : *traces) {
      if (trace.id == id) {
        return std::move(trace);
      }
    }
    return fail(ErrorKind::not_seen, "the backend has no such trace");
  }

 private:
  const ManualClock& m_clock;
  Stage m_stage;
};

struct Ran {
  check::CheckReport report;
  std::vector<std::string> notes;
  std::vector<nanoseconds> pauses;

  std::string verdict() const {
    const auto error = report.error();
    return error ? fmt::format("{}: {}", name_of(error->kind), error->message) : "ok";
  }
};

Ran run(const StagedBackend::Stage& stage, const std::vector<check::Expectation>& expectations,
        bool is_static = false, int most_pauses = 1000) {
  ManualClock clock;
  StagedBackend backend(clock, stage);
  Ran ran;
  const check::Waiting waiting{clock,
                               [&](nanoseconds time) {
                                 clock.pass(time);
                                 ran.pauses.push_back(time);
                                 return static_cast<int>(ran.pauses.size()) < most_pauses;
                               },
                               [&](const std::string& note) { ran.notes.push_back(note); },
                               [](const std::string&) {}, is_static};
  ran.report = check::run_checks(backend, expectations, waiting);
  return ran;
}

Ran run(const StagedBackend::Stage& stage, const std::string& keys, bool is_static = false) {
  return run(stage, {expectation_of(keys)}, is_static);
}

std::vector<trace::Trace> first_spans(std::size_t count, std::uint64_t number = 1) {
  std::vector<FullSpan> spans = order_spans();
  spans.resize(count);
  std::vector<trace::Trace> traces;
  if (count > 0) {
    traces.push_back(make_full_trace(spans, number));
  }
  return traces;
}

const std::string k_find = "    find: {service: checkout}\n";
const std::string k_id = "    trace_id: \"00000000000000000000000000000001\"\n";

}  // namespace

TEST_CASE("a trace that is there is judged when it has settled") {
  const Ran ran = run([](auto) { return first_spans(5); }, k_id + "    trace: {spans: 5}\n");
  CHECK(ran.verdict() == "ok");
  CHECK(ran.report.waited == seconds(2));
  CHECK(ran.report.attempts > 1);
}

TEST_CASE("looks follow each other more and more slowly") {
  const Ran ran = run([](auto) { return first_spans(0); }, k_id + "    trace: {spans: 5}\n");
  REQUIRE(ran.pauses.size() > 6);
  CHECK(ran.pauses[0] == std::chrono::milliseconds(500));
  CHECK(ran.pauses[1] == std::chrono::milliseconds(750));
  CHECK(ran.pauses[5] == seconds(3));
  CHECK(ran.report.waited == seconds(30));
}

TEST_CASE("spans that come late are waited for") {
  const auto stage = [](nanoseconds time) {
    return first_spans(time < seconds(5) ? 0 : time < seconds(12) ? 2 : 5);
  };
  for (const std::string& find : {k_id, k_find}) {
    const Ran ran = run(stage, find + "    trace: {spans: \">=5\", services: [payment]}\n");
    CHECK(ran.verdict() == "ok");
    CHECK(ran.report.waited >= seconds(14));
    CHECK(ran.report.waited < seconds(20));
  }
}

TEST_CASE("so are spans that are expected by name") {
  const Ran ran = run([](nanoseconds time) { return first_spans(time < seconds(12) ? 2 : 5); },
                      k_id + "    spans: [{match: {name: POST bank}}]\n");
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("what must not be counts only once the trace has settled") {
  const Ran ran = run([](nanoseconds time) { return first_spans(time < seconds(1) ? 4 : 5); },
                      k_id + "    trace: {errors: 0}\n");
  CHECK(ran.verdict() == "failed: 1 of 1 check failed");
  CHECK(ran.report.waited >= seconds(3));
  CHECK(ran.report.waited < seconds(6));
}

TEST_CASE("a trace that never becomes complete is not seen") {
  const Ran ran = run([](auto) { return first_spans(3); },
                      k_id + "    timeout: 10s\n    trace: {spans: \">=5\", errors: 0}\n");
  CHECK(ran.verdict() == "not_seen: the trace did not become complete within 10s");
  CHECK(ran.report.waited == seconds(10));
  REQUIRE(ran.report.outcomes.front().traces.size() == 1);
  CHECK(lines_of(ran.report.outcomes.front().traces.front().checks) ==
        "FAIL spans: >=5 / 3\nok errors: 0 / 0\n");
}

TEST_CASE("an expected span that never comes has failed") {
  const Ran ran =
      run([](auto) { return first_spans(3); }, k_id + "    spans: [{match: {name: POST bank}}]\n");
  CHECK(ran.verdict() == "failed: 1 of 1 check failed");
  CHECK(ran.report.waited == seconds(30));
}

TEST_CASE("a trace that never appears says why") {
  const Ran by_id = run([](auto) { return first_spans(0); }, k_id + "    trace: {spans: 1}\n");
  CHECK(by_id.verdict() ==
        "not_seen: the backend has no trace 00000000000000000000000000000001 within 30s");
  CHECK(by_id.report.error()->hint.find("-00") != std::string::npos);
  const Ran by_service = run([](auto) { return first_spans(5); },
                             "    find: {service: chekout}\n    trace: {spans: 1}\n");
  CHECK(by_service.verdict() == "not_seen: no trace was seen within 30s: no service 'chekout'");
  CHECK(by_service.report.error()->hint.find("did you mean 'checkout'?") != std::string::npos);
}

TEST_CASE("a backend that is not up yet is waited for, and that is said once") {
  const Ran ran = run(
      [](nanoseconds time) -> Result<std::vector<trace::Trace>> {
        if (time < seconds(6)) {
          return fail(ErrorKind::unreachable, "connection refused");
        }
        return first_spans(5);
      },
      k_id + "    trace: {spans: 5}\n");
  CHECK(ran.verdict() == "ok");
  CHECK(ran.notes == std::vector<std::string>{"waiting for up to 30s: connection refused"});
}

TEST_CASE("one that never comes up is not reachable, not a failed check") {
  const Ran ran = run(
      [](auto) -> Result<std::vector<trace::Trace>> {
        return fail(ErrorKind::unreachable, "connection refused");
      },
      {expectation_of(k_id + "    trace: {spans: 5}\n"),
       expectation_of(k_id + "    trace: {spans: 5}\n")});
  CHECK(ran.verdict() == "unreachable: connection refused");
  CHECK(ran.report.outcomes.size() == 1);
}

TEST_CASE("one that goes away at the end is not reachable either") {
  const Ran ran = run(
      [](nanoseconds time) -> Result<std::vector<trace::Trace>> {
        if (time > seconds(5)) {
          return fail(ErrorKind::unreachable, "connection reset");
        }
        return first_spans(3);
      },
      k_id + "    trace: {spans: 5}\n");
  CHECK(ran.verdict() == "unreachable: connection reset");
}

TEST_CASE("refused and not understood end at once") {
  for (const ErrorKind kind : {ErrorKind::refused, ErrorKind::not_understood}) {
    const Ran ran = run([&](auto) -> Result<std::vector<trace::Trace>> { return fail(kind, "no"); },
                        k_id + "    trace: {spans: 5}\n");
    CHECK(ran.report.error()->kind == kind);
    CHECK(ran.report.attempts == 1);
  }
}

TEST_CASE("a signal ends it") {
  const Ran ran = run([](auto) { return first_spans(0); },
                      {expectation_of(k_id + "    trace: {spans: 5}\n")}, false, 1);
  CHECK(ran.report.error()->kind == ErrorKind::interrupted);
}

TEST_CASE("a file is looked at once") {
  const Ran ran = run([](auto) { return first_spans(3); }, k_id + "    trace: {spans: 5}\n", true);
  CHECK(ran.verdict() == "not_seen: the trace did not become complete");
  CHECK(ran.report.attempts == 1);
  CHECK(ran.pauses.empty());
  CHECK(
      run([](auto) { return first_spans(5); }, k_id + "    trace: {spans: 5}\n", true).verdict() ==
      "ok");
}

TEST_CASE("the time of several expectations runs at once") {
  const check::Expectation expectation = expectation_of(k_id + "    trace: {spans: 5}\n");
  const Ran ran = run([](auto) { return first_spans(3); }, {expectation, expectation, expectation});
  CHECK(ran.report.waited == seconds(30));
  CHECK(ran.verdict().starts_with("not_seen: 3 of 3 expectations not met; order: "));
}

TEST_CASE("a failed expectation says more than one that was not seen") {
  const Ran ran = run([](auto) { return first_spans(5); },
                      {expectation_of(k_id + "    trace: {spans: \">=9\"}\n"),
                       expectation_of(k_id + "    trace: {errors: 0}\n")});
  CHECK(ran.verdict().starts_with("failed: 2 of 2 expectations not met"));
}

namespace {

// Three orders of different ages, of which the one in the middle failed.
std::vector<trace::Trace> three_orders() {
  std::vector<trace::Trace> traces;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    std::vector<FullSpan> spans = order_spans();
    spans.resize(number == 2 ? 5 : 4);
    for (FullSpan& span : spans) {
      span.start += number * 1000;
      span.end += number * 1000;
    }
    traces.push_back(make_full_trace(spans, number));
  }
  return traces;
}

std::string which(const std::string& which, const std::string& trace) {
  const Ran ran = run([](auto) { return three_orders(); },
                      "    find: {service: checkout, which: " + which + "}\n    trace: " + trace +
                          "\n    timeout: 5s\n");
  std::string ids;
  for (const check::JudgedTrace& judged : ran.report.outcomes.front().traces) {
    ids += to_hex(judged.trace.id).back();
  }
  return ran.verdict() + " " + ids;
}

}  // namespace

TEST_CASE("of several traces the newest, any or all") {
  CHECK(which("newest", "{errors: 0}") == "ok 3");
  CHECK(which("newest", "{errors: 1}") == "failed: 1 of 1 check failed 3");
  CHECK(which("any", "{errors: 1}") == "ok 2");
  CHECK(which("any", "{errors: 5}") == "failed: 1 of 1 check failed 3");
  CHECK(which("all", "{errors: \"<=1\"}") == "ok 321");
  CHECK(which("all", "{errors: 0}") == "failed: 1 of 3 checks failed 321");
}

TEST_CASE("newer traces that keep coming do not keep the first complete one from being judged") {
  const Ran ran = run(
      [](nanoseconds time) {
        std::vector<trace::Trace> traces;
        const auto count = static_cast<std::uint64_t>(time / std::chrono::milliseconds(400)) + 1;
        for (std::uint64_t number = 1; number <= count; ++number) {
          std::vector<FullSpan> spans = order_spans();
          for (FullSpan& span : spans) {
            span.start += number * 400;
            span.end += number * 400;
          }
          traces.push_back(make_full_trace(spans, number));
        }
        return traces;
      },
      k_find + "    trace: {spans: 5}\n");
  CHECK(ran.verdict() == "ok");
  CHECK(ran.report.waited < seconds(4));
}

TEST_CASE("a trace that keeps growing never settles") {
  const Ran ran = run(
      [](nanoseconds time) {
        std::vector<FullSpan> spans;
        const auto count = static_cast<std::uint64_t>(time / std::chrono::milliseconds(100)) + 1;
        for (std::uint64_t id = 1; id <= count; ++id) {
          spans.push_back({id, id == 1 ? 0U : 1U, id, id + 1, "span"});
        }
        return std::vector<trace::Trace>{make_full_trace(spans)};
      },
      k_id + "    trace: {roots: 1}\n");
  CHECK(ran.verdict() == "not_seen: spans were still coming in within 30s");
}
