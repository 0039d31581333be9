// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "query/trace_file.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

constexpr std::string_view k_standard_input = "-";

bool is_in_time(const trace::Trace& trace, const Search& search) {
  return std::any_of(trace.spans.begin(), trace.spans.end(), [&](const trace::Span& span) {
    return span.start >= search.start && span.start <= search.end &&
           (!search.min_span_duration || span.duration >= *search.min_span_duration) &&
           (!search.max_span_duration || span.duration <= *search.max_span_duration);
  });
}

// The texts of names, each once.
std::vector<std::string> sorted_texts(const trace::Trace& from,
                                      const std::set<trace::Text>& names) {
  std::vector<std::string> texts;
  for (const trace::Text name : names) {
    if (name != trace::Text::empty) {
      texts.emplace_back(from.text(name));
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace

FileBackend::FileBackend(std::string path, std::istream& input)
    : m_path(std::move(path)), m_input(input) {}

Result<void> FileBackend::load() {
  if (!m_loaded) {
    m_loaded = read();
  }
  return *m_loaded;
}

Result<void> FileBackend::read() {
  const bool is_standard_input = m_path == k_standard_input;
  const std::string name = is_standard_input ? "standard input" : m_path;
  trace::TraceBuilder builder;
  TraceFile file(builder, name);
  const PieceTaker feed = [&file](std::string_view piece) -> Result<bool> {
    auto fed = file.feed(piece);
    return fed ? Result<bool>(true) : fail(std::move(fed).error());
  };
  auto read =
      is_standard_input ? read_stream_pieces(m_input, name, feed) : read_file_pieces(m_path, feed);
  if (read) {
    read = file.finish();
  }
  if (!read) {
    return read;
  }
  for (const std::string& each : file.notes()) {
    note(each);
  }
  m_format = name_of(file.format().value_or(TraceFormat::otlp_json));
  m_traces = builder.finish();
  return {};
}

Result<BackendInfo> FileBackend::probe() {
  if (auto loaded = load(); !loaded) {
    return fail(std::move(loaded).error());
  }
  return BackendInfo{"file", m_format, m_path};
}

Result<std::vector<std::string>> FileBackend::services() {
  if (auto loaded = load(); !loaded) {
    return fail(std::move(loaded).error());
  }
  if (m_traces.empty()) {
    return std::vector<std::string>();
  }
  // All traces of a file share their texts.
  std::set<trace::Text> names;
  for (const trace::Trace& trace : m_traces) {
    for (const trace::Span& span : trace.spans) {
      names.insert(trace.columns->resources[span.resource].service);
    }
  }
  return sorted_texts(m_traces.front(), names);
}

Result<std::vector<std::string>> FileBackend::operations(const std::string& service) {
  if (auto loaded = load(); !loaded) {
    return fail(std::move(loaded).error());
  }
  if (m_traces.empty()) {
    return std::vector<std::string>();
  }
  std::set<trace::Text> names;
  for (const trace::Trace& trace : m_traces) {
    for (const trace::Span& span : trace.spans) {
      if (trace.service(span) == service) {
        names.insert(span.name);
      }
    }
  }
  return sorted_texts(m_traces.front(), names);
}

Result<SearchAnswer> FileBackend::search(const Search& search) {
  if (auto loaded = load(); !loaded) {
    return fail(std::move(loaded).error());
  }
  SearchAnswer answer;
  for (const trace::Trace& trace : m_traces) {
    if (is_in_time(trace, search) && matches(trace, search.filter)) {
      answer.traces.push_back(trace::summarize(trace));
    }
  }
  answer.received = answer.traces.size();
  return answer;
}

Result<trace::Trace> FileBackend::trace(const TraceId& id) {
  if (auto loaded = load(); !loaded) {
    return fail(std::move(loaded).error());
  }
  const auto found = std::find_if(m_traces.begin(), m_traces.end(),
                                  [&](const trace::Trace& each) { return each.id == id; });
  if (found == m_traces.end()) {
    return fail(ErrorKind::not_seen, fmt::format("{}: no trace {}", m_path, to_hex(id)),
                fmt::format("'otelctl show-traces --backend {}' lists those it holds", m_path));
  }
  return *found;
}

}  // namespace otelctl::query
