// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/substitution.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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

void add_name(Substitution& result, std::string_view name) {
  if (result.names.size() < k_most_substitution_problems) {
    result.names.emplace_back(name);
  }
}

void add_problem(Substitution& result, SubstitutionProblem problem) {
  if (result.problems.size() < k_most_substitution_problems) {
    result.problems.push_back(std::move(problem));
  }
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
    add_name(m_result, reference.name);
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
    add_problem(m_result, {kind, begin, end, std::string(name)});
  }

  std::string_view m_text;
  const Environment& m_environment;
  SubstitutionDialect m_dialect;
  Substitution m_result{};
  bool m_is_valid = true;
};

// How far the Collector's references are followed: it gives up after 1000 rounds, too; the size is
// ours, against variables that hold each other many times.
constexpr int k_most_rounds = 1000;
constexpr std::size_t k_most_bytes = std::size_t{1} << 20U;

class CollectorEngine {
 public:
  CollectorEngine(std::string_view text, const Environment& environment)
      : m_source(text), m_environment(environment), m_text(text) {}

  Substitution run() && {
    int round = 0;
    while (m_is_valid && expand_one()) {
      if (++round == k_most_rounds || m_text.size() > k_most_bytes) {
        fail(Kind::endless, m_source, {});
      }
    }
    if (m_is_valid) {
      report_leftovers();
      m_result.text = unescaped();
    } else {
      m_result.text = std::string(m_source);
      m_result.changed = false;
      m_result.complete = false;
    }
    return std::move(m_result);
  }

 private:
  // The innermost reference of the first closing brace; empty for none, and where it is escaped by
  // an odd number of dollar signs (which ends the search there, as in the Collector).
  std::string_view next_reference() const {
    std::string_view rest = m_text;
    for (;;) {
      const std::size_t close = rest.find('}');
      if (close == std::string_view::npos) {
        return {};
      }
      const std::size_t open = rest.substr(0, close + 1).rfind("${");
      if (open != std::string_view::npos) {
        std::size_t first = open;
        while (first > 0 && rest[first - 1] == '$') {
          --first;
        }
        return (open - first) % 2 == 1 ? std::string_view() : rest.substr(open, close + 1 - open);
      }
      rest.remove_prefix(close + 1);
    }
  }

  // Replaces one reference wherever it stands; false when there is none left to replace.
  bool expand_one() {
    const std::string reference(next_reference());
    if (reference.empty()) {
      return false;
    }
    m_result.is_whole = reference == m_text;
    const auto value =
        value_of(reference, std::string_view(reference).substr(2, reference.size() - 3));
    if (!value) {
      return false;
    }
    m_result.changed = true;
    std::string replaced;
    std::size_t begin = 0;
    for (std::size_t at = m_text.find(reference); at != std::string::npos;
         at = m_text.find(reference, begin)) {
      replaced.append(m_text, begin, at - begin).append(*value);
      begin = at + reference.size();
      if (replaced.size() > k_most_bytes) {
        break;
      }
    }
    m_text = replaced.append(m_text, begin, std::string::npos);
    return true;
  }

  std::optional<std::string> value_of(std::string_view reference, std::string_view content) {
    const std::size_t colon = content.find(':');
    const std::string_view scheme =
        colon == std::string_view::npos ? "env" : content.substr(0, colon);
    const std::string_view opaque =
        colon == std::string_view::npos ? content : content.substr(colon + 1);
    if (opaque.find('$') != std::string_view::npos) {
      return fail(Kind::malformed, reference, content);
    }
    if (scheme == "env") {
      return variable(reference, opaque);
    }
    if (scheme == "yaml") {
      return std::string(opaque);
    }
    if (is_provider(scheme)) {
      m_result.complete = false;
      return hide(reference);
    }
    const bool is_default = name_length(scheme) == scheme.size() && opaque.starts_with('-');
    return fail(is_default ? Kind::no_scheme : Kind::scheme, reference,
                is_default ? scheme : content);
  }

  std::optional<std::string> variable(std::string_view reference, std::string_view content) {
    const std::size_t separator = content.find(":-");
    const std::string_view name = content.substr(0, separator);
    if (name.empty() || name_length(name) != name.size()) {
      return fail(Kind::malformed, reference, content);
    }
    add_name(m_result, name);
    if (const auto value = m_environment.get(name)) {
      return std::string(*value);
    }
    if (separator != std::string_view::npos) {
      return std::string(content.substr(separator + 2));
    }
    m_result.complete = false;
    report(Kind::unset, reference, name);
    return std::string();
  }

  // What comes from elsewhere is not known: nothing in its place, and nothing said.
  std::optional<std::string> hide(std::string_view reference) {
    add_name(m_result, reference.substr(2, reference.size() - 3));
    return std::string();
  }

  // The providers of the distributions (manifests of opentelemetry-collector-releases 0.136).
  static bool is_provider(std::string_view scheme) {
    static constexpr std::array<std::string_view, 7> k_names{
        "file", "http", "https", "aes", "s3", "secretsmanager", "googlesecretmanager"};
    return std::find(k_names.begin(), k_names.end(), scheme) != k_names.end();
  }

  // What stays as it is although it looks like a reference. Behind the first brace that never
  // closes there is no other that does.
  void report_leftovers() {
    const std::string_view text = m_text;
    const std::size_t last_close = text.rfind('}');
    bool has_unclosed = false;
    for (std::size_t at = text.find('$');
         at != std::string_view::npos && m_result.problems.size() < k_most_substitution_problems;
         at = text.find('$', at)) {
      const std::size_t end = std::min(text.find_first_not_of('$', at), text.size());
      const bool is_escaped = (end - at) % 2 == 0;
      const std::size_t length = name_length(text.substr(end));
      at = end;
      if (!is_escaped && length > 0) {
        report(Kind::naked, text.substr(end - 1, length + 1), text.substr(end, length));
      } else if (!is_escaped && !has_unclosed && end < text.size() && text[end] == '{' &&
                 (last_close == std::string_view::npos || last_close < end)) {
        has_unclosed = true;
        report(Kind::unclosed, text.substr(end - 1), text.substr(end + 1));
      }
    }
  }

  std::string unescaped() {
    std::string text;
    std::size_t begin = 0;
    for (std::size_t at = m_text.find("$$"); at != std::string::npos;
         at = m_text.find("$$", begin)) {
      text.append(m_text, begin, at + 1 - begin);
      begin = at + 2;
      m_result.changed = true;
    }
    return text.append(m_text, begin, std::string::npos);
  }

  std::nullopt_t fail(Kind kind, std::string_view reference, std::string_view name) {
    m_is_valid = false;
    report(kind, reference, name);
    return std::nullopt;
  }

  // The place is that of the same text in what was handed in; of what only an inserted value
  // holds, all of it. Leftovers are reported in their order, and each has its own place.
  void report(Kind kind, std::string_view reference, std::string_view name) {
    const std::size_t found = m_source.find(reference, m_behind_leftovers);
    const bool is_there = found != std::string_view::npos;
    const std::size_t begin = is_there ? found : 0;
    const std::size_t end = is_there ? begin + reference.size() : m_source.size();
    m_behind_leftovers = is_there && kind == Kind::naked ? end : m_behind_leftovers;
    add_problem(m_result, {kind, begin, end, std::string(name)});
  }

  std::string_view m_source;
  const Environment& m_environment;
  std::string m_text;
  Substitution m_result{};
  std::size_t m_behind_leftovers = 0;
  bool m_is_valid = true;
};

}  // namespace

Substitution substitute(std::string_view text, const Environment& environment,
                        SubstitutionDialect dialect) {
  if (text.find('$') == std::string_view::npos) {
    return Substitution{std::string(text)};
  }
  if (dialect == SubstitutionDialect::collector) {
    return CollectorEngine(text, environment).run();
  }
  return Engine(text, environment, dialect).run();
}

}  // namespace otelctl
