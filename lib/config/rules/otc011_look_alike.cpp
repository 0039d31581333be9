// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

struct LookAlike {
  char32_t code_point;
  std::string_view name;
  std::string_view instead;
  std::string_view text;
};

constexpr std::array<LookAlike, 11> k_look_alikes{{
    {0x00A0, "a no-break space", "write a space", " "},
    {0x2007, "a figure space", "write a space", " "},
    {0x202F, "a narrow no-break space", "write a space", " "},
    {0x3000, "an ideographic space", "write a space", " "},
    {0x200B, "a zero-width space", "remove it", ""},
    {0x2060, "a word joiner", "remove it", ""},
    {0xFEFF, "a byte order mark", "remove it", ""},
    {0x2018, "a curly quote", "write '", "'"},
    {0x2019, "a curly quote", "write '", "'"},
    {0x201C, "a curly quote", "write \"", "\""},
    {0x201D, "a curly quote", "write \"", "\""},
}};

const LookAlike* find_look_alike(std::string_view rest) {
  const CodePoint point = first_code_point(rest);
  const auto* const found =
      std::find_if(k_look_alikes.begin(), k_look_alikes.end(),
                   [&](const LookAlike& known) { return known.code_point == point.value; });
  return found == k_look_alikes.end() ? nullptr : found;
}

// All that a word holds of them, written as what was meant.
std::vector<Edit> replacing(const yaml::Node& node, std::string_view source) {
  std::vector<Edit> edits;
  for (std::size_t offset = node.begin; offset < node.end;) {
    const std::size_t length = first_code_point(source.substr(offset)).length;
    if (const LookAlike* const found = find_look_alike(source.substr(offset))) {
      edits.push_back({offset, offset + length, std::string(found->text)});
    }
    offset += length;
  }
  return edits;
}

void check_node(const yaml::Node& node, std::string_view source, Reporter& report) {
  for (std::size_t offset = node.begin; offset < node.end;) {
    // All of them lie beyond ASCII.
    if (static_cast<unsigned char>(source[offset]) < 0x80) {
      ++offset;
      continue;
    }
    const CodePoint point = first_code_point(source.substr(offset));
    if (const LookAlike* const found = find_look_alike(source.substr(offset))) {
      report.add(Place{offset, offset + point.length},
                 fmt::format("{} (U+{:04X}) is part of the word", found->name,
                             static_cast<std::uint32_t>(point.value)),
                 std::string(found->instead), replacing(node, source));
      return;
    }
    offset += point.length;
  }
}

// What stands elsewhere in the file is none of our business, but for the keys at the top: one may
// be meant to name the section.
void check(const Subject& subject, Reporter& report) {
  const yaml::Document& document = subject.parsed.document;
  const auto count = static_cast<yaml::NodeId>(document.node_count());
  for (yaml::NodeId id = 0; id < count; ++id) {
    const yaml::Node& node = document.node(id);
    const bool is_plain = node.kind == yaml::NodeKind::scalar && node.is_plain();
    const bool is_at_top = id == document.root() || node.parent == document.root();
    const bool is_key = id + 1 < count && document.node(id + 1).key == id;
    const bool is_in_section = subject.section != nullptr && subject.section->contains(node.begin);
    if (is_plain && (is_in_section || (is_at_top && (is_key || id == document.root())))) {
      check_node(node, document.source(), report);
    }
  }
}

}  // namespace

Rule otc011_look_alike() {
  return {
      .code = "OTC011",
      .name = "look-alike",
      .severity = Severity::warning,
      .summary = "A key or a plain value holds a character that looks like another",
      .rationale =
          "No-break spaces, curly quotes and zero-width characters come with text copied "
          "from documents. YAML takes them as letters: 'enabled:<no-break space>true' is "
          "one long word.",
      .bad = R"(service_name: “agentmap”
)",
      .good = R"(service_name: "agentmap"
)",
      .check = check,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
