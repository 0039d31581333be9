// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/ignores.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/rules.hpp"
#include "config/secrets.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_marker = "otelctl:";
constexpr std::string_view k_blank = " \t";
// A file of nothing but comments is not worth more.
constexpr std::size_t k_most_comments = 10000;

// One code of a comment.
struct Wanted {
  std::string code;
  Span place;
  bool is_used = false;
};

struct Comment {
  Span place;              // from the marker to the end of the line
  std::uint32_t line = 0;  // whose findings it hides
  std::vector<Wanted> codes;
  // What is wrong with the comment itself.
  std::optional<std::string> problem;
  std::string help;
};

class CommentReader {
 public:
  explicit CommentReader(const yaml::Document& document)
      : m_document(document), m_source(document.source()) {}

  std::vector<Comment> read() {
    std::vector<Comment> comments;
    for (std::size_t found = m_source.find(k_marker);
         found != std::string_view::npos && comments.size() < k_most_comments;
         found = m_source.find(k_marker, found + 1)) {
      if (is_in_comment(found)) {
        comments.push_back(read_comment(found));
      }
    }
    return comments;
  }

 private:
  // Only a '#' and blanks stand in front of it, and the '#' stands in no value.
  bool is_in_comment(std::size_t marker) const {
    std::size_t at = marker;
    while (at > 0 && k_blank.find(m_source[at - 1]) != std::string_view::npos) {
      --at;
    }
    if (at == 0 || m_source[at - 1] != '#') {
      return false;
    }
    const std::size_t sign = at - 1;
    const bool begins_word = sign == 0 ||
                             k_blank.find(m_source[sign - 1]) != std::string_view::npos ||
                             m_source[sign - 1] == '\n';
    return begins_word && !is_in_value(sign);
  }

  bool is_in_value(std::size_t offset) const {
    const auto scalars = m_document.scalars_at(offset, offset + 1);
    return std::any_of(scalars.begin(), scalars.end(), [&](yaml::NodeId id) {
      const yaml::Node& node = m_document.node(id);
      // The text of a block begins on the line behind its '|' or '>'.
      return node.style != yaml::Style::literal || m_source.find('\n', node.begin) < offset;
    });
  }

  Comment read_comment(std::size_t marker) {
    const Span line = line_around(m_source, marker);
    Comment comment;
    comment.place = {marker, line.end};
    comment.line = m_document.position(marker).line;
    const std::size_t content = m_source.find_first_not_of(k_blank, line.begin);
    if (m_source[content] == '#') {
      comment.line = next_content_line(line);
    }
    Span rest{marker + k_marker.size(), line.end};
    const std::string_view verb = text(next_word(rest));
    if (verb != "ignore") {
      const std::string near = did_you_mean(verb, {"ignore"});
      comment.problem = verb.empty() ? std::string("nothing follows 'otelctl:'")
                                     : fmt::format("{} is nothing that otelctl knows", shown(verb));
      comment.help = near.empty() ? "write 'otelctl: ignore CODE'" : near;
      return comment;
    }
    read_codes(rest, comment);
    if (comment.codes.empty()) {
      comment.problem = "the comment names no code";
      comment.help = "write the code of what it shall hide, such as OTC317";
    }
    return comment;
  }

  // Codes with commas or blanks between them; other words behind the first are the reason.
  void read_codes(Span rest, Comment& comment) const {
    constexpr std::size_t k_most_codes = 100;
    while (comment.codes.size() < k_most_codes) {
      const bool is_listed = skip_commas(rest);
      const Span word = next_word(rest);
      std::string code = upper_code(text(word));
      const bool is_expected = is_listed || comment.codes.empty();
      if (code.empty() || (!is_expected && !code.starts_with("OTC"))) {
        return;
      }
      comment.codes.push_back({std::move(code), word});
    }
  }

  bool skip_commas(Span& rest) const {
    const std::size_t begin = rest.begin;
    rest.begin = std::min(m_source.find_first_not_of(" \t,", begin), rest.end);
    return text({begin, rest.begin}).find(',') != std::string_view::npos;
  }

  Span next_word(Span& rest) const {
    const std::size_t begin = std::min(m_source.find_first_not_of(k_blank, rest.begin), rest.end);
    rest.begin = std::min(m_source.find_first_of(" \t,\r\n", begin), rest.end);
    return {begin, rest.begin};
  }

  std::string_view text(Span span) const {
    return m_source.substr(span.begin, span.end - span.begin);
  }

  // Comments come in the order of the file, and those of one block have the same answer.
  std::uint32_t next_content_line(Span line) {
    const std::uint32_t first = m_document.position(line.begin).line;
    if (first >= m_content_line) {
      m_content_line = find_content_line(line, first);
    }
    return m_content_line;
  }

  std::uint32_t find_content_line(Span line, std::uint32_t number) const {
    for (;;) {
      const std::size_t line_end = m_source.find('\n', line.end);
      if (line_end == std::string_view::npos) {
        return number;
      }
      line = line_around(m_source, line_end + 1);
      ++number;
      const std::size_t content = m_source.find_first_not_of(k_blank, line.begin);
      if (content >= line.end || m_source[content] != '#') {
        return number;
      }
    }
  }

  const yaml::Document& m_document;
  std::string_view m_source;
  // Of the block of comments that was looked at last.
  std::uint32_t m_content_line = 0;
};

// What all comments say of one line, by the code as it is written.
class WantedOfLine {
 public:
  void add(Wanted& wanted) { m_by_code[wanted.code].push_back(&wanted); }

  // Of several that could hide a finding all count as used: taking one away would change nothing,
  // but which one is not for us to say.
  bool hide(const Finding& finding) {
    const Rule* const rule = find_rule(finding.code);
    const bool needs_whole_code = rule != nullptr && rule->is_blocking;
    bool is_hidden = false;
    for (std::size_t length = needs_whole_code ? finding.code.size() : 1;
         length <= finding.code.size(); ++length) {
      const auto found = m_by_code.find(finding.code.substr(0, length));
      if (found != m_by_code.end()) {
        is_hidden = true;
        for (Wanted* const wanted : std::exchange(found->second, {})) {
          wanted->is_used = true;
        }
      }
    }
    return is_hidden;
  }

 private:
  // The comments outlive this; of codes that were used once no more is kept than that.
  std::unordered_map<std::string_view, std::vector<Wanted*>> m_by_code;
};

void hide(std::vector<Comment>& comments, std::vector<Finding>& findings) {
  std::unordered_map<std::uint32_t, WantedOfLine> by_line;
  for (Comment& comment : comments) {
    for (Wanted& wanted : comment.codes) {
      by_line[comment.line].add(wanted);
    }
  }
  std::erase_if(findings, [&](const Finding& finding) {
    const auto there = by_line.find(finding.line);
    return finding.has_place && there != by_line.end() && there->second.hide(finding);
  });
}

// Whether a rule that it names was looked for at all.
bool is_selected(const Wanted& wanted, const Selection& selection) {
  const auto& rules = all_rules();
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.code.starts_with(wanted.code) && selection.includes(rule);
  });
}

class Complaints {
 public:
  Complaints(const yaml::Document& document, const Rule& rule, std::vector<Finding>& findings)
      : m_source(document.source()), m_reporter(document, rule, findings) {}

  void add(const Comment& comment, const ValidateOptions& options, bool is_read_whole) {
    if (comment.problem) {
      add(comment.place, *comment.problem, comment.help);
    }
    for (const Wanted& wanted : comment.codes) {
      const std::string_view written =
          m_source.substr(wanted.place.begin, wanted.place.end - wanted.place.begin);
      if (!begins_a_code(wanted.code)) {
        add(wanted.place, fmt::format("no rule has the code {}", shown(written)),
            code_hint(wanted.code));
      } else if (!wanted.is_used && is_read_whole && !wanted.code.starts_with("OTC9") &&
                 is_selected(wanted, options.selection)) {
        add(wanted.place, fmt::format("nothing is found there that {} could hide", wanted.code),
            "remove it from the comment");
      }
    }
  }

 private:
  void add(Span span, std::string message, std::string help) {
    m_reporter.add(Place{span.begin, span.end}, std::move(message), std::move(help));
  }

  std::string_view m_source;
  Reporter m_reporter;
};

}  // namespace

void apply_ignores(const yaml::Document& document, const ValidateOptions& options,
                   bool is_read_whole, std::vector<Finding>& findings) {
  std::vector<Comment> comments = CommentReader(document).read();
  if (comments.empty()) {
    return;
  }
  hide(comments, findings);
  const Rule& rule = *find_rule("OTC900");
  if (!options.selection.includes(rule)) {
    return;
  }
  std::vector<Finding> complaints;
  Complaints reporter(document, rule, complaints);
  for (const Comment& comment : comments) {
    reporter.add(comment, options, is_read_whole);
  }
  hide(comments, complaints);
  findings.insert(findings.end(), complaints.begin(), complaints.end());
}

}  // namespace otelctl::config
