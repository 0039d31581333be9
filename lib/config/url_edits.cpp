// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/url_edits.hpp"

#include <string>

namespace otelctl::config {

std::vector<Edit> appended_path(const yaml::Document& document, const Item& url,
                                std::string_view path) {
  const Place& place = url.place;
  const std::string_view written = document.source().substr(place.begin, place.end - place.begin);
  const std::size_t found = written.rfind(url.text);
  // Quotes at most may stand around it.
  if (url.is_from_variable || url.text.empty() || found == std::string_view::npos || found > 1) {
    return {};
  }
  const std::size_t end = place.begin + found + url.text.size();
  const bool has_slash = url.text.ends_with('/');
  return {{end, end, std::string(has_slash ? path.substr(1) : path)}};
}

}  // namespace otelctl::config
