// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/syntax_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "yaml/extent.hpp"

namespace otelctl::yaml {
namespace {

// yaml-cpp's messages (exceptions.h) that need no look at the source.
struct Wording {
  std::string_view library;
  std::string_view message;
  std::string_view help;
};

constexpr std::array<Wording, 18> k_wordings{{
    {"illegal map key", "a key cannot begin here", "put it on a line of its own"},
    {"illegal block entry", "a list item cannot begin here",
     "put '- ' on a line of its own under the key"},
    {"illegal flow end", "this bracket closes nothing", "remove it, or add the one that opens"},
    {"alias not found after *", "'*' is not followed by a name", "quote the value if it is text"},
    {"anchor not found after &", "'&' is not followed by a name", "quote the value if it is text"},
    {"illegal character found while scanning alias", "this name of an alias is not complete",
     "quote the value if it is text that begins with '*'"},
    {"illegal character found while scanning anchor", "this name of an anchor is not complete",
     "quote the value if it is text that begins with '&'"},
    {"illegal character found while scanning tag handle", "this tag is not complete",
     "quote the value if it is text that begins with '!'"},
    {"tag handle with no suffix", "this tag is not complete",
     "quote the value if it is text that begins with '!'"},
    {"end of verbatim tag not found", "this tag is not closed", "close it with '>'"},
    {"cannot assign multiple tags", "a value has two tags", "keep one of them"},
    {"cannot assign multiple anchors", "a value has two anchors", "keep one of them"},
    {"aliases can't have any content", "an alias stands for a whole value",
     "remove the tag or anchor in front of it"},
    {"cannot set zero indentation", "a block of text cannot have the indentation 0",
     "remove the 0 after '|' or '>'"},
    {"unexpected character in block scalar",
     "after '|' or '>' only a digit, '+' or '-' may stand on the line",
     "begin the text on the next line, or quote the value if it is text"},
    {"illegal document indicator in scalar", "'---' or '...' stands inside a string",
     "close the string before it"},
    {"YAML major version too large", "this version of YAML is not known",
     "remove the line, or write %YAML 1.2"},
    {"bad YAML version", "the %YAML directive has no version that is known",
     "remove the line, or write %YAML 1.2"},
}};

class Explanation {
 public:
  Explanation(const Document& document, const Builder& builder, std::string_view message,
              std::size_t offset)
      : m_document(document),
        m_builder(builder),
        m_source(document.source()),
        m_message(message),
        m_offset(std::min(offset, m_source.size())) {
    if (builder.last_node() != k_no_node) {
      m_last = &document.node(builder.last_node());
    }
    // Of a key without value it is the key that was read last.
    if (m_last != nullptr && m_last->begin == m_last->end && m_last->key != k_no_node) {
      m_last = &document.node(m_last->key);
    }
  }

  Problem find() const {
    for (const auto& cause : {tab(), template_mark(), open_string(), missing_space(), open_flow(),
                              reference_in_flow()}) {
      if (cause) {
        return *cause;
      }
    }
    if (is("illegal map value")) {
      return second_colon();
    }
    if (is("end of map not found") || is("end of sequence not found")) {
      return misplaced();
    }
    if (is("unknown token")) {
      return unknown_token();
    }
    if (is("unknown escape character")) {
      return syntax(backslash(), "this backslash is no escape that double quotes know",
                    "use single quotes, or write \\\\ for a backslash");
    }
    if (is("invalid unicode") || is("bad character found while scanning hex number")) {
      return syntax(backslash(), "this escape is no Unicode character",
                    "write the character itself, or \\U and its number in eight hexadecimal digits;"
                    " surrogate pairs are not read");
    }
    if (is("the referenced anchor is not defined")) {
      return unknown_alias();
    }
    if (is("bad file")) {
      return {ProblemKind::limit, m_offset, m_offset + 1, "the document nests too deeply",
              "check for a bracket or an indentation that is repeated by mistake"};
    }
    const auto* const wording =
        std::find_if(k_wordings.begin(), k_wordings.end(),
                     [&](const Wording& candidate) { return is(candidate.library); });
    if (wording != k_wordings.end()) {
      return syntax(m_offset, std::string(wording->message), std::string(wording->help));
    }
    return syntax(m_offset, std::string(m_message), "see https://yaml.org/spec/1.2.2/");
  }

 private:
  bool is(std::string_view library_message) const { return m_message.starts_with(library_message); }

  static Problem syntax(std::size_t offset, std::string message, std::string help) {
    return {ProblemKind::syntax, offset, offset + 1, std::move(message), std::move(help)};
  }

  std::size_t line_begin(std::size_t offset) const {
    const std::size_t before =
        offset == 0 ? std::string_view::npos : m_source.rfind('\n', offset - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }

  std::uint32_t line(std::size_t offset) const { return m_document.position(offset).line; }

  bool line_has_reference() const {
    const std::size_t begin = line_begin(m_offset);
    const std::size_t end = std::min(m_source.find('\n', m_offset), m_source.size());
    return m_source.substr(begin, end - begin).find("${") != std::string_view::npos;
  }

  std::optional<Problem> tab() const {
    const std::size_t begin = line_begin(m_offset);
    // Behind the dash of a list item too a tab counts as indentation.
    const std::size_t end = std::min(m_source.find_first_not_of(" \t-?", begin), m_source.size());
    const std::size_t found = m_source.substr(0, end).find('\t', begin);
    if (found == std::string_view::npos) {
      return std::nullopt;
    }
    return Problem{ProblemKind::tab, found, found + 1, "tab used for indentation",
                   "YAML indents by spaces: replace each tab by two"};
  }

  // `key: {{ .Values.key }}`, not in quotes. A file of Helm or Jinja is no YAML before it is
  // rendered.
  std::optional<Problem> template_mark() const {
    const std::size_t begin = line_begin(m_offset);
    const std::size_t end = std::min(m_source.find('\n', begin), m_source.size());
    const std::string_view text = m_source.substr(begin, end - begin);
    const std::size_t mark = text.find("{{");
    if (mark == std::string_view::npos || text.find_first_of("\"'#") < mark) {
      return std::nullopt;
    }
    return template_problem(begin + mark);
  }

  // A quote that was forgotten swallows text up to the next quote; the trouble shows only there.
  std::optional<Problem> open_string() const {
    const bool ends_in_escape = is("unknown escape character") && m_offset == m_source.size();
    if (is("illegal EOF in scalar") || is("illegal document indicator in scalar") ||
        ends_in_escape) {
      const std::size_t after = m_last == nullptr ? 0 : m_last->end;
      const std::size_t quote = m_source.find_first_of("\"'", after);
      if (quote < m_offset) {
        return Problem{ProblemKind::unterminated_string, quote, quote + 1,
                       "the string opened here never ends",
                       fmt::format("close it with another {}", m_source[quote])};
      }
    }
    const bool is_quoted =
        m_last != nullptr && m_last->kind == NodeKind::scalar &&
        (m_last->style == Style::double_quoted || m_last->style == Style::single_quoted);
    if (!is_quoted || line(m_last->begin) == line(m_last->end) ||
        line(m_last->end) != line(m_offset)) {
      return std::nullopt;
    }
    return Problem{ProblemKind::unterminated_string, m_last->begin, m_last->begin + 1U,
                   fmt::format("the string opened here ends only at the next quote, on line {}",
                               line(m_last->end)),
                   fmt::format("close it with {} on its own line", m_source[m_last->begin])};
  }

  // `key:value` and `"key":value` are one word to YAML, or a word too many.
  std::optional<Problem> missing_space() const {
    const bool stands_behind_colon =
        m_offset > 0 && m_offset < m_source.size() && m_source[m_offset - 1] == ':' &&
        std::string_view(" \t\r\n").find(m_source[m_offset]) == std::string_view::npos;
    const bool stands_at_colon = m_offset > 0 && m_offset < m_source.size() &&
                                 m_source[m_offset] == ':' &&
                                 (m_source[m_offset - 1] == '"' || m_source[m_offset - 1] == '\'');
    if (!stands_behind_colon && !stands_at_colon) {
      return std::nullopt;
    }
    return syntax(stands_at_colon ? m_offset : m_offset - 1, "a space is missing after ':'",
                  "write ': '");
  }

  std::optional<Problem> open_flow() const {
    const bool is_flow_end =
        is("end of map flow not found") || is("end of sequence flow not found");
    NodeId open = m_builder.innermost_open();
    if (!is_flow_end || open == k_no_node || stands_at_reference()) {
      return std::nullopt;
    }
    // A pair in a list, `[a: b]`, is a map without brackets of its own.
    const char bracket = m_source[m_document.node(open).begin];
    if (bracket != '[' && bracket != '{' && m_document.node(open).parent != k_no_node) {
      open = m_document.node(open).parent;
    }
    const Node& node = m_document.node(open);
    const bool is_map = node.kind == NodeKind::map;
    return syntax(node.begin,
                  fmt::format("the {} opened here is not closed", is_map ? "map" : "list"),
                  fmt::format("add '{}' before line {} goes on otherwise", is_map ? '}' : ']',
                              line(m_offset)));
  }

  bool stands_at_reference() const {
    return m_offset > 0 && m_offset < m_source.size() && m_source[m_offset] == '{' &&
           m_source[m_offset - 1] == '$';
  }

  std::optional<Problem> reference_in_flow() const {
    if (!stands_at_reference()) {
      return std::nullopt;
    }
    return syntax(m_offset - 1, "'${' begins a map inside [ ] and { }",
                  "quote the value: \"${...}\"");
  }

  // Where the word begins that the parser was reading: behind the last value, or the last key's
  // colon.
  std::size_t begin_of_word() const {
    if (m_last == nullptr) {
      return skip_blank(m_source, 0);
    }
    std::size_t begin = skip_blank(m_source, m_last->end);
    if (begin < m_offset && m_source[begin] == ':') {
      begin = skip_blank(m_source, begin + 1);
    }
    return begin;
  }

  Problem missing_colon(std::size_t word) const {
    Problem problem = syntax(word, "a ':' is missing in this line", "write it as 'key: value'");
    problem.end = std::min(m_source.find_first_of("#\r\n", word), m_source.size());
    return problem;
  }

  Problem second_colon() const {
    const std::size_t word = begin_of_word();
    if (word < m_offset && line(word) < line(m_offset)) {
      return missing_colon(word);
    }
    const bool continues =
        m_last != nullptr && m_last->is_plain() && line(m_last->begin) < line(m_offset);
    if (line_has_reference()) {
      return syntax(m_offset, "': ' inside a reference ends the value",
                    "quote the value that holds ${...}");
    }
    if (continues) {
      return syntax(line_begin(m_offset) + indentation(),
                    fmt::format("this line is indented as if it went on with the value of line {}",
                                line(m_last->begin)),
                    "line it up with the key that it belongs beside");
    }
    return syntax(m_offset, "a second ': ' in one value",
                  "quote the value, or begin a new line after its key");
  }

  std::size_t indentation() const {
    const std::size_t begin = line_begin(m_offset);
    return std::min(m_source.find_first_not_of(' ', begin), m_source.size()) - begin;
  }

  Problem misplaced() const {
    if (m_last != nullptr && line(m_last->end) == line(m_offset)) {
      return syntax(m_offset, "unexpected text after the value",
                    line_has_reference() ? "quote the value that holds ${...}"
                                         : "quote the whole value, or remove what follows it");
    }
    const NodeId open = m_builder.innermost_open();
    const bool is_in_line =
        open != k_no_node && m_document.position(m_offset).column ==
                                 m_document.position(m_document.node(open).begin).column;
    if (is_in_line && is("end of map not found")) {
      return missing_colon(m_offset);
    }
    const std::string_view what = is("end of map not found") ? "keys" : "items";
    const std::string help =
        open == k_no_node ? std::string("check the indentation")
                          : fmt::format("those begin in column {} (line {})",
                                        m_document.position(m_document.node(open).begin).column,
                                        line(m_document.node(open).begin));
    return syntax(m_offset, fmt::format("this line is not in line with the {} above it", what),
                  help);
  }

  Problem unknown_token() const {
    if (m_offset == m_source.size()) {
      return syntax(m_offset, "the document ends too early", "complete the last value");
    }
    const CodePoint point = first_code_point(m_source.substr(m_offset));
    return syntax(m_offset,
                  fmt::format("a value cannot begin with '{}'",
                              escape_for_terminal(m_source.substr(m_offset, point.length))),
                  "quote the value");
  }

  std::size_t backslash() const {
    const std::size_t found =
        m_offset == 0 ? std::string_view::npos : m_source.rfind('\\', m_offset - 1);
    return found == std::string_view::npos ? m_offset : found;
  }

  Problem unknown_alias() const {
    const std::size_t end =
        std::min(m_source.find_first_of(" \t\r\n,[]{}", m_offset), m_source.size());
    Problem problem =
        syntax(m_offset,
               fmt::format("'{}' refers to an anchor that does not exist",
                           escape_for_terminal(m_source.substr(m_offset, end - m_offset))),
               "quote the value if it is text that begins with '*'");
    problem.end = end;
    return problem;
  }

  const Document& m_document;
  const Builder& m_builder;
  std::string_view m_source;
  std::string_view m_message;
  std::size_t m_offset;
  const Node* m_last = nullptr;
};

}  // namespace

Problem template_problem(std::size_t offset) {
  return {ProblemKind::syntax, offset, offset + 2, "'{{' begins a template, which is no YAML yet",
          "check what it is rendered to (helm template, ...), or quote the value if it is text"};
}

Problem explain_syntax_error(const Document& document, const Builder& builder,
                             std::string_view message, std::size_t offset) {
  return Explanation(document, builder, message, offset).find();
}

}  // namespace otelctl::yaml
