// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/progress.hpp"

#include <algorithm>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "cmd/status_line.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using namespace std::chrono_literals;

namespace {

// What stderr shows: of each line what was written last in each column.
std::string screen_of(const std::string& written) {
  std::string screen;
  std::string line;
  std::size_t column = 0;
  for (const char sign : written) {
    if (sign == '\r') {
      column = 0;
    } else if (sign == '\n') {
      screen += line + '\n';
      line.clear();
      column = 0;
    } else {
      line.resize(std::max(line.size(), column + 1), ' ');
      line[column++] = sign;
    }
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return screen + line;
}

struct Surrounded {
  explicit Surrounded(terminal::StreamFacts facts, bool is_quiet = false) : err_facts(facts) {
    GlobalOptions global;
    global.is_quiet = is_quiet;
    context.set_global(global);
  }

  terminal::StreamFacts err_facts;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Environment environment;
  test::FixedClock clock;
  SeededRandom random{1};
  test::TestSignals signals;
  Context context{{.in = in,
                   .out = out,
                   .err = err,
                   .out_facts = {},
                   .err_facts = err_facts,
                   .environment = environment,
                   .clock = clock,
                   .random = random,
                   .signals = signals}};
};

const synth::SendProgress k_one{
    .elapsed = 1s, .generated = 9'999'000, .accepted = 9'000'000, .in_flight = 999'000};
const synth::SendProgress k_two{.elapsed = 2s, .generated = 9'999'001, .accepted = 9'999'001};

}  // namespace

TEST_CASE("one line is drawn anew in place, within the terminal's width, and gone in the end") {
  Surrounded world({.is_terminal = true, .columns = 60});
  {
    Progress progress(Signal::traces, world.context);
    progress.show(k_one);
    CHECK(screen_of(world.err.str()) == "1s  10.0M spans/s  9.00M accepted, 0 rejected, 0 failed");
    progress.show(k_two);
    CHECK(screen_of(world.err.str()) == "2s  1 spans/s  10.0M accepted, 0 rejected, 0 failed");
  }
  CHECK(screen_of(world.err.str()) == "");
}

TEST_CASE("a note stands on a line of its own, and the progress goes on below") {
  Surrounded world({.is_terminal = true, .columns = 30});
  Progress progress(Signal::logs, world.context);
  progress.show(k_one);
  progress.note("trying again");
  progress.show(k_two);
  CHECK(screen_of(world.err.str()) == "otelctl: note: trying again\n2s  1 log records/s");
}

TEST_CASE("nothing was shown, nothing is erased") {
  Surrounded world({.is_terminal = true});
  { const Progress progress(Signal::traces, world.context); }
  CHECK(world.err.str() == "");
}

TEST_CASE("progress is wanted at a terminal by who is not quiet") {
  Surrounded terminal({.is_terminal = true});
  CHECK(StatusLine::is_wanted(terminal.context));
  Surrounded pipe({.is_terminal = false});
  CHECK_FALSE(StatusLine::is_wanted(pipe.context));
  Surrounded quiet({.is_terminal = true}, true);
  CHECK_FALSE(StatusLine::is_wanted(quiet.context));
}
