// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/trace_source.hpp"
#include "report/trace_formats.hpp"
#include "report/traces.hpp"
#include "report/waterfall.hpp"
#include "settings/query_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Draws one trace as a waterfall: the tree of its spans with service, time, self time (without the time
of children), and `*` on the critical path, which decides how long the whole takes.

ID is the 32 hex digits of a trace id, at least the first 6 of one that show-traces lists, 'last' for
the newest trace, 'last~1' for the one before it, a traceparent, or the URL of the trace's page in
Jaeger's or Zipkin's user interface, which also names the backend. FILE, whose name has a '.' or '/'
in it or exists, and '-', standard input, hold traces as OTLP JSON (also JSON lines), OTLP protobuf,
Jaeger JSON or Zipkin JSON, also in gzip; of several the newest is drawn.

Siblings that look the same, and have the same below them, share a line: ×37 with their total time.
At most 400 lines of spans are drawn: roots, failed spans with those above them, the critical path,
then the slowest; (+12 ✗1) says that 12 more lie below, one of which failed. A long chain loses its
middle. --all draws each span on a line of its own, in every --format but text all are there anyway.

--format otlp-json, jaeger-json and zipkin-json write the trace as the Collector's file exporter,
Jaeger's API and Zipkin's API have it; csv has a row a span, markdown is for a comment in a review.
Secrets in attributes are redacted in every format.

Pictures:

--format svg is this waterfall for a document or a README (200 rows at most).

--format html is one page to open, zoom and search, also without a network (50000 spans at most).

--format mermaid is a sequence diagram for Markdown, of the calls between services (80 spans at most).

--format dot is the graph of the services for graphviz (200 services at most).

--format chrome-trace is for Perfetto (ui.perfetto.dev) and chrome://tracing.

--format speedscope is for the flame graphs of www.speedscope.app.

--format folded is for flamegraph.pl and its kin: nanoseconds of self time a stack, which add up to more
than the trace took where spans ran side by side (200 levels at most).
)";

constexpr std::string_view k_examples = R"(
The newest trace
otelctl show-trace last
What failed in it, with its events
otelctl show-trace last --errors --events
The newest trace that the Collector wrote to a file
otelctl show-trace traces.jsonl
Another trace of that file
otelctl show-trace 4bf92f3577b3 --backend traces.jsonl
The slowest spans of a huge trace, for a script
otelctl show-trace last --format json | jq '.spans | sort_by(-.self_ns)'
As a file that Jaeger's user interface imports
otelctl show-trace last --format jaeger-json -o trace.json
As a page that a colleague opens, zooms and searches
otelctl show-trace last --format html -o trace.html
As a picture for a document
otelctl show-trace last --format svg -o trace.svg
)";

std::vector<std::string> formats() {
  std::vector<std::string> names = {"text"};
  for (const report::TraceFormat& format : report::trace_formats()) {
    names.emplace_back(format.name);
  }
  return names;
}

class ShowTrace final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("ID", m_id, "The trace: an id, 'last', a traceparent, a URL, a file or '-'",
                       Options::Required::yes);
    options.completes("ID", values::traces_or_files);
    options.heading("Waterfall");
    options.count("--depth", m_depth, "N", "Show no deeper levels; roots are level 0");
    options.count("--max-spans", m_max_spans, "N",
                  "Draw at most so many lines of spans (default: 400)", 1);
    options.flag("--all", m_all, "Draw every span on a line of its own");
    options.flag("--errors", m_waterfall.only_errors,
                 "Show failed spans and those above them only");
    options.flag("--events", m_waterfall.with_events, "Show events and links below their spans");
    options.values("--attribute", m_waterfall.attributes, "KEY",
                   "Show this attribute below the spans that have it; '*' stands for "
                   "anything; repeatable");
    options.completes("--attribute", values::attribute_keys);
    declare_query(options, m_flags);
    declare_output(options, m_output, formats());
    declare_width(options, m_output);
    declare_pager(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (m_all && m_max_spans) {
      return fail(ErrorKind::usage, "--all and --max-spans exclude each other",
                  "--all draws every span; leave one of them out");
    }
    const Time now = context.clock().now();
    const auto* format = report::find_trace_format(m_output.format);
    m_flags.wants_raw_traces = format != nullptr && format->is_copy;
    const auto detail = fetch_trace(m_id, m_flags, context);
    if (!detail) {
      return fail(detail.error());
    }
    if (auto written = write(*detail, now, context); !written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

 private:
  Result<void> write(const report::TraceDetail& detail, Time now, Context& context) {
    const auto* format = report::find_trace_format(m_output.format);
    if (format == nullptr || !format->has_notes) {
      for (const std::string& note : detail.notes) {
        context.note(note);
      }
    }
    if (format != nullptr) {
      return context.write_result(m_output, [&](std::ostream& out) { format->write(out, detail); });
    }
    const terminal::Terminal terminal = context.out_terminal(m_output);
    if (m_depth) {
      m_waterfall.depth = static_cast<std::uint32_t>(std::min<std::uint64_t>(*m_depth, UINT32_MAX));
    }
    if (m_max_spans) {
      m_waterfall.max_spans = m_max_spans;
    }
    if (m_all) {
      m_waterfall.max_spans.reset();
    }
    return context.write_result(m_output, [&](std::ostream& out) {
      report::write_waterfall(out, detail, m_waterfall,
                              terminal.is_terminal ? std::optional(now) : std::nullopt, terminal);
    });
  }

  settings::QueryFlags m_flags;
  OutputOptions m_output;
  report::WaterfallOptions m_waterfall;
  std::string m_id;
  std::optional<std::uint64_t> m_depth;
  std::optional<std::uint64_t> m_max_spans;
  bool m_all = false;
};

}  // namespace

CommandSpec show_trace_command() {
  return {"show-trace",  topic::k_read, "Draw one trace as a waterfall",
          k_description, k_examples,    make_command<ShowTrace>};
}

}  // namespace otelctl
