// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "server/go_values.hpp"
#include "server/traceql.hpp"

namespace otelctl::server {
namespace {

// More than anybody types; what is judged for every span must have an end.
constexpr std::size_t k_most_conditions = 256;

bool is_key_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-' ||
         c == '/' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

tl::unexpected<Error> refuse(std::string what) {
  return fail(ErrorKind::usage, "invalid TraceQL query: " + std::move(what));
}

}  // namespace

// Operators wait on a stack until one that binds less comes: Dijkstra's shunting yard.
class TraceQlParser {
 public:
  explicit TraceQlParser(std::string_view text) : m_rest(text) {}

  Result<TraceQl> parse() {
    if (!take("{")) {
      return refuse("it does not begin with '{'");
    }
    if (!take("}")) {
      if (auto done = selection(); !done) {
        return fail(std::move(done).error());
      }
    }
    if (auto done = hints(); !done) {
      return fail(std::move(done).error());
    }
    return std::move(m_query);
  }

 private:
  using Field = TraceQl::Field;
  using Scope = TraceQl::Scope;
  using Comparison = TraceQl::Comparison;
  using Operator = TraceQl::Operator;
  enum class Waiting : std::uint8_t { bracket, either, both };

  void skip_space() {
    while (!m_rest.empty() && std::isspace(static_cast<unsigned char>(m_rest.front())) != 0) {
      m_rest.remove_prefix(1);
    }
  }

  bool take(std::string_view token) {
    skip_space();
    if (!m_rest.starts_with(token)) {
      return false;
    }
    m_rest.remove_prefix(token.size());
    return true;
  }

  tl::unexpected<Error> unexpected(std::string_view wanted) {
    skip_space();
    return refuse(m_rest.empty() ? fmt::format("it ends where {} is due", wanted)
                                 : fmt::format("{} is due before '{}'", wanted,
                                               escape_for_terminal(m_rest.substr(0, 20))));
  }

  void settle(Waiting weakest) {
    while (!m_waiting.empty() && m_waiting.back() >= weakest &&
           m_waiting.back() != Waiting::bracket) {
      m_query.m_steps.push_back(
          {m_waiting.back() == Waiting::both ? Operator::both : Operator::either, {}});
      m_waiting.pop_back();
    }
  }

  // Up to the closing brace.
  Result<void> selection() {
    for (std::size_t conditions = 1;; ++conditions) {
      if (conditions > k_most_conditions) {
        return refuse(fmt::format("more than {} conditions", k_most_conditions));
      }
      while (take("(")) {
        m_waiting.push_back(Waiting::bracket);
      }
      if (auto done = condition(); !done) {
        return done;
      }
      while (take(")")) {
        settle(Waiting::either);
        if (m_waiting.empty()) {
          return refuse("a ')' closes nothing");
        }
        m_waiting.pop_back();
      }
      if (take("&&")) {
        settle(Waiting::both);
        m_waiting.push_back(Waiting::both);
      } else if (take("||")) {
        settle(Waiting::either);
        m_waiting.push_back(Waiting::either);
      } else {
        break;
      }
    }
    settle(Waiting::either);
    if (!m_waiting.empty()) {
      return unexpected("')'");
    }
    if (!take("}")) {
      return unexpected("'&&', '||' or '}'");
    }
    return {};
  }

  Result<void> condition() {
    TraceQl::Condition condition;
    auto done = field(condition);
    done = done ? comparison(condition) : done;
    done = done ? value(condition) : done;
    if (done) {
      m_query.m_steps.push_back({Operator::condition, std::move(condition)});
    }
    return done;
  }

  std::string_view word() {
    skip_space();
    std::size_t length = 0;
    while (length < m_rest.size() && is_key_character(m_rest[length])) {
      ++length;
    }
    const std::string_view taken = m_rest.substr(0, length);
    m_rest.remove_prefix(length);
    return taken;
  }

  Result<void> field(TraceQl::Condition& condition) {
    constexpr std::array<std::pair<std::string_view, Field>, 10> k_fields{
        {{"name", Field::name},
         {"status", Field::status},
         {"kind", Field::kind},
         {"duration", Field::duration},
         {"traceDuration", Field::trace_duration},
         {"span:name", Field::name},
         {"span:status", Field::status},
         {"span:kind", Field::kind},
         {"span:duration", Field::duration},
         {"trace:duration", Field::trace_duration}}};
    constexpr std::array<std::pair<std::string_view, Scope>, 3> k_scopes{
        {{".", Scope::any}, {"span.", Scope::span}, {"resource.", Scope::resource}}};
    const std::string_view before = m_rest;
    const std::string_view name = word();
    for (const auto& [known, field] : k_fields) {
      if (name == known) {
        condition.field = field;
        return {};
      }
    }
    for (const auto& [prefix, scope] : k_scopes) {
      if (!name.starts_with(prefix)) {
        continue;
      }
      condition.scope = scope;
      condition.key = name.substr(prefix.size());
      if (!condition.key.empty()) {
        return {};
      }
      auto key = quoted();
      if (!key) {
        return fail(std::move(key).error());
      }
      condition.key = std::move(*key);
      return {};
    }
    m_rest = before;
    return unexpected(
        "name, status, kind, duration, traceDuration, .KEY, span.KEY or resource.KEY");
  }

  Result<void> comparison(TraceQl::Condition& condition) {
    // The longer ones first.
    constexpr std::array<std::pair<std::string_view, Comparison>, 6> k_comparisons{
        {{"!=", Comparison::unequal},
         {">=", Comparison::at_least},
         {"<=", Comparison::at_most},
         {"=", Comparison::equal},
         {">", Comparison::above},
         {"<", Comparison::below}}};
    if (take("=~") || take("!~")) {
      return refuse("this backend knows no regular expressions");
    }
    for (const auto& [token, comparison] : k_comparisons) {
      if (take(token)) {
        condition.comparison = comparison;
        return {};
      }
    }
    return unexpected("a comparison");
  }

  // A text between quotes, with Go's escapes as far as texts need them.
  Result<std::string> quoted() {
    if (!take("\"")) {
      return unexpected("a text in quotes");
    }
    std::string text;
    while (!m_rest.empty() && m_rest.front() != '"') {
      char c = m_rest.front();
      m_rest.remove_prefix(1);
      if (c == '\\') {
        auto escaped = escape();
        if (!escaped) {
          return fail(std::move(escaped).error());
        }
        c = *escaped;
      }
      text += c;
    }
    if (!take("\"")) {
      return refuse("a text has no closing quote");
    }
    return text;
  }

  Result<char> escape() {
    constexpr std::string_view k_letters = "\"\\ntr";
    constexpr std::string_view k_meanings = "\"\\\n\t\r";
    const auto letter = m_rest.empty() ? std::string_view::npos : k_letters.find(m_rest.front());
    if (letter != std::string_view::npos) {
      m_rest.remove_prefix(1);
      return k_meanings[letter];
    }
    unsigned code = 0;
    if (m_rest.size() >= 3 && m_rest.front() == 'x' &&
        std::from_chars(m_rest.data() + 1, m_rest.data() + 3, code, 16).ptr == m_rest.data() + 3) {
      m_rest.remove_prefix(3);
      return static_cast<char>(code);
    }
    return refuse("an escape in a text is not known");
  }

  Result<void> value(TraceQl::Condition& condition) {
    skip_space();
    if (m_rest.starts_with('"')) {
      auto text = quoted();
      if (!text) {
        return fail(std::move(text).error());
      }
      condition.value = std::move(*text);
      return {};
    }
    const std::string_view before = m_rest;
    const std::string_view literal = word();
    const bool is_word_field = condition.field == Field::status || condition.field == Field::kind;
    if (literal == "true" || literal == "false") {
      condition.value = literal == "true";
      return {};
    }
    double number = 0;
    const auto [end, error] =
        std::from_chars(literal.data(), literal.data() + literal.size(), number);
    if (!literal.empty() && error == std::errc{} && end == literal.data() + literal.size()) {
      condition.value = number;
      return {};
    }
    if (const auto duration = go::parse_duration(literal); duration && !literal.empty()) {
      condition.value = static_cast<double>(duration->count());
      return {};
    }
    if (is_word_field && !literal.empty()) {
      condition.value = std::string(literal);
      return {};
    }
    m_rest = before;
    return unexpected("a value");
  }

  // with (most_recent=true), or nothing.
  Result<void> hints() {
    if (take("with")) {
      const bool is_known = take("(") && take("most_recent") && take("=") &&
                            (take("true") || take("false")) && take(")");
      if (!is_known) {
        return refuse("the only hint that this backend knows is with (most_recent=true)");
      }
    }
    skip_space();
    if (!m_rest.empty()) {
      return refuse(fmt::format(
          "this backend understands one selection in braces, and not what follows: '{}'",
          escape_for_terminal(m_rest.substr(0, 20))));
    }
    return {};
  }

  std::string_view m_rest;
  std::vector<Waiting> m_waiting;
  TraceQl m_query;
};

Result<TraceQl> TraceQl::parse(std::string_view text) {
  return TraceQlParser(text).parse();
}

}  // namespace otelctl::server
