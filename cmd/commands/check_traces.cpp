// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "check/draft.hpp"
#include "check/flags.hpp"
#include "check/run.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/expectations_source.hpp"
#include "cmd/options.hpp"
#include "cmd/pause.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/status_line.hpp"
#include "cmd/tags.hpp"
#include "cmd/trace_source.hpp"
#include "query/trace_reference.hpp"
#include "report/checks.hpp"
#include "settings/query_settings.hpp"
#include "trace/analysis.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Waits for a trace until it is complete and has settled, then checks it against what is expected: by
options, or by files (-f), which can say much more. A failed expectation ends with 1; what keeps it
from being judged never does: 3 not reachable, 4 refused, 5 not understood, 6 not seen in time, or
never complete. --min-spans and --services say what complete means.

It looks after 0.5s, then 1.5 times as long up to 3s, until --timeout, also while the backend cannot
be reached yet. A verdict counts once the trace has not changed for --settle. A file or '-' as
backend is looked at once. Of several traces the newest that is complete is taken; --which any passes
with one of the 50 newest, --which all wants all of them as expected.

A file of expectations:
  version: 1
  defaults: {timeout: 45s, settle: 2s}        # also allow_partial: true
  expect:
    - name: order is traced end to end
      find: {service: checkout, operation: "POST /orders", since: 5m,
             tags: {workflow.id: "${WORKFLOW_ID}"}, which: newest}
      # or trace_id: "${TRACE_ID}"
      trace: {spans: ">=5", services: [checkout, payment], max_duration: 2s,
              errors: 0, orphans: 0, roots: 1, max_depth: 20}
      spans:
        - match: {name: SELECT*, service: payment, kind: client}
          count: ">=1 <=9"                    # default: at least one
          each: {max_duration: 100ms, status: [unset, ok]}
          attributes: {db.system: postgresql, db.statement: present}
          events: [{name: exception, count: 0}]
      tree: |                                 # other spans may stand between,
        POST /orders @checkout                # unless strict: true
          POST /charge @payment
      golden: order.golden                    # --update-golden writes it
      ignore: ["resource:host.*"]             # attributes that are not compared

Texts are exact, a glob (* and ?), or /a regular expression/ of RE2; == in front takes a text as it
is. Counts, durations and numbers take ==, !=, >, >=, <, <=; a list is any of its items. The number 1
and the text "1" are different values of an attribute. ${NAME} is a variable, $$ a dollar sign. The
tree lists spans of a level by their start, the first level being the roots.
)";

constexpr std::string_view k_examples = R"(
After a test: its trace has the spans of both services and no failure
otelctl check-traces --trace-id "$ID" --services shop,bank --max-errors 0
What a good trace looks like, as a file to start from
otelctl check-traces --from-trace last -o order.yaml
The same in CI, with a report that it reads
otelctl check-traces -f order.yaml --tag run.id="$RUN" --format junit -o c.xml
)";

class CheckTraces final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("Expectations");
    options.values("-f,--file", m_files, "FILE",
                   "Expectations to check, '-' for standard input; repeatable");
    options.completes("--file", values::yaml_files);
    options.count("--min-spans", m_flags.min_spans, "N", "At least so many spans make it complete",
                  1);
    options.values("--services", m_flags.services, "A,B",
                   "All of these services make it complete; repeatable");
    options.completes("--services", values::services);
    options.duration("--max-duration", m_flags.max_duration, "The trace takes at most this long");
    options.count("--max-errors", m_flags.max_errors, "N", "At most so many spans have failed");
    options.flag("--allow-partial", m_flags.allow_partial,
                 "Judge a trace of which the backend kept spans back");
    options.flag("--update-golden", m_updates_golden,
                 "Write golden files anew instead of comparing");
    options.value("--from-trace", m_from_trace, "ID|last",
                  "Draft a file of expectations from this trace");
    options.completes("--from-trace", values::traces);
    options.heading("Trace");
    options.value("--trace-id", m_trace_id, "ID", "The trace: its id or a traceparent");
    options.completes("--trace-id", values::traces);
    options.value("--service", m_flags.find.service, "NAME",
                  "A trace in which this service takes part");
    options.completes("--service", values::services);
    options.value("--operation", m_flags.find.operation, "NAME",
                  "A trace with a span of exactly this name");
    options.completes("--operation", values::operations);
    options.values("--tag", m_tags, "KEY=VALUE",
                   "A trace with a span that has this attribute; repeatable: all of them");
    options.completes("--tag", values::tags);
    options.value("--since", m_flags.find.since, "TIME",
                  "Not before: RFC 3339, or a duration ago (default: 1h)");
    options.choice("--which", m_which, {"newest", "any", "all"},
                   "Which of several traces to check (default: newest)");
    options.duration("--timeout", m_flags.timeout, "Wait at most this long (default: 30s)");
    options.duration("--settle", m_flags.settle,
                     "Unchanged for this long before it is judged (default: 2s)");
    declare_query(options, m_query);
    const std::vector<std::string> formats{"text", "json", "junit", "github"};
    declare_output(options, m_output, formats);
    declare_reports(options, m_output, formats);
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (auto writable = Context::check_output(m_output); !writable) {
      return fail(std::move(writable).error());
    }
    if (m_from_trace) {
      return draft(context);
    }
    auto expectations = prepare(context);
    if (!expectations) {
      return fail(std::move(expectations).error());
    }
    auto backend = open_backend(m_query, context);
    if (!backend) {
      return fail(std::move(backend).error());
    }
    const check::CheckReport report = judge(**backend, *expectations, context);
    const auto error = report.error();
    if (error && error->kind == ErrorKind::interrupted) {
      return fail(*error);
    }
    const Exit exit = error ? exit_of(error->kind) : Exit::ok;
    if (auto written = write(report, **backend, exit, context); !written) {
      return fail(std::move(written).error());
    }
    if (m_updates_golden) {
      if (auto updated = update_golden(*expectations, report, context); !updated) {
        return fail(std::move(updated).error());
      }
    }
    return exit;
  }

 private:
  Result<Exit> draft(Context& context) {
    if (const auto useless = options_of_checking(); !useless.empty()) {
      return fail(ErrorKind::usage, "--from-trace drafts a file, it checks none",
                  fmt::format("leave {} out", join(useless, ", ")));
    }
    const auto detail = fetch_trace(*m_from_trace, m_query, context);
    if (!detail) {
      return fail(detail.error());
    }
    const trace::Analysis analysis(detail->trace);
    auto written = context.write_result(
        m_output, [&](std::ostream& out) { check::write_draft(out, analysis); });
    if (!written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

  // Those that were given and that a draft would ignore.
  std::vector<std::string> options_of_checking() const {
    const check::Find& find = m_flags.find;
    const std::pair<bool, const char*> all[] = {
        {!m_files.empty(), "-f"},
        {m_flags.min_spans.has_value(), "--min-spans"},
        {!m_flags.services.empty(), "--services"},
        {m_flags.max_duration.has_value(), "--max-duration"},
        {m_flags.max_errors.has_value(), "--max-errors"},
        {m_flags.allow_partial, "--allow-partial"},
        {m_updates_golden, "--update-golden"},
        {m_trace_id.has_value(), "--trace-id"},
        {!find.service.empty(), "--service"},
        {!find.operation.empty(), "--operation"},
        {!m_tags.empty(), "--tag"},
        {find.since.has_value(), "--since"},
        {!m_which.empty(), "--which"},
        {m_flags.timeout.has_value(), "--timeout"},
        {m_flags.settle.has_value(), "--settle"},
        {m_output.format != "text", "--format"},
        {!m_output.reports.empty(), "--report"}};
    std::vector<std::string> given;
    for (const auto& [is_given, name] : all) {
      if (is_given) {
        given.emplace_back(name);
      }
    }
    return given;
  }

  Result<std::vector<check::Expectation>> prepare(Context& context) {
    if (auto found = prepare_find(context.clock().now()); !found) {
      return fail(std::move(found).error());
    }
    std::vector<check::Expectation> all;
    for (const std::string& path : m_files) {
      auto expectations =
          read_expectations_source(path, m_updates_golden ? Golden::update : Golden::read, context);
      if (!expectations) {
        return fail(std::move(expectations).error());
      }
      std::move(expectations->begin(), expectations->end(), std::back_inserter(all));
    }
    if (m_files.empty()) {
      all.emplace_back();
      const bool expects_nothing = !m_flags.min_spans && m_flags.services.empty() &&
                                   !m_flags.max_duration && !m_flags.max_errors;
      m_flags.min_spans = expects_nothing ? std::optional<std::uint64_t>(1) : m_flags.min_spans;
    }
    const auto settings = settings::resolve_query(m_query, context.environment());
    m_is_static = settings && settings->kind == settings::BackendKind::file;
    for (check::Expectation& expectation : all) {
      if (auto applied = check::apply(m_flags, expectation); !applied) {
        return fail(std::move(applied).error());
      }
      if (!expectation.find.is_given() && !m_is_static) {
        return fail(ErrorKind::usage, "which trace is meant is not said",
                    "give --trace-id, or --service, --operation or --tag; in a file: find or "
                    "trace_id");
      }
    }
    limit_query_time(all);
    return all;
  }

  Result<void> prepare_find(Time now) {
    if (m_trace_id) {
      const auto reference = query::parse_trace_reference(*m_trace_id);
      if (!reference || !reference->id) {
        return fail(ErrorKind::usage, fmt::format("--trace-id: '{}' is no trace id", *m_trace_id),
                    "give its 32 hex digits, a traceparent, or the URL of its page");
      }
      m_flags.find.trace_id = reference->id;
      if (reference->backend_url && !m_query.backend) {
        m_query.backend = reference->backend_url;
      }
    }
    if (m_flags.find.since) {
      if (const auto since = parse_time(*m_flags.find.since, now); !since) {
        return fail(Error(since.error()).within("--since"));
      }
    }
    if (!m_which.empty()) {
      m_flags.which = m_which == "any"   ? check::Which::any
                      : m_which == "all" ? check::Which::all
                                         : check::Which::newest;
    }
    auto tags = parse_tags(m_tags);
    if (!tags) {
      return fail(std::move(tags).error());
    }
    m_flags.find.tags = std::move(*tags);
    return {};
  }

  // A look at a backend that hangs must not outlast the waiting.
  void limit_query_time(const std::vector<check::Expectation>& all) {
    constexpr nanoseconds k_least = std::chrono::seconds(1);
    nanoseconds longest{};
    for (const check::Expectation& expectation : all) {
      longest = std::max(longest, expectation.timeout.value_or(check::k_standard_timeout));
    }
    if (!m_query.timeout) {
      m_query.timeout = std::clamp(longest, k_least, nanoseconds(std::chrono::seconds(30)));
    }
  }

  check::CheckReport judge(query::Backend& backend,
                           const std::vector<check::Expectation>& expectations,
                           Context& context) const {
    std::vector<check::Expectation> judged = expectations;
    if (m_updates_golden) {
      for (check::Expectation& expectation : judged) {
        expectation.golden.reset();
      }
    }
    const std::stop_token stop =
        m_is_static ? std::stop_token() : context.signals().watch_briefly();
    StatusLine line(context);
    const bool is_watched = StatusLine::is_wanted(context);
    const check::Waiting waiting{context.clock(),
                                 [&](nanoseconds time) { return pause(time, stop); },
                                 [&](const std::string& text) { line.note(text); },
                                 [&](const std::string& text) {
                                   if (is_watched) {
                                     line.show("waiting for the trace: " + text);
                                   }
                                 },
                                 m_is_static};
    return check::run_checks(backend, judged, waiting);
  }

  Result<void> write(const check::CheckReport& report, const query::Backend& backend, Exit exit,
                     Context& context) const {
    const report::ChecksView view{report, [&](const TraceId& id) { return backend.page_of(id); }};
    if (!m_output.is_json()) {
      for (const std::string& note : report.notes) {
        context.note(note);
      }
    }
    return context.write_reports(m_output, [&](std::ostream& out, const OutputOptions& form) {
      if (form.is_json()) {
        report::write_checks_json(out, view, static_cast<int>(exit));
      } else if (form.format == "junit") {
        report::write_checks_junit(out, view);
      } else if (form.format == "github") {
        report::write_checks_github(out, view);
      } else {
        report::write_checks_text(out, view,
                                  context.global().is_quiet ? report::ChecksDetail::verdict
                                                            : report::ChecksDetail::failures,
                                  context.out_terminal(form));
      }
    });
  }

  settings::QueryFlags m_query;
  OutputOptions m_output;
  check::CheckFlags m_flags;
  std::vector<std::string> m_files;
  std::vector<std::string> m_tags;
  std::optional<std::string> m_trace_id;
  std::optional<std::string> m_from_trace;
  std::string m_which;
  bool m_updates_golden = false;
  bool m_is_static = false;
};

}  // namespace

CommandSpec check_traces_command() {
  return {"check-traces", topic::k_read, "Check traces against what is expected of them",
          k_description,  k_examples,    make_command<CheckTraces>};
}

}  // namespace otelctl
