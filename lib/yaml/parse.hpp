// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "yaml/blocks.hpp"
#include "yaml/document.hpp"

namespace otelctl::yaml {

// What a document may cost. Passing one is a Problem, and nothing behind it is read.
struct Limits {
  std::uint64_t bytes = std::uint64_t{64} * 1024 * 1024;
  // Collections inside each other.
  std::uint32_t depth = 256;
  // Keys and values, each alias counted as what it stands for.
  std::uint64_t nodes = 2'000'000;
  // Of their texts, counted in the same way.
  std::uint64_t text_bytes = std::uint64_t{256} * 1024 * 1024;
};

enum class ProblemKind {
  syntax,
  duplicate_key,
  unterminated_string,
  bad_bytes,
  tab,
  more_documents,
  limit,
  merge_key,
  bad_tag,
};

// Something wrong with the file as YAML. Offsets are bytes, `end` is exclusive.
struct Problem {
  ProblemKind kind = ProblemKind::syntax;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message = {};
  std::string help = {};
  // Of a key that appears twice: where it first did.
  std::size_t first_begin = 0;
  std::size_t first_end = 0;
};

struct Parsed {
  // What was read up to the first problem that stopped reading.
  Document document;
  // In the order of the file.
  std::vector<Problem> problems;
  // The first document was read to its end. Else only the problems and, for excerpts, the nodes
  // found so far are of use.
  bool is_whole = false;
  // What was left out so that the rest could be read to its end, in order. Empty when it is whole,
  // and when no way was found.
  std::vector<Lines> cuts = {};
};

// How many documents of a stream are meant to be read. One: a second is a problem, as the programs
// that read such files never see it. Many: all of them, as `kubectl` does with manifests.
enum class Stream : std::uint8_t { one, many };

// Reads a file's bytes as one YAML document. Strict where YAML libraries are lenient: what one of
// them would misread silently (strings that never end, keys given twice, second documents, tabs,
// foreign tags) is a Problem. Never fails otherwise, whatever the bytes are.
Parsed parse(std::string bytes, const Limits& limits = {}, Stream stream = Stream::one);

// The same, but where a line cannot be read it is left out with those that are indented under it,
// and the rest is read as if it were not there; its places stay true. What such a cut may have
// brought about itself is no problem.
Parsed parse_readable(std::string bytes, const Limits& limits = {}, Stream stream = Stream::one);

}  // namespace otelctl::yaml
