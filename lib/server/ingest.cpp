// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/ingest.hpp"

#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "otlp/wire_writer.hpp"
#include "server/partial.hpp"

namespace otelctl::server {

using otlp::append_nonempty;
using otlp::append_varint;

namespace {

// Held while a request is taken and handed to the recorder, so that both are in the same order.
std::unique_lock<std::mutex> turn_of(Recorder* recorder) {
  return recorder == nullptr ? std::unique_lock<std::mutex>() : recorder->take_turn();
}

std::uint64_t spans_of(const TraceScan& scan) {
  return scan.spans.size() + scan.rejected();
}

// The request without what was not accepted of it: each of its resources and scopes stands once,
// however many of their spans are missing. Field numbers of TracesData.resource_spans,
// ResourceSpans {resource, scope_spans, schema_url} and ScopeSpans {scope, spans, schema_url}.
class AcceptedPayload {
 public:
  explicit AcceptedPayload(const TraceScan& scan) : m_scan(scan) {}

  void add(const ScannedSpan& span) {
    if (m_scope != span.scope) {
      open_scope(span.scope);
    }
    m_scope_spans += span.record;
  }

  std::string take() {
    close_resource();
    return std::move(m_payload);
  }

 private:
  void open_scope(std::size_t scope) {
    const std::size_t resource = m_scan.scopes[scope].resource;
    if (m_scope && m_scan.scopes[*m_scope].resource == resource) {
      close_scope();
    } else {
      close_resource();
      append_nonempty(m_resource_spans, 1, m_scan.resources[resource].resource);
    }
    m_scope = scope;
    append_nonempty(m_scope_spans, 1, m_scan.scopes[scope].scope);
  }

  void close_scope() {
    append_nonempty(m_scope_spans, 3, m_scan.scopes[*m_scope].schema_url);
    append_nonempty(m_resource_spans, 2, m_scope_spans);
    m_scope_spans.clear();
  }

  void close_resource() {
    if (m_scope) {
      close_scope();
      const std::size_t resource = m_scan.scopes[*m_scope].resource;
      append_nonempty(m_resource_spans, 3, m_scan.resources[resource].schema_url);
      append_nonempty(m_payload, 1, m_resource_spans);
      m_resource_spans.clear();
    }
  }

  const TraceScan& m_scan;
  std::optional<std::size_t> m_scope;  // the one whose spans are being written
  std::string m_scope_spans;
  std::string m_resource_spans;
  std::string m_payload;
};

std::string accepted_payload(const TraceScan& scan, const std::vector<SpanRange>& left_out) {
  AcceptedPayload payload(scan);
  std::size_t from = 0;
  const auto add_until = [&](std::size_t to) {
    for (; from < to; ++from) {
      payload.add(scan.spans[from]);
    }
  };
  for (const SpanRange& gap : left_out) {
    add_until(gap.from);
    from = gap.to;
  }
  add_until(scan.spans.size());
  return payload.take();
}

}  // namespace

Result<Added> Ingest::add(Signal signal, std::string_view payload, std::uint64_t reject) {
  return signal == Signal::traces ? add_traces(payload, reject)
                                  : add_items(signal, payload, reject);
}

Result<Added> Ingest::add_traces(std::string_view payload, std::uint64_t reject) {
  if (auto scanned = m_scanner.scan_traces(payload, m_scan); !scanned) {
    return fail(std::move(scanned).error());
  }
  Reduced reduced;
  if (reject > 0) {
    const std::uint64_t before = spans_of(m_scan);
    reduced = without_first(Signal::traces, payload, reject);
    payload = reduced.payload;
    if (auto scanned = m_scanner.scan_traces(payload, m_scan); !scanned) {
      return fail(std::move(scanned).error());
    }
    m_scan.refused = before - spans_of(m_scan);
  }
  const auto turn = turn_of(m_recorder);
  Added added = m_store.add(m_scan);
  if (m_recorder != nullptr && added.accepted > 0) {
    record_traces(payload, added);
  }
  return added;
}

void Ingest::record_traces(std::string_view payload, const Added& added) {
  const bool is_whole = added.rejected == m_scan.refused;
  m_recorder->add(Signal::traces,
                  is_whole ? std::string(payload) : accepted_payload(m_scan, added.left_out));
}

Result<Added> Ingest::add_items(Signal signal, std::string_view payload, std::uint64_t reject) {
  const auto items = m_scanner.count_items(signal, payload);
  if (!items) {
    return fail(items.error());
  }
  Added added{.accepted = *items};
  Reduced reduced;
  if (reject > 0) {
    reduced = without_first(signal, payload, reject);
    payload = reduced.payload;
    const auto left = m_scanner.count_items(signal, payload);
    if (!left) {
      return fail(left.error());
    }
    added.accepted = *left;
    added.rejected = *items - *left;
  }
  if (added.rejected > 0) {
    added.message = fmt::format(
        "{} because --fault partial asks for it",
        counted(added.rejected, signal == Signal::metrics ? "data point" : "log record"));
  }
  const auto turn = turn_of(m_recorder);
  m_store.count(signal, added.accepted, added.rejected);
  if (m_recorder != nullptr && added.accepted > 0) {
    m_recorder->add(signal, std::string(payload));
  }
  return added;
}

std::string response_payload(const Added& added) {
  std::string response;
  if (added.rejected > 0) {
    std::string partial;
    append_varint(partial, 1U << 3U);
    append_varint(partial, added.rejected);
    append_nonempty(partial, 2, added.message);
    append_nonempty(response, 1, partial);
  }
  return response;
}

}  // namespace otelctl::server
