// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/time.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/tags.hpp"
#include "cmd/trace_source.hpp"
#include "query/backend.hpp"
#include "query/empty_answer.hpp"
#include "query/follow.hpp"
#include "query/last.hpp"
#include "report/traces.hpp"
#include "settings/query_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Lists the last traces over all services, the newest first, from Jaeger, Tempo or Zipkin. It works
where the backend's own search wants a service named, and where it gives just any traces of the time
asked for.

--operation and --tag speak of one span: a trace matches when one of its spans has all of it, and
belongs to the service, where --service is given. --min-duration and --max-duration speak of the whole
trace. --sort takes the greatest of all traces in the time asked for, not of the last ones.

With --backend FILE, or - for standard input, it lists the traces of a file: OTLP JSON (also JSON
lines), OTLP protobuf, Jaeger JSON or Zipkin JSON, told apart by content; then the time has no bounds
but those that are given.

Nothing found is no error: the status is 0 and standard error says why. --require makes it one.

--follow goes on with each new trace, once, when its spans have all come as far as can be told. It
ends with Ctrl-C (status 130), after the time of --for (0), or when as many as --require says were
shown (0; where --for ends it before, 6). While the backend does not answer it asks again, more and
more rarely. Its formats are text, jsonl, csv and ids, a line at a time.
)";

constexpr std::string_view k_examples = R"(
The last ten traces
otelctl show-traces
Failed requests of one service within the last day
otelctl show-traces --service checkout --errors --since 1d
The slowest traces of the last hour
otelctl show-traces --sort duration --last 5
What is in a file that the Collector wrote
otelctl show-traces --backend traces.jsonl
The last traces in Tempo, of one tenant
otelctl show-traces --backend http://tempo:3200 --tenant team-a
In CI: fail when fewer than three traces of this run are there
otelctl show-traces --tag workflow.id="$RUN_ID" --require 3 --format ids
Failed traces as they come, for another program
otelctl show-traces --follow --errors --format jsonl | jq --unbuffered .trace_id
Wait at most a minute for the first trace of this run
otelctl show-traces --follow --tag run.id="$RUN_ID" --require 1 --for 1m
)";

constexpr std::chrono::hours k_standard_since{1};
constexpr std::chrono::seconds k_standard_interval{2};
constexpr std::chrono::milliseconds k_shortest_interval{100};

std::optional<query::Order> parse_order(const std::string& name) {
  return name == "start"      ? std::optional(query::Order::start)
         : name == "duration" ? std::optional(query::Order::duration)
         : name == "spans"    ? std::optional(query::Order::spans)
         : name == "errors"   ? std::optional(query::Order::errors)
                              : std::nullopt;
}

// Shows on standard output what query::follow finds.
class OutputFollower final : public query::Follower {
 public:
  OutputFollower(Context& context, const OutputOptions& output)
      : m_context(context),
        m_stop(context.signals().watch_briefly()),
        m_rows(output.format, context.out_terminal(output)) {}

  // In steps, because a reader that goes away is not announced.
  bool wait(nanoseconds time) override {
    constexpr nanoseconds k_step = std::chrono::milliseconds(200);
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any stopped;
    while (time > nanoseconds{0} && goes_on()) {
      const nanoseconds step = std::min(time, k_step);
      stopped.wait_for(lock, m_stop, step, [] { return false; });
      time -= step;
    }
    return goes_on();
  }

  void show(const std::vector<trace::Summary>& traces) override {
    m_rows.write(m_context.out(), traces);
    m_context.out().flush();
  }

  void note(std::string_view text) override { m_context.note(text); }

 private:
  bool goes_on() {
    return !m_stop.stop_requested() && !m_context.is_out_closed() && m_context.out().good();
  }

  Context& m_context;
  std::stop_token m_stop;
  report::TraceRows m_rows;
};

class ShowTraces final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("Selection");
    options.count("--last", m_query.count, "N", "How many traces to show (default: 10)", 1);
    options.value("--since", m_since, "TIME",
                  "Not before: RFC 3339, or a duration ago (default: 1h; of a file, all)");
    options.value("--until", m_until, "TIME", "Not after (default: now)");
    options.values("--service", m_query.services, "NAME",
                   "Traces in which this service takes part; repeatable: any of them");
    options.completes("--service", values::services);
    options.value("--operation", m_query.filter.operation, "NAME",
                  "Traces with a span of exactly this name");
    options.completes("--operation", values::operations);
    options.values("--tag", m_tags, "KEY=VALUE",
                   "Traces with a span that has this attribute; repeatable: all of them");
    options.completes("--tag", values::tags);
    options.flag("--errors", m_query.filter.must_have_failed, "Traces with a failed span");
    options.duration("--min-duration", m_query.min_duration, "Traces that took at least this long");
    options.duration("--max-duration", m_query.max_duration, "Traces that took at most this long");
    options.choice("--sort", m_sort, {"start", "duration", "spans", "errors"},
                   "What is greatest comes first (default: start, the newest)");
    options.count("--require", m_required, "N", "Exit with 6 when fewer are found", 1);
    options.heading("Following");
    options.flag("--follow", m_follows, "Then show new traces as they come");
    options.duration("--interval", m_interval, "How often to ask for them (default: 2s)");
    options.duration("--for", m_time_limit, "End after this time");
    declare_query(options, m_flags);
    declare_output(options, m_output, {"text", "json", "jsonl", "csv", "markdown", "ids"});
    declare_width(options, m_output);
    declare_pager(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    const Time now = context.clock().now();
    if (auto prepared = prepare(now); !prepared) {
      return fail(std::move(prepared).error());
    }
    auto backend = open_backend(m_flags, context);
    if (!backend) {
      return fail(std::move(backend).error());
    }
    if (m_follows) {
      if ((*backend)->is_archive()) {
        return fail(ErrorKind::usage, "--follow needs a server, not a file",
                    "give the URL of a query API with --backend, or leave --follow out");
      }
      return follow(**backend, context);
    }
    if ((*backend)->is_archive() && !m_since) {
      m_query.since = Time{};
      m_query.until = m_until ? m_query.until : Time::max();
    }
    auto last = query::find_last(**backend, m_query);
    if (!last) {
      return fail(std::move(last).error());
    }
    auto info = (*backend)->probe();
    if (!info) {
      return fail(std::move(info).error());
    }
    report::TraceList list{std::move(*info), last->is_truncated, std::move(last->notes),
                           std::move(last->traces)};
    std::optional<query::EmptyAnswer> empty;
    if (list.traces.empty()) {
      empty = query::explain_empty(**backend, m_query);
      list.notes.push_back(empty->reason);
    }
    if (auto written = write(list, context); !written) {
      return fail(std::move(written).error());
    }
    return verdict(list, empty, context);
  }

 private:
  Result<void> prepare(Time now) {
    m_query.now = now;
    m_query.since = now - k_standard_since;
    m_query.order = parse_order(m_sort).value_or(query::Order::start);
    if (m_since) {
      auto since = parse_time(*m_since, now);
      if (!since) {
        return fail(std::move(since).error().within("--since"));
      }
      m_query.since = *since;
    }
    if (m_until) {
      auto until = parse_time(*m_until, now);
      if (!until) {
        return fail(std::move(until).error().within("--until"));
      }
      m_query.until = *until;
      if (!m_since) {
        m_query.since = *until - k_standard_since;
      }
    }
    if (m_query.since >= m_query.end()) {
      return fail(ErrorKind::usage, "--since is not before --until",
                  "a duration counts back from now: --since 2h --until 1h");
    }
    if (m_query.min_duration && m_query.max_duration &&
        *m_query.min_duration > *m_query.max_duration) {
      return fail(ErrorKind::usage, "--min-duration is longer than --max-duration",
                  "no trace can be both");
    }
    if (auto checked = check_following(); !checked) {
      return checked;
    }
    auto tags = parse_tags(m_tags);
    if (!tags) {
      return fail(std::move(tags).error());
    }
    m_query.filter.tags = std::move(*tags);
    return {};
  }

  Result<void> check_following() const {
    if (!m_follows) {
      if (m_interval || m_time_limit) {
        return fail(ErrorKind::usage,
                    fmt::format("{} is for --follow", m_interval ? "--interval" : "--for"),
                    "give --follow too, or leave it out");
      }
      return {};
    }
    if (m_output.format == "json" || m_output.format == "markdown") {
      return fail(
          ErrorKind::usage,
          fmt::format("--format {} is one document, and --follow never ends one", m_output.format),
          "use --format jsonl: a JSON object a line");
    }
    if (m_output.file) {
      return fail(ErrorKind::usage, "--follow does not write to a file of -o",
                  "that is written when all is known; redirect standard output: > FILE");
    }
    if (m_query.order != query::Order::start || m_until) {
      return fail(ErrorKind::usage,
                  fmt::format("--follow and {} exclude each other", m_until ? "--until" : "--sort"),
                  "new traces are shown in the order in which they come");
    }
    if (m_interval && *m_interval < k_shortest_interval) {
      return fail(ErrorKind::usage, "--interval is too short", "give 100ms or more");
    }
    return {};
  }

  Result<Exit> follow(query::Backend& backend, Context& context) const {
    query::FollowOptions options;
    options.query = m_query;
    options.interval = m_interval.value_or(k_standard_interval);
    options.time_limit = m_time_limit;
    options.enough = m_required;
    OutputFollower follower(context, m_output);
    const auto end = query::follow(backend, options, context.clock(), follower);
    if (!end) {
      return fail(end.error());
    }
    if (const auto signal = context.signals().received()) {
      return exit_of_signal(*signal);
    }
    if (end->reason == query::FollowEnd::Reason::time_is_over && m_required &&
        end->shown < *m_required) {
      return fail(ErrorKind::not_seen, fmt::format("{} seen, {} required", end->shown, *m_required),
                  "give it longer with --for, or see what 'otelctl show-traces' says without "
                  "--follow");
    }
    return Exit::ok;
  }
  Result<void> write(const report::TraceList& list, Context& context) const {
    return context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.format == "json") {
        report::write_traces_json(out, list);
      } else if (m_output.format == "jsonl") {
        report::write_traces_jsonl(out, list.traces);
      } else if (m_output.format == "csv") {
        report::write_traces_csv(out, list);
      } else if (m_output.format == "markdown") {
        report::write_traces_markdown(out, list);
      } else if (m_output.format == "ids") {
        report::write_traces_ids(out, list.traces);
      } else {
        report::write_traces_text(out, list, m_query.now, context.out_terminal(m_output));
      }
    });
  }

  Result<Exit> verdict(const report::TraceList& list,
                       const std::optional<query::EmptyAnswer>& empty, Context& context) const {
    // In the JSON they stand already.
    for (const std::string& note : list.notes) {
      if (!m_output.is_json() && !(empty && note == empty->reason)) {
        context.note(note);
      }
    }
    if (m_required && list.traces.size() < *m_required) {
      return fail(ErrorKind::not_seen,
                  empty ? empty->reason
                        : fmt::format("{} found, {} required", list.traces.size(), *m_required),
                  empty ? empty->hint : "look further back with --since, or wait for more");
    }
    if (empty) {
      context.note(empty->hint.empty() ? empty->reason
                                       : fmt::format("{}; {}", empty->reason, empty->hint));
    }
    return Exit::ok;
  }

  settings::QueryFlags m_flags;
  OutputOptions m_output;
  query::LastQuery m_query;
  std::optional<std::string> m_since;
  std::optional<std::string> m_until;
  std::vector<std::string> m_tags;
  std::string m_sort = "start";
  std::optional<std::uint64_t> m_required;
  bool m_follows = false;
  std::optional<nanoseconds> m_interval;
  std::optional<nanoseconds> m_time_limit;
};

}  // namespace

CommandSpec show_traces_command() {
  return {"show-traces", topic::k_read, "List the last traces over all services",
          k_description, k_examples,    make_command<ShowTraces>};
}

}  // namespace otelctl
