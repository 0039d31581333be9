// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cmd/app.hpp"
#include "cmd/context.hpp"

namespace otelctl::test {

// A clock that stands still.
class FixedClock final : public Clock {
 public:
  Time now() const override { return m_now; }
  nanoseconds monotonic() const override { return m_now.time_since_epoch(); }

 private:
  Time m_now{std::chrono::seconds{1'755'684'000}};
};

// Signals that came before the command began, or never.
class TestSignals final : public StopSignals {
 public:
  explicit TestSignals(std::optional<int> received = std::nullopt) : m_received(received) {
    if (received) {
      m_stop.request_stop();
    }
  }
  std::stop_token watch() override { return m_stop.get_token(); }
  std::optional<int> received() const override { return m_received; }

 private:
  std::optional<int> m_received;
  std::stop_source m_stop;
};

inline std::vector<std::string> entries_of(const Environment& environment) {
  std::vector<std::string> entries;
  for (const auto& [name, value] : environment.all()) {
    entries.push_back(name + "=" + value);
  }
  return entries;
}

// What a run finds around it.
struct Surroundings {
  std::map<std::string, std::string, std::less<>> variables = {};
  std::string input = {};
  terminal::StreamFacts err_facts = {};
  std::optional<int> interrupted_by = std::nullopt;
  BuildOrigin origin = {};
  terminal::StreamFacts in_facts = {};
};

// Runs otelctl in-process: a command line in, what it printed and its exit status out.
class TestRun {
 public:
  explicit TestRun(const std::vector<std::string>& args,
                   std::map<std::string, std::string, std::less<>> variables = {},
                   const std::string& input = {})
      : TestRun(Surroundings{std::move(variables), input, {}, std::nullopt, {}}, args) {}

  TestRun(Surroundings surroundings, const std::vector<std::string>& args)
      : m_in(surroundings.input),
        m_environment(std::move(surroundings.variables)),
        m_signals(surroundings.interrupted_by) {
    Context context({.in = m_in,
                     .out = m_out,
                     .err = m_err,
                     .out_facts = {},
                     .err_facts = surroundings.err_facts,
                     .in_facts = surroundings.in_facts,
                     .environment = m_environment,
                     .clock = m_clock,
                     .random = m_random,
                     .signals = m_signals,
                     .start = {.environment = entries_of(m_environment)},
                     .origin = surroundings.origin});
    m_status = run_app(args, context);
  }

  int status() const { return m_status; }
  std::string out() const { return m_out.str(); }
  std::string err() const { return m_err.str(); }

 private:
  std::istringstream m_in;
  std::ostringstream m_out;
  std::ostringstream m_err;
  Environment m_environment;
  SystemClock m_clock;
  SeededRandom m_random{7};
  TestSignals m_signals;
  int m_status = 0;
};

}  // namespace otelctl::test
