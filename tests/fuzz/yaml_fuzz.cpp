// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.hpp"
#include "yaml/parse.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

// What everybody who walks a document relies on.
void check_document(const yaml::Document& document, std::string_view bytes) {
  require(document.source() == bytes, "the source is what was handed in");
  const auto count = static_cast<yaml::NodeId>(document.node_count());
  for (yaml::NodeId id = 0; id < count; ++id) {
    const yaml::Node& node = document.node(id);
    require(node.begin <= node.end && node.end <= bytes.size(), "a node lies in the file");
    require(node.outer_begin <= node.begin, "a tag stands in front of its value");
    require(node.kind != yaml::NodeKind::alias || node.target < id, "an alias points back");
    std::uint32_t children = 0;
    for (const yaml::NodeId child : document.children(id)) {
      require(child > id && child < count, "children follow their parent");
      ++children;
    }
    require(children == node.child_count, "children are counted");
    if (node.kind == yaml::NodeKind::map && count < 1000) {
      require(document.entries(id).size() <= 1000 * 1000, "entries end");
    }
    const yaml::Position begin = document.position(node.begin);
    require(begin.line >= 1 && begin.column >= 1, "places count from 1");
  }
}

void check_problems(const yaml::Parsed& parsed, std::string_view bytes) {
  require(parsed.is_whole || !parsed.problems.empty(), "what is not read has a reason");
  for (const yaml::Problem& problem : parsed.problems) {
    require(problem.begin <= bytes.size(), "a problem lies in the file");
    require(!problem.message.empty() && !problem.help.empty(), "a problem says what and what next");
    fuzz::require_printable(problem.message);
    fuzz::require_printable(problem.help);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // yaml-cpp's own limit on nesting needs more stack than sanitizers leave; ours is below it.
  yaml::Limits limits;
  limits.bytes = std::uint64_t{64} * 1024;
  limits.nodes = 100000;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const yaml::Parsed parsed = yaml::parse(bytes, limits);
  check_document(parsed.document, bytes);
  check_problems(parsed, bytes);
  const yaml::Parsed many = yaml::parse(bytes, limits, yaml::Stream::many);
  check_document(many.document, bytes);
  const yaml::Parsed readable = yaml::parse_readable(bytes, limits);
  check_document(readable.document, bytes);
  check_problems(readable, bytes);
  require(readable.is_whole == parsed.is_whole, "what is whole stays so");
  std::size_t last = 0;
  for (const yaml::Lines& cut : readable.cuts) {
    require(cut.begin >= last && cut.end > cut.begin && cut.end <= size, "cuts come in order");
    last = cut.end;
  }
  return 0;
}
