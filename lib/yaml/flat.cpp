// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/flat.hpp"

#include <utility>

#include "yaml/builder.hpp"

namespace otelctl::yaml {

Document make_flat(std::string source, const std::vector<FlatEntry>& entries) {
  Document document;
  Builder::set_source(document, std::move(source));
  const Limits limits;
  Builder builder(document, limits);
  builder.start(NodeKind::map, Style::block, entries.empty() ? 0 : entries.front().name_begin, {},
                0);
  for (const FlatEntry& entry : entries) {
    const std::string_view name =
        document.source().substr(entry.name_begin, entry.name_end - entry.name_begin);
    builder.ready_scalar(entry.name_begin, entry.name_end, Style::plain, name);
    builder.ready_scalar(entry.begin, entry.end, entry.style, entry.value);
  }
  builder.end();
  return document;
}

}  // namespace otelctl::yaml
