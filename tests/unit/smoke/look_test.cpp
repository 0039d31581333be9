// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/look.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/support/scripted_backend.hpp"
#include "tests/unit/smoke/canary_support.hpp"

using namespace otelctl;
using smoke::look_for;
using test::not_there;

namespace {

// Time passes only where it is waited for.
class StepClock final : public Clock {
 public:
  Time now() const override { return Time{m_time}; }
  nanoseconds monotonic() const override { return m_time; }
  void pass(nanoseconds time) { m_time += time; }

 private:
  nanoseconds m_time{};
};

struct Looking {
  test::ScriptedBackend backend;
  StepClock clock;
  SeededRandom random{1};
  std::vector<nanoseconds> pauses;
  std::size_t interrupted_at = SIZE_MAX;

  Result<smoke::Sighting> look(const smoke::Canary& canary,
                               nanoseconds within = std::chrono::seconds(30)) {
    return look_for(backend, canary.trace, {within, clock, random, [&](nanoseconds time) {
                                              pauses.push_back(time);
                                              clock.pass(time);
                                              return pauses.size() < interrupted_at;
                                            }});
  }
};

trace::Trace part_of(const smoke::Canary& canary) {
  return test::without(canary,
                       [](const auto& span) { return span.at("name") == "otelctl canary call"; });
}

}  // namespace

TEST_CASE("a trace is looked for until all of it is there") {
  const smoke::Canary canary = test::canary();
  Looking looking;
  looking.backend.answers = {not_there(), part_of(canary), canary.trace};
  const auto found = looking.look(canary);
  REQUIRE(found);
  CHECK(found->is_whole);
  CHECK(found->attempts == 3);
  CHECK(found->waited == looking.pauses[0] + looking.pauses[1]);
}

TEST_CASE("pauses grow to a second and are never all the same") {
  const smoke::Canary canary = test::canary();
  Looking looking;
  looking.backend.answers = {not_there()};
  const auto found = looking.look(canary, std::chrono::seconds(30));
  REQUIRE(found);
  CHECK_FALSE(found->trace.has_value());
  CHECK(found->waited == std::chrono::seconds(30));
  CHECK(looking.pauses.front() < std::chrono::milliseconds(76));
  for (const nanoseconds pause : looking.pauses) {
    CHECK(pause <= std::chrono::milliseconds(1500));
  }
  CHECK(looking.pauses.size() > 20);
  CHECK(looking.pauses.size() < 60);
}

TEST_CASE("the last answer counts when the time is over, and part of a trace is no whole one") {
  const smoke::Canary canary = test::canary();
  Looking looking;
  looking.backend.answers = {not_there(), part_of(canary)};
  const auto found = looking.look(canary, std::chrono::seconds(2));
  REQUIRE(found);
  CHECK_FALSE(found->is_whole);
  REQUIRE(found->trace);
  CHECK(found->trace->spans.size() == canary.trace.spans.size() - 1);
}

TEST_CASE("a question that fails is no answer") {
  const smoke::Canary canary = test::canary();
  Looking refused;
  refused.backend.answers = {not_there(), fail(ErrorKind::refused, "401")};
  CHECK(refused.look(canary).error().kind == ErrorKind::refused);
  CHECK(refused.backend.questions == 2);
  Looking gone;
  gone.backend.answers = {not_there(), fail(ErrorKind::unreachable, "503")};
  CHECK(gone.look(canary).error().kind == ErrorKind::unreachable);
  CHECK(gone.backend.questions == 4);
  Looking passing;
  passing.backend.answers = {fail(ErrorKind::unreachable, "503"),
                             fail(ErrorKind::unreachable, "503"), not_there(), canary.trace};
  REQUIRE(passing.look(canary));
}

TEST_CASE("who is interrupted stops looking") {
  const smoke::Canary canary = test::canary();
  Looking looking;
  looking.backend.answers = {not_there()};
  looking.interrupted_at = 2;
  const auto found = looking.look(canary);
  REQUIRE_FALSE(found);
  CHECK(found.error().kind == ErrorKind::interrupted);
  CHECK(looking.backend.questions == 2);
}
