// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/follow.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/memory_backend.hpp"

using namespace otelctl;
using namespace otelctl::query;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::k_now;
using test::make_summary;
using test::MemoryBackend;

namespace {

using Numbers = std::vector<unsigned>;

class MovedClock final : public Clock {
 public:
  Time now() const override { return m_now; }
  nanoseconds monotonic() const override { return m_now.time_since_epoch(); }
  void move(nanoseconds by) { m_now += by; }

 private:
  Time m_now = k_now;
};

// Waits in no time, and lets things happen at the first waits.
class Watcher final : public Follower {
 public:
  MovedClock clock;
  std::vector<std::function<void()>> happenings;  // each in one wait; none left ends it
  std::vector<Numbers> shown;
  std::vector<std::string> notes;
  std::vector<nanoseconds> waits;

  bool wait(nanoseconds time) override {
    clock.move(time);
    waits.push_back(time);
    if (waits.size() > happenings.size()) {
      return false;
    }
    happenings[waits.size() - 1]();
    return true;
  }
  void show(const std::vector<trace::Summary>& traces) override {
    Numbers numbers;
    for (const trace::Summary& summary : traces) {
      numbers.push_back(summary.id.bytes[14] * 256U + summary.id.bytes[15]);
    }
    shown.push_back(numbers);
  }
  void note(std::string_view text) override { notes.emplace_back(text); }
};

void nothing() {}

// A memory backend that can be made to fail.
class Moody final : public Backend {
 public:
  MemoryBackend memory;
  bool fails = false;

  Result<BackendInfo> probe() override { return memory.probe(); }
  bool ships_whole_traces() const override { return memory.ships_whole_traces(); }
  Result<std::vector<std::string>> services() override { return memory.services(); }
  Result<std::vector<std::string>> operations(const std::string& service) override {
    return memory.operations(service);
  }
  Result<SearchAnswer> search(const Search& search) override {
    if (fails) {
      return fail(ErrorKind::unreachable, "nobody there");
    }
    return memory.search(search);
  }
  Result<trace::Trace> trace(const TraceId& id) override { return memory.trace(id); }
};

FollowOptions options(std::size_t count = 10) {
  FollowOptions options;
  options.query.count = count;
  options.query.now = k_now;
  options.query.since = k_now - hours(1);
  return options;
}

FollowEnd run(Backend& backend, const FollowOptions& options, Watcher& watcher) {
  const auto end = follow(backend, options, watcher.clock, watcher);
  REQUIRE(end.has_value());
  return *end;
}

// Begins `age` before the time that the clock shows.
trace::Summary now_begun(const Watcher& watcher, unsigned number, nanoseconds age = seconds(0)) {
  return make_summary(number, k_now - watcher.clock.now() + age);
}

}  // namespace

TEST_CASE(
    "the last ones come first, the oldest of them before the others, and then new ones once") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(3)), make_summary(2, minutes(1)),
                    make_summary(3, minutes(2))};
  Watcher watcher;
  watcher.happenings = {
      [&] { backend.traces.push_back(now_begun(watcher, 4, seconds(4))); }, nothing,
      [&] { backend.traces.push_back(now_begun(watcher, 5, seconds(4))); }, nothing};
  const FollowEnd end = run(backend, options(2), watcher);
  CHECK(watcher.shown == std::vector<Numbers>{{3, 2}, {4}, {5}});
  CHECK(end.reason == FollowEnd::Reason::stopped);
  CHECK(end.shown == 4);
  CHECK(watcher.waits == std::vector<nanoseconds>(5, seconds(2)));
  CHECK(watcher.notes.empty());
}

TEST_CASE("a trace that grows is shown when it is quiet") {
  MemoryBackend backend;
  Watcher watcher;
  // Its clock is ahead, so that only its spans tell.
  const auto grow = [&] { backend.traces.front().span_count += 1; };
  watcher.happenings = {[&] { backend.traces.push_back(now_begun(watcher, 1, -minutes(2))); }, grow,
                        grow, nothing};
  run(backend, options(), watcher);
  CHECK(watcher.shown == std::vector<Numbers>{{1}});
  // In the wait after the one in which it grew no more.
  CHECK(watcher.waits.size() == 5);
  watcher = Watcher();
  backend.traces.clear();
  watcher.happenings = {[&] { backend.traces.push_back(now_begun(watcher, 1, -minutes(2))); }, grow,
                        grow};
  run(backend, options(), watcher);
  CHECK(watcher.shown.empty());
}

TEST_CASE("a trace that the store forgot while it was expected to grow is shown") {
  MemoryBackend backend;
  Watcher watcher;
  watcher.happenings = {[&] { backend.traces.push_back(now_begun(watcher, 1)); },
                        [&] { backend.traces.clear(); }};
  run(backend, options(), watcher);
  CHECK(watcher.shown == std::vector<Numbers>{{1}});
}

TEST_CASE("a trace that arrives late is shown, one of before is not news") {
  MemoryBackend backend;
  for (unsigned number = 1; number <= 30; ++number) {
    backend.traces.push_back(make_summary(number, seconds(number + 5)));
  }
  Watcher watcher;
  watcher.happenings = {[&] { backend.traces.push_back(now_begun(watcher, 100, minutes(1))); },
                        nothing};
  run(backend, options(3), watcher);
  CHECK(watcher.shown == std::vector<Numbers>{{3, 2, 1}, {100}});
}

TEST_CASE("--for ends it, and shows what was still expected to grow") {
  MemoryBackend backend;
  Watcher watcher;
  watcher.happenings = std::vector<std::function<void()>>(10, nothing);
  watcher.happenings[1] = [&] { backend.traces.push_back(now_begun(watcher, 1)); };
  FollowOptions limited = options();
  limited.time_limit = seconds(4);
  const FollowEnd end = run(backend, limited, watcher);
  CHECK(end.reason == FollowEnd::Reason::time_is_over);
  CHECK(watcher.shown == std::vector<Numbers>{{1}});
  CHECK(watcher.waits.size() == 2);
}

TEST_CASE("it ends when enough were shown, the first ones included") {
  MemoryBackend backend;
  backend.traces = {make_summary(1, minutes(1))};
  Watcher watcher;
  watcher.happenings = std::vector<std::function<void()>>(10, nothing);
  watcher.happenings[2] = [&] { backend.traces.push_back(now_begun(watcher, 2, seconds(9))); };
  FollowOptions enough = options();
  enough.enough = 2;
  const FollowEnd end = run(backend, enough, watcher);
  CHECK(end.reason == FollowEnd::Reason::enough);
  CHECK(end.shown == 2);
  CHECK(watcher.waits.size() == 3);
}

TEST_CASE("a backend that does not answer is asked more and more rarely, with two notes") {
  Moody backend;
  Watcher watcher;
  watcher.happenings = std::vector<std::function<void()>>(9, nothing);
  watcher.happenings[0] = [&] { backend.fails = true; };
  watcher.happenings[6] = [&] {
    backend.fails = false;
    backend.memory.traces.push_back(now_begun(watcher, 1, seconds(4)));
  };
  run(backend, options(), watcher);
  CHECK(watcher.waits == std::vector<nanoseconds>{seconds(2), seconds(2), seconds(4), seconds(8),
                                                  seconds(16), seconds(30), seconds(30), seconds(2),
                                                  seconds(2), seconds(2)});
  CHECK(watcher.notes == std::vector<std::string>{"nobody there: asking again until it answers",
                                                  "the backend answers again"});
  CHECK(watcher.shown == std::vector<Numbers>{{1}});
}

TEST_CASE("a first question that fails ends it, and so does a time that is over before an answer") {
  Moody backend;
  backend.fails = true;
  Watcher watcher;
  const auto failed = follow(backend, options(), watcher.clock, watcher);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().kind == ErrorKind::unreachable);
  backend.fails = false;
  watcher.happenings = {[&] { backend.fails = true; }, nothing, nothing, nothing};
  FollowOptions limited = options();
  limited.time_limit = seconds(5);
  CHECK_FALSE(follow(backend, limited, watcher.clock, watcher).has_value());
}

TEST_CASE("each question is one search where the first told how the backend is asked") {
  MemoryBackend backend;
  Watcher watcher;
  watcher.happenings = std::vector<std::function<void()>>(5, nothing);
  SUBCASE("over all services") {
    backend.traces = {make_summary(1, minutes(59), {"a", "b", "c"})};
    run(backend, options(), watcher);
    CHECK(
        std::vector<std::string>(backend.asked_services.end() - 5, backend.asked_services.end()) ==
        std::vector<std::string>(5, ""));
  }
  SUBCASE("for each service") {
    backend.needs_service = true;
    backend.traces = {make_summary(1, minutes(59), {"a", "b"})};
    run(backend, options(), watcher);
    CHECK(
        std::vector<std::string>(backend.asked_services.end() - 4, backend.asked_services.end()) ==
        std::vector<std::string>{"a", "b", "a", "b"});
  }
}

TEST_CASE("more traces than can be looked at are said once") {
  MemoryBackend backend;
  backend.gives_whole_traces = true;
  Watcher watcher;
  const auto flood = [&] {
    for (unsigned number = 0; number < 400; ++number) {
      backend.traces.push_back(
          now_begun(watcher, static_cast<unsigned>(backend.traces.size() + 1), seconds(5)));
    }
  };
  watcher.happenings = {flood, flood, nothing};
  run(backend, options(), watcher);
  REQUIRE(watcher.notes.size() == 1);
  CHECK(watcher.notes[0].starts_with("more traces come than can be looked at"));
}
