// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/ingest.hpp"

#include "otlp/wire_writer.hpp"

namespace otelctl::server {

using otlp::append_nonempty;
using otlp::append_varint;

Result<Added> Ingest::add(Signal signal, std::string_view payload) {
  if (signal == Signal::traces) {
    if (auto scanned = m_scanner.scan_traces(payload, m_scan); !scanned) {
      return fail(std::move(scanned).error());
    }
    return m_store.add(m_scan);
  }
  const auto items = m_scanner.count_items(signal, payload);
  if (!items) {
    return fail(items.error());
  }
  m_store.count(signal, *items);
  return Added{.accepted = *items};
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
