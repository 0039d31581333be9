// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/substitution.hpp"

#include <algorithm>
#include <optional>

namespace otelctl {
namespace {

using Kind = SubstitutionProblemKind;

bool is_name_start(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9');
}

// How long the variable name at the front of the text is; 0 where none begins.
std::size_t name_length(std::string_view text) {
  if (text.empty() || !is_name_start(text.front())) {
    return 0;
  }
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_name_part);
  return static_cast<std::size_t>(end - text.begin());
}

struct Reference {
  std::string_view name;
  std::optional<std::string_view> fallback;
};

// NAME [":-" DEFAULT], the whole of the text or nothing.
std::optional<Reference> parse_reference(std::string_view content) {
  const std::size_t length = name_length(content);
  if (length == 0) {
    return std::nullopt;
  }
  const std::string_view name = content.substr(0, length);
  const std::string_view rest = content.substr(length);
  if (rest.empty()) {
    return Reference{name, std::nullopt};
  }
  if (rest.starts_with(":-")) {
    return Reference{name, rest.substr(2)};
  }
  return std::nullopt;
}

// `file:/etc/x` names a scheme, `A:?x` is a shell operator that the specification does not have.
bool has_scheme(std::string_view content) {
  const std::size_t length = name_length(content);
  return length > 0 && content.size() > length + 1 && content[length] == ':' &&
         std::string_view("-?+=").find(content[length + 1]) == std::string_view::npos;
}

class Engine {
 public:
  Engine(std::string_view text, const Environment& environment, SubstitutionDialect dialect)
      : m_text(text), m_environment(environment), m_dialect(dialect) {}

  Substitution run() && {
    // `$$` is taken first, left to right, and splits the text: no reference reaches over it.
    std::size_t begin = 0;
    for (;;) {
      const std::size_t escape = m_text.find("$$", begin);
      expand_piece(begin, std::min(escape, m_text.size()));
      if (escape == std::string_view::npos) {
        break;
      }
      m_result.text += '$';
      m_result.changed = true;
      begin = escape + 2;
    }
    if (!m_is_valid) {
      m_result.text = std::string(m_text);
      m_result.changed = false;
      m_result.complete = false;
    }
    return std::move(m_result);
  }

 private:
  void expand_piece(std::size_t begin, std::size_t end) {
    while (begin < end) {
      const std::size_t dollar = std::min(m_text.find('$', begin), end);
      m_result.text += m_text.substr(begin, dollar - begin);
      begin = dollar < end ? expand_dollar(dollar, end) : end;
    }
  }

  // Handles what begins at the dollar sign and returns where the text goes on.
  std::size_t expand_dollar(std::size_t dollar, std::size_t end) {
    if (dollar + 1 == end || m_text[dollar + 1] != '{') {
      keep_naked(dollar, end);
      return dollar + 1;
    }
    const std::size_t close = m_text.substr(0, end).find('}', dollar + 2);
    const bool is_closed = close != std::string_view::npos;
    if (!is_closed || close == dollar + 2) {
      const std::size_t stop = is_closed ? close + 1 : end;
      report(Kind::unclosed, dollar, stop, m_text.substr(dollar + 2, stop - dollar - 2));
      m_result.text += m_text.substr(dollar, stop - dollar);
      return stop;
    }
    return expand_reference(dollar, close);
  }

  void keep_naked(std::size_t dollar, std::size_t end) {
    m_result.text += '$';
    const std::size_t length = name_length(m_text.substr(dollar + 1, end - dollar - 1));
    if (length > 0 && m_dialect == SubstitutionDialect::section) {
      report(Kind::naked, dollar, dollar + 1 + length, m_text.substr(dollar + 1, length));
    }
  }

  std::size_t expand_reference(std::size_t dollar, std::size_t close) {
    const std::string_view content = m_text.substr(dollar + 2, close - dollar - 2);
    // `env` is a legal variable name, so the bare form is tried before the prefix.
    std::optional<Reference> reference = parse_reference(content);
    if (!reference && content.starts_with("env:")) {
      reference = parse_reference(content.substr(4));
    }
    if (!reference) {
      m_is_valid = false;
      report(has_scheme(content) && !content.starts_with("env:") ? Kind::scheme : Kind::malformed,
             dollar, close + 1, content);
    } else if (m_dialect == SubstitutionDialect::section && reference->fallback &&
               reference->fallback->find("${") != std::string_view::npos) {
      m_is_valid = false;
      report(Kind::nested, dollar, close + 1, reference->name);
    } else {
      insert(*reference, dollar, close + 1);
    }
    return close + 1;
  }

  void insert(const Reference& reference, std::size_t begin, std::size_t end) {
    m_result.names.emplace_back(reference.name);
    m_result.changed = true;
    if (const auto value = m_environment.get_nonempty(reference.name)) {
      m_result.text += *value;
    } else if (reference.fallback) {
      m_result.text += *reference.fallback;
    } else {
      m_result.complete = false;
      report(Kind::unset, begin, end, reference.name);
    }
  }

  void report(Kind kind, std::size_t begin, std::size_t end, std::string_view name) {
    m_result.problems.push_back({kind, begin, end, std::string(name)});
  }

  std::string_view m_text;
  const Environment& m_environment;
  SubstitutionDialect m_dialect;
  Substitution m_result{};
  bool m_is_valid = true;
};

}  // namespace

Substitution substitute(std::string_view text, const Environment& environment,
                        SubstitutionDialect dialect) {
  if (text.find('$') == std::string_view::npos) {
    return Substitution{std::string(text)};
  }
  return Engine(text, environment, dialect).run();
}

}  // namespace otelctl
