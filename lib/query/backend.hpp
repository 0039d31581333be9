// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "settings/query_settings.hpp"
#include "trace/summary.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// What answers, as the JSON shapes show it.
struct BackendInfo {
  std::string kind;     // "jaeger", "tempo", "zipkin", "file"
  std::string dialect;  // "v3", "legacy", "grpc", "traceql", "v2"; of a file its format
  std::string url;
};

// What a span must have to make its trace match; all of it on the same span.
struct SpanFilter {
  std::string service;    // empty: any
  std::string operation;  // empty: any
  std::vector<std::pair<std::string, std::string>> tags;
  bool must_have_failed = false;

  bool has_attributes() const { return must_have_failed || !tags.empty(); }
};

// One question for traces. Time.start and end bound span starts, both included.
struct Search {
  SpanFilter filter;
  std::optional<nanoseconds> min_span_duration;
  std::optional<nanoseconds> max_span_duration;
  // Of the whole trace. A backend that cannot choose by it leaves that to who asked.
  std::optional<nanoseconds> min_duration;
  std::optional<nanoseconds> max_duration;
  Time start;
  Time end;
  std::size_t limit = 20;
};

struct SearchAnswer {
  // In no order that means anything.
  std::vector<trace::Summary> traces;
  // How many the backend gave before what it cannot filter itself was filtered here. When that is
  // the limit there may be more.
  std::size_t received = 0;
  // The backend wants a service named; `traces` is empty.
  bool needs_service = false;
};

// Something that holds traces and answers questions about them. Errors of all calls: unreachable,
// refused, not_understood, as HttpApi has them.
class Backend {
 public:
  virtual ~Backend() = default;

  // Finds out what it is; the other calls do so by themselves.
  virtual Result<BackendInfo> probe() = 0;
  // Whether search() makes the backend send every span of every trace.
  virtual bool ships_whole_traces() const = 0;
  // Whether all that it will ever hold is here, as with a file: search() then gives every trace
  // that matches, whatever the limit, and nothing but the user's wish bounds the time.
  virtual bool is_archive() const { return false; }
  // Sorted by name.
  virtual Result<std::vector<std::string>> services() = 0;
  virtual Result<std::vector<std::string>> operations(const std::string& service) = 0;
  virtual Result<SearchAnswer> search(const Search& search) = 0;
  // The answers to several searches in their order, up to the first that failed. A backend that can
  // asks for several at a time.
  virtual std::vector<Result<SearchAnswer>> search_all(const std::vector<Search>& searches);
  // Error kind not_seen where the backend does not have it.
  virtual Result<trace::Trace> trace(const TraceId& id) = 0;

  // The page of its user interface that shows the trace; empty where there is none.
  virtual std::string page_of(const TraceId& /*id*/) const { return {}; }

  // What the user should know about the answers so far; each note once.
  virtual std::vector<std::string> notes() const { return m_notes; }

 protected:
  void note(std::string text);

 private:
  std::vector<std::string> m_notes;
};

// The backend that the settings name. Nothing is asked yet. Error kind usage: a kind that otelctl
// cannot read from.
// `input` is what a file "-" reads; it must outlive the backend.
Result<std::unique_ptr<Backend>> open_backend(const settings::QuerySettings& settings,
                                              std::istream& input);

// How names of services and operations are compared.
enum class NameCase { exact, ignored };

// Whether any span of the trace is as the filter wants it. The tag error=true is, as in Jaeger,
// that the span failed.
bool matches(const trace::Trace& trace, const SpanFilter& filter,
             NameCase name_case = NameCase::exact);

}  // namespace otelctl::query
