// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/docs/completion.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/help.hpp"
#include "cmd/parser.hpp"

namespace otelctl {
namespace {

// What stands behind "otelctl" or behind "otelctl config", with its summary.
struct Word {
  std::string name;
  std::string summary;
};

std::vector<Word> words_behind(std::string_view prefix) {
  std::vector<Word> words;
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden || !spec.name.starts_with(prefix)) {
      continue;
    }
    const std::string_view rest = spec.name.substr(prefix.size());
    const std::string word(rest.substr(0, rest.find(' ')));
    const bool is_group = word.size() < rest.size();
    if (words.empty() || words.back().name != word) {
      words.push_back(
          {word, is_group ? fmt::format("Commands about {}", word) : std::string(spec.summary)});
    }
  }
  return words;
}

std::string names_of(const std::vector<Word>& words) {
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const Word& word : words) {
    names.push_back(word.name);
  }
  return join(names, " ");
}

std::vector<std::string> groups() {
  std::vector<std::string> found;
  for (const Word& word : words_behind("")) {
    if (is_command_group(word.name)) {
      found.push_back(word.name);
    }
  }
  return found;
}

bool takes_file(const OptionFacts& option) {
  return option.placeholder.find("FILE") != std::string::npos;
}

std::vector<const CommandSpec*> shown_commands() {
  std::vector<const CommandSpec*> shown;
  for (const CommandSpec& spec : all_commands()) {
    if (!spec.is_hidden) {
      shown.push_back(&spec);
    }
  }
  return shown;
}

// In single quotes for a shell. A quote inside ends them, stands escaped, and begins them again.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result + "'";
}

std::vector<std::string> names_with_value(const CommandSpec& spec) {
  std::vector<std::string> names;
  for (const OptionFacts& option : describe_options(spec)) {
    if (!option.is_positional && !option.placeholder.empty()) {
      names.insert(names.end(), option.names.begin(), option.names.end());
    }
  }
  return names;
}

// Where another program's command line has begun, its own completion takes over, if there is one.
// bash takes "--name=x" for three words.
std::string bash_program(const CommandSpec& spec) {
  return fmt::format(
      "      for ((index = 1; index < COMP_CWORD; index++)); do\n"
      "        [[ ${{COMP_WORDS[index]}} != {} ]] || break\n"
      "      done\n"
      "      for ((index++; index < COMP_CWORD; index++)); do\n"
      "        case ${{COMP_WORDS[index]}} in\n"
      "          --) ((index++)); break ;;\n"
      "          {}) ((index++)); [[ ${{COMP_WORDS[index]}} != = ]] || ((index++)) ;;\n"
      "          -*) ;;\n"
      "          *) break ;;\n"
      "        esac\n"
      "      done\n"
      "      if ((index < COMP_CWORD)); then\n"
      "        if declare -F _command_offset >/dev/null; then _command_offset \"$index\"; return; "
      "fi\n"
      "        words=''; files=1\n"
      "      elif [[ -z $is_value && $current != -* ]]; then\n"
      "        words=$(compgen -c -- \"$current\"); files=1\n"
      "      fi ;;\n",
      spec.name, join(names_with_value(spec), "|"));
}

std::string bash_case(const CommandSpec& spec) {
  std::string names;
  std::string values;
  std::string arguments;
  bool wants_files = false;
  for (const OptionFacts& option : describe_options(spec)) {
    const std::string choices = join(option.choices(), " ");
    if (option.is_positional) {
      arguments += choices.empty() ? "" : " " + choices;
      wants_files = wants_files || takes_file(option);
      continue;
    }
    names += (names.empty() ? "" : " ") + join(option.names, " ");
    if (!choices.empty()) {
      values += fmt::format("        {}) words='{}';{} is_value=1 ;;\n", join(option.names, "|"),
                            choices, takes_file(option) ? " files=1;" : "");
    } else if (takes_file(option)) {
      values += fmt::format("        {}) files=1; is_value=1 ;;\n", join(option.names, "|"));
    } else if (!option.placeholder.empty()) {
      values += fmt::format("        {}) is_value=1 ;;\n", join(option.names, "|"));
    }
  }
  if (spec.name == "help") {
    arguments = " " + names_of(words_behind(""));
  }
  return fmt::format(
      "    {})\n      case $previous in\n{}      esac\n"
      "      if [[ -z $is_value ]]; then words='{}{}'; files={}; fi{}\n{}",
      quoted(spec.name), values, names, arguments, wants_files ? "1" : "",
      spec.runs_program ? "" : " ;;", spec.runs_program ? bash_program(spec) : "");
}

std::string zsh_option(const OptionFacts& option, const std::string& name) {
  std::string description = option.description;
  // In a specification of _arguments brackets and colons have a meaning.
  for (const std::string_view special : {"\\", "[", "]", ":"}) {
    for (auto at = description.find(special); at != std::string::npos;
         at = description.find(special, at + 2)) {
      description.insert(at, "\\");
    }
  }
  std::string spec = fmt::format("{}{}[{}]", option.is_repeatable ? "*" : "", name, description);
  if (!option.choices().empty() && takes_file(option)) {
    spec +=
        fmt::format(":value:{{_alternative \"values\\:value\\:({})\" \"files\\:file\\:_files\"}}",
                    join(option.choices(), " "));
  } else if (!option.choices().empty()) {
    spec += fmt::format(":value:({})", join(option.choices(), " "));
  } else if (takes_file(option)) {
    spec += ":file:_files";
  } else if (!option.placeholder.empty()) {
    spec +=
        fmt::format(":{}: ", to_lower(option.placeholder.substr(0, option.placeholder.find('='))));
  }
  return quoted(spec);
}

std::string zsh_argument(const CommandSpec& spec, const OptionFacts& option) {
  if (spec.name == "help") {
    return quoted(fmt::format("*:command:({})", names_of(words_behind(""))));
  }
  if (spec.runs_program) {
    return "'(-):command: _command_names -e' '*::arguments: _normal'";
  }
  if (!option.choices().empty()) {
    return quoted(fmt::format(":value:({})", join(option.choices(), " ")));
  }
  return quoted(takes_file(option) ? "*:file:_files" : "*:argument: ");
}

std::string zsh_case(const CommandSpec& spec) {
  std::string text = fmt::format("    {})\n      _arguments -s -S", quoted(spec.name));
  for (const OptionFacts& option : describe_options(spec)) {
    if (option.is_positional) {
      text += " \\\n        " + zsh_argument(spec, option);
      continue;
    }
    for (const std::string& name : option.names) {
      text += " \\\n        " + zsh_option(option, name);
    }
  }
  return text + "\n      ;;\n";
}

std::string fish_option(const CommandSpec& spec, const OptionFacts& option) {
  std::string line =
      fmt::format("complete -c otelctl -n {}", quoted(fmt::format("__otelctl_is {}", spec.name)));
  if (option.is_positional) {
    if (spec.runs_program) {
      // The empty word keeps fish from taking the names behind it for its own options.
      return line + fmt::format(" -x -a '(__fish_complete_subcommand --fcs-skip=2 \"\" {})'\n",
                                join(names_with_value(spec), " "));
    }
    if (!option.choices().empty()) {
      return line + fmt::format(" -a {}\n", quoted(join(option.choices(), " ")));
    }
    return takes_file(option) ? line + " -F\n" : std::string{};
  }
  for (const std::string& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.choices().empty()) {
    line += fmt::format(" {} -a {}", takes_file(option) ? "-r -F" : "-x",
                        quoted(join(option.choices(), " ")));
  } else if (takes_file(option)) {
    line += " -r -F";
  } else if (!option.placeholder.empty()) {
    line += " -x";
  }
  return line + fmt::format(" -d {}\n", quoted(option.description));
}

}  // namespace

std::string bash_completion() {
  std::string text =
      "# bash completion for otelctl; written by 'otelctl completion bash'.\n"
      "_otelctl() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command='' words='' files='' is_value='' word index\n"
      "  COMPREPLY=()\n"
      "  for ((index = 1; index < COMP_CWORD; index++)); do\n"
      "    word=${COMP_WORDS[index]}\n"
      "    case $word in -*) continue ;; esac\n"
      "    if [[ -z $command ]]; then command=$word\n";
  for (const std::string& group : groups()) {
    text += fmt::format("    elif [[ $command == {0} ]]; then command='{0} '$word\n", group);
  }
  text += fmt::format(
      "    fi\n  done\n"
      "  case $command in\n    '') words='{} --help --version' ;;\n",
      names_of(words_behind("")));
  for (const std::string& group : groups()) {
    text +=
        fmt::format("    {}) words='{} --help' ;;\n", group, names_of(words_behind(group + " ")));
  }
  for (const CommandSpec* spec : shown_commands()) {
    text += bash_case(*spec);
  }
  text +=
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
      "  if [[ -n $files && $current != -* ]]; then\n"
      "    compopt -o filenames\n"
      "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$current\")\n"
      "  fi\n"
      "}\n"
      "complete -F _otelctl otelctl\n";
  return text;
}

std::string zsh_completion() {
  std::string text =
      "#compdef otelctl\n"
      "# zsh completion for otelctl; written by 'otelctl completion zsh'.\n"
      "_otelctl() {\n"
      "  local command=${words[2]}\n"
      "  if (( CURRENT == 2 )); then\n    local -a commands=(\n";
  for (const Word& word : words_behind("")) {
    text += fmt::format("      {}\n", quoted(word.name + ":" + word.summary));
  }
  text += "    )\n    _describe command commands\n    return\n  fi\n";
  for (const std::string& group : groups()) {
    text += fmt::format(
        "  if [[ $command == {0} ]]; then\n    if (( CURRENT == 3 )); then\n"
        "      local -a commands=(\n",
        group);
    for (const Word& word : words_behind(group + " ")) {
      text += fmt::format("        {}\n", quoted(word.name + ":" + word.summary));
    }
    text += fmt::format(
        "      )\n      _describe command commands\n      return\n    fi\n"
        "    command='{} '${{words[3]}}\n    shift words\n    (( CURRENT-- ))\n"
        "  fi\n",
        group);
  }
  text += "  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CommandSpec* spec : shown_commands()) {
    text += zsh_case(*spec);
  }
  return text + "  esac\n}\ncompdef _otelctl otelctl\n";
}

std::string fish_completion() {
  std::string text =
      "# fish completion for otelctl; written by 'otelctl completion fish'.\n"
      "function __otelctl_words\n"
      "    set -l words (commandline -opc)\n"
      "    string match -v -- '-*' $words[2..-1]\n"
      "end\n"
      "function __otelctl_is\n"
      "    set -l words (__otelctl_words)\n"
      "    test (count $words) -ge (count $argv); or return 1\n"
      "    test \"$words[1..\"(count $argv)\"]\" = \"$argv\"\n"
      "end\n"
      "function __otelctl_is_at\n"
      "    set -l words (__otelctl_words)\n"
      "    test \"$words\" = \"$argv\"\n"
      "end\n"
      "complete -c otelctl -f\n";
  for (const Word& word : words_behind("")) {
    text += fmt::format("complete -c otelctl -n '__otelctl_is_at' -a {} -d {}\n", word.name,
                        quoted(word.summary));
  }
  for (const std::string& group : groups()) {
    for (const Word& word : words_behind(group + " ")) {
      text += fmt::format("complete -c otelctl -n '__otelctl_is_at {}' -a {} -d {}\n", group,
                          word.name, quoted(word.summary));
    }
  }
  for (const CommandSpec* spec : shown_commands()) {
    for (const OptionFacts& option : describe_options(*spec)) {
      text += fish_option(*spec, option);
    }
  }
  for (const Word& word : words_behind("")) {
    text += fmt::format("complete -c otelctl -n '__otelctl_is help' -a {}\n", word.name);
  }
  return text;
}

}  // namespace otelctl
