// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/attributes/attribute_uses.hpp"

#include <cstddef>
#include <string>

namespace otelctl::config {
namespace {

// Replaces `old_text` where it stands between two offsets as it is, in quotes or without.
std::vector<Edit> replacing(const Subject& subject, std::size_t begin, std::size_t end,
                            std::string_view old_text, std::string_view new_text) {
  const std::string_view source = subject.parsed.document.source();
  if (begin >= end || end > source.size()) {
    return {};
  }
  std::string_view written = source.substr(begin, end - begin);
  if (written.size() == old_text.size() + 2 &&
      (written.front() == '"' || written.front() == '\'') && written.back() == written.front()) {
    written = written.substr(1, old_text.size());
    ++begin;
  }
  if (written != old_text) {
    return {};
  }
  return {Edit{begin, begin + old_text.size(), std::string(new_text)}};
}

}  // namespace

Place name_place(const AttributeUse& use) {
  Place place = use.item.place;
  if (place.key_begin != place.key_end) {
    place.begin = place.key_begin;
    place.end = place.key_end;
  }
  return place;
}

std::unordered_set<std::string_view> written_attributes(const Subject& subject) {
  std::unordered_set<std::string_view> names;
  for (const AttributeUse& use : subject.attributes) {
    if (use.is_written) {
      names.insert(use.item.name);
    }
  }
  return names;
}

std::vector<Edit> renaming(const Subject& subject, const AttributeUse& use,
                           std::string_view new_name) {
  return replacing(subject, use.item.place.key_begin, use.item.place.key_end, use.item.name,
                   new_name);
}

std::vector<Edit> revaluing(const Subject& subject, const AttributeUse& use,
                            std::string_view new_value) {
  return replacing(subject, use.item.place.begin, use.item.place.end, use.item.text, new_value);
}

}  // namespace otelctl::config
