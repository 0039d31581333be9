// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// A file of traces: told by its content, read, and drawn.
#include <memory>
#include <sstream>

#include "query/trace_file.hpp"
#include "report/trace_formats.hpp"
#include "report/waterfall.hpp"
#include "tests/fuzz/reading.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

void draw(const trace::Trace& trace) {
  const report::TraceDetail detail{{"file", "otlp-json", "file"}, {}, trace};
  report::WaterfallOptions options;
  options.with_events = true;
  options.attributes = {"a", "http.route"};
  for (const std::size_t width : {40U, 120U}) {
    std::ostringstream text;
    report::write_waterfall(text, detail, options, std::nullopt, {.width = width});
    std::string_view lines = std::string_view(text.view());
    while (!lines.empty()) {
      const auto end = std::min(lines.find('\n'), lines.size() - 1);
      fuzz::require_printable(lines.substr(0, lines[end] == '\n' ? end : end + 1));
      lines.remove_prefix(end + 1);
    }
  }
  for (const report::TraceFormat& format : report::trace_formats()) {
    std::ostringstream out;
    format.write(out, detail);
    require(is_valid_utf8(out.view()), "every format is UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  fuzz::require_same_in_pieces(bytes, [](trace::TraceBuilder& builder) {
    return std::make_unique<query::TraceFile>(builder, "file");
  });
  trace::TraceBuilder builder;
  query::TraceFile file(builder, "file");
  if (!file.feed(bytes) || !file.finish()) {
    return 0;
  }
  for (const std::string& note : file.notes()) {
    fuzz::require_printable(note);
  }
  for (const trace::Trace& trace : builder.finish()) {
    draw(trace);
  }
  return 0;
}
