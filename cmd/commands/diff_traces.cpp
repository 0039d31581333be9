// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/trace_source.hpp"
#include "report/trace_diff.hpp"
#include "settings/query_settings.hpp"
#include "trace/diff.hpp"
#include "trace/diff_limits.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Compares two traces by their structure: a span of A and one of B are the same when services, names and
kinds are the same from the root down, and their numbers among siblings that are equal in these. It
shows what was added, what was removed, and what takes longer, takes less or fails now, new errors and
the biggest change first.

A and B are each named as for show-trace: an id, 'last', 'last~1', a traceparent, a URL, which also
names its backend, or a file or '-', of which all traces are taken. Or they are a set of traces,
KEY=VALUE with commas between (a file that is called so is ./KEY=VALUE): the keys are service,
operation, tag (KEY=VALUE), errors, since, until, last, min-duration and max-duration, which mean what
show-traces means by them; 'last' is 20 unless given, and a comma within a value is written '\,'. Sets
are compared by the median of each span; what less than half of a set's traces have does not count as
there.

--fail-on makes the exit status 1: added, removed, error (a failure that is new, or twice as frequent)
and slower=PERCENT, several with commas between them. Slower counts where at least three traces of a
set have the span, and not what is less than a thousandth of the whole trace's time.
)";

constexpr std::string_view k_examples = R"(
What changed from the trace before the last one
otelctl diff-traces last~1 last
In CI: the traces of a pull request against those of main
otelctl diff-traces tag=ci=main tag=ci=pr --fail-on added,error,slower=20%
What was recorded before a change, against the traces of the last hour
otelctl diff-traces before.otlp.jsonl service=shop
The last hour against the one before, as a comment for a review
otelctl diff-traces service=shop,until=1h service=shop --format markdown
)";

constexpr std::size_t k_most_ids = 10;

// One side of the comparison with its spans.
struct Side {
  report::DiffOrigin origin;
  std::vector<trace::Trace> traces;
};

// The kinds of difference that --fail-on knows.
void limits(ValueRequest& request) {
  request.add("added", "a span that was not there");
  request.add("removed", "a span that is not there any more");
  request.add("error", "a span that failed and did not before");
  request.add("slower=", "a percentage, as in slower=20%");
}

class DiffTraces final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("A", m_a, "The trace, or the set of traces, to compare with",
                       Options::Required::yes);
    options.completes("A", values::traces_or_files);
    options.positional("B", m_b, "The trace or set that is judged", Options::Required::yes);
    options.completes("B", values::traces_or_files);
    options.parsed("--fail-on", "WHAT,...", "Exit with 1 on: added, removed, error, slower=PERCENT",
                   [this](std::string_view text) -> Result<void> {
                     auto limits = trace::parse_diff_limits(text);
                     if (!limits) {
                       return fail(std::move(limits).error());
                     }
                     m_limits = *limits;
                     m_limits_text = text;
                     return {};
                   });
    options.completes("--fail-on", limits);
    declare_query(options, m_flags);
    declare_output(options, m_output, {"text", "json", "markdown"});
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (m_a == "-" && m_b == "-") {
      return fail(ErrorKind::usage, "A and B are both standard input",
                  "standard input can be read once: name a file for one of them");
    }
    report::TraceDiffReport report;
    auto a = fetch(m_a, report.notes, context);
    if (!a) {
      return fail(std::move(a).error().within("A"));
    }
    auto b = fetch(m_b, report.notes, context);
    if (!b) {
      return fail(std::move(b).error().within("B"));
    }
    report.diff = trace::diff(a->traces, b->traces);
    report.a = std::move(a->origin);
    report.b = std::move(b->origin);
    report.limits = m_limits_text;
    report.breaches = trace::breaches(report.diff, m_limits);
    note_samples(report);
    const Exit exit = report.breaches.empty() ? Exit::ok : Exit::failed;
    if (auto written = write(report, exit, context); !written) {
      return fail(std::move(written).error());
    }
    return exit;
  }

 private:
  Result<Side> fetch(const std::string& reference, std::vector<std::string>& notes,
                     Context& context) const {
    auto set = fetch_traces(reference, m_flags, context);
    if (!set) {
      return fail(std::move(set).error());
    }
    Side side;
    side.origin.reference = reference;
    side.origin.backend = std::move(set->backend);
    side.traces = std::move(set->traces);
    for (const trace::Trace& trace : side.traces) {
      if (side.origin.trace_ids.size() < k_most_ids) {
        side.origin.trace_ids.push_back(to_hex(trace.id));
      }
    }
    notes.insert(notes.end(), set->notes.begin(), set->notes.end());
    return side;
  }

  static void note_samples(report::TraceDiffReport& report) {
    const std::size_t a = report.diff.a.samples;
    const std::size_t b = report.diff.b.samples;
    if ((a > 1 || b > 1) && std::min(a, b) < trace::k_enough_samples) {
      report.notes.push_back(fmt::format("A has {} and B has {}: a median of so few says little",
                                         counted(a, "trace"), counted(b, "trace")));
    }
    if (report.diff.rare > 0) {
      report.notes.push_back(
          fmt::format("{} left out that less than half of either side's traces have",
                      counted(report.diff.rare, "place")));
    }
  }

  Result<void> write(const report::TraceDiffReport& report, Exit exit, Context& context) const {
    if (m_output.format == "text") {
      for (const std::string& note : report.notes) {
        context.note(note);
      }
    }
    return context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.is_json()) {
        report::write_trace_diff_json(out, report, static_cast<int>(exit));
      } else if (m_output.format == "markdown") {
        report::write_trace_diff_markdown(out, report);
      } else {
        report::write_trace_diff_text(out, report, context.out_terminal(m_output));
      }
    });
  }

  settings::QueryFlags m_flags;
  OutputOptions m_output;
  std::string m_a;
  std::string m_b;
  trace::DiffLimits m_limits;
  std::string m_limits_text;
};

}  // namespace

CommandSpec diff_traces_command() {
  return {"diff-traces", topic::k_read, "Compare two traces, or two sets of traces",
          k_description, k_examples,    make_command<DiffTraces>};
}

}  // namespace otelctl
