// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
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
Jaeger's user interface, which also names the backend.

On a terminal at most 400 spans are drawn: roots, failed spans with those above them, the critical
path, then the slowest. Elsewhere, and with --format json, all of them.
)";

constexpr std::string_view k_examples = R"(
The newest trace
otelctl show-trace last
What failed in it, with its events
otelctl show-trace last --errors --events
The slowest spans of a huge trace, for a script
otelctl show-trace last --format json | jq '.spans | sort_by(-.self_ns)'
)";

std::vector<std::string> formats() {
  std::vector<std::string> names = {"text"};
  for (const report::TraceFormat& format : report::trace_formats()) {
    names.emplace_back(format.name);
  }
  return names;
}

// More than a person scrolls through.
constexpr std::size_t k_spans_on_terminal = 400;

class ShowTrace final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("ID", m_id, "The trace: an id, 'last', a traceparent or a URL",
                       Options::Required::yes);
    options.heading("Waterfall");
    options.count("--depth", m_depth, "N", "Show no deeper levels; roots are level 0");
    options.count("--max-spans", m_max_spans, "N",
                  "Show at most so many spans (default: 400 on a terminal)", 1);
    options.flag("--errors", m_waterfall.only_errors,
                 "Show failed spans and those above them only");
    options.flag("--events", m_waterfall.with_events, "Show events and links below their spans");
    options.values("--attribute", m_waterfall.attributes, "KEY",
                   "Show this attribute below the spans that have it; repeatable");
    declare_query(options, m_flags);
    declare_output(options, m_output, formats());
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
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
    if (const auto* format = report::find_trace_format(m_output.format)) {
      return context.write_result(m_output, [&](std::ostream& out) { format->write(out, detail); });
    }
    for (const std::string& note : detail.notes) {
      context.note(note);
    }
    const terminal::Terminal terminal = context.out_terminal(m_output);
    if (m_depth) {
      m_waterfall.depth = static_cast<std::uint32_t>(std::min<std::uint64_t>(*m_depth, UINT32_MAX));
    }
    m_waterfall.max_spans = m_max_spans;
    if (!m_max_spans && terminal.is_terminal) {
      m_waterfall.max_spans = k_spans_on_terminal;
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
};

}  // namespace

CommandSpec show_trace_command() {
  return {"show-trace",  topic::k_read, "Draw one trace as a waterfall",
          k_description, k_examples,    make_command<ShowTrace>};
}

}  // namespace otelctl
