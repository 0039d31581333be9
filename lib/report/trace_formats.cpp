// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_formats.hpp"

#include <algorithm>

#include "report/pictures.hpp"
#include "report/trace_data_formats.hpp"

namespace otelctl::report {

const std::vector<TraceFormat>& trace_formats() {
  static const std::vector<TraceFormat> k_formats = {
      {"json", write_trace_json},
      {"otlp-json", write_trace_otlp_json, true},
      {"jaeger-json", write_trace_jaeger_json, true},
      {"zipkin-json", write_trace_zipkin_json, true},
      {"csv", write_trace_csv},
      {"markdown", write_trace_markdown},
      {"mermaid", write_trace_mermaid},
      {"dot", write_trace_dot},
      {"chrome-trace", write_trace_chrome},
      {"speedscope", write_trace_speedscope},
      {"folded", write_trace_folded},
      {"svg", write_trace_svg},
      {"html", write_trace_html},
  };
  return k_formats;
}

const TraceFormat* find_trace_format(std::string_view name) {
  const auto& formats = trace_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const TraceFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace otelctl::report
