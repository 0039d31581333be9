// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

// What every report in JUnit's XML needs.
namespace otelctl::report {

// For text and attributes alike. What XML 1.0 cannot hold is left out, malformed UTF-8 becomes
// U+FFFD; line ends and tabs are references, as attributes keep nothing else of them.
std::string escape_xml(std::string_view text);

// Reports tell tests apart by their names, over several runs too. A name that comes again gets a
// number: "dns", "dns #2".
class TestNames {
 public:
  std::string unique(std::string name);

 private:
  std::map<std::string, std::size_t> m_seen;
};

}  // namespace otelctl::report
