// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/finding.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Edits that can be made together: none overlaps another.
class EditSet {
 public:
  // `file_size` in bytes: what lies behind it is no edit of this file.
  explicit EditSet(std::size_t file_size) : m_file_size(file_size) {}

  // Adds all of them, or none where one would overlap what is there. An edit that is there already
  // is made once; two insertions at one place overlap, as nothing says which comes first.
  bool add(const std::vector<Edit>& edits);

  // By place.
  const std::map<std::size_t, Edit>& edits() const { return m_edits; }

 private:
  bool fits(const Edit& edit) const;

  std::size_t m_file_size;
  std::map<std::size_t, Edit> m_edits;
};

// Whether one of them lies inside of a scalar that holds `${`: what it would become is up to the
// environment, so nobody but its author may rewrite it. Quotes put around it lie outside.
bool touch_a_reference(const std::vector<Edit>& edits, const yaml::Document& document);

// The bytes with the edits made; line ends in the texts become those of the file.
std::string apply_edits(std::string_view bytes, const EditSet& edits);

}  // namespace otelctl::config
