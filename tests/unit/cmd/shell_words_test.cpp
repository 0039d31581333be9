// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/shell_words.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

namespace {

using Words = std::vector<std::string>;

const Environment& environment() {
  static const Environment variables({{"HOME", "/home/me"}, {"URL", "http://h:1"}});
  return variables;
}

Words words_of(std::string_view line) {
  Words words;
  for (const ShellWord& word : split_shell_line(line, environment()).words) {
    words.push_back(word.text);
  }
  return words;
}

}  // namespace

TEST_CASE("a line is split as a shell does") {
  CHECK(words_of("") == Words{""});
  CHECK(words_of("otelctl") == Words{"otelctl"});
  CHECK(words_of("otelctl  show ") == Words{"otelctl", "show", ""});
  CHECK(words_of(R"(a 'b c'"d" e\ f "\"g\"" '')") == Words{"a", "b cd", "e f", "\"g\"", ""});
  CHECK(words_of("a\\") == Words{"a"});
}

TEST_CASE("an open quote holds the cursor") {
  const ShellLine line = split_shell_line("a --service=\"b c", environment());
  CHECK(line.words.back().text == "--service=b c");
  CHECK(line.words.back().begin == 2);
  CHECK(line.quote == Quote::double_quotes);
  CHECK(split_shell_line("a 'b", environment()).quote == Quote::single_quotes);
  CHECK(split_shell_line("a 'b'", environment()).quote == Quote::none);
}

TEST_CASE("variables and ~ are put in, but not into the word under the cursor") {
  CHECK(words_of("a $URL \"${URL}/x\" '$URL' ~/f $NONE$URL x") ==
        Words{"a", "http://h:1", "http://h:1/x", "$URL", "/home/me/f", "http://h:1", "x"});
  CHECK(words_of("a $URL") == Words{"a", "$URL"});
  CHECK(words_of("a ~/f") == Words{"a", "~/f"});
  CHECK(words_of("$(id) ${URL $ x") == Words{"$(id)", "${URL", "$", "x"});
  CHECK(expanded_word("~/f", environment()) == "/home/me/f");
  CHECK(expanded_word("a~/$URL", environment()) == "a~/http://h:1");
  CHECK(expanded_word("$", environment()) == "$");
}

TEST_CASE("redirections are left out, and their file is told from arguments") {
  CHECK(words_of("a >out 2>&1 b") == Words{"a", "b"});
  CHECK(words_of("a 2> err < in b") == Words{"a", "b"});
  const ShellLine line = split_shell_line("a >> ou", environment());
  CHECK(line.is_redirection);
  CHECK(line.words.back().text == "ou");
  CHECK(split_shell_line("a >", environment()).is_redirection);
  CHECK_FALSE(split_shell_line("a > b c", environment()).is_redirection);
}

TEST_CASE("what is put in means itself to bash") {
  CHECK(quoted_for_bash("plain-1.2:3/x=y", Quote::none) == "plain-1.2:3/x=y");
  CHECK(quoted_for_bash("GET /a?b", Quote::none) == "GET\\ /a\\?b");
  CHECK(quoted_for_bash("$(rm -rf ~)`;&'\"", Quote::none) ==
        "\\$\\(rm\\ -rf\\ ~\\)\\`\\;\\&\\'\\\"");
  CHECK(quoted_for_bash("~x", Quote::none) == "\\~x");
  CHECK(quoted_for_bash("last~1", Quote::none) == "last~1");
  CHECK(quoted_for_bash("a $b\"", Quote::double_quotes) == "a \\$b\\\"");
  CHECK(quoted_for_bash("it's $b", Quote::single_quotes) == "it'\\''s $b");
}
