// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/line.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cmd/help.hpp"

namespace otelctl {
namespace {

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

const OptionFacts* find_option(const std::vector<OptionFacts>& options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const OptionFacts& option) {
    return !option.is_positional &&
           std::find(option.names.begin(), option.names.end(), name) != option.names.end();
  });
  return found == options.end() ? nullptr : &*found;
}

class Reader {
 public:
  CommandLine read(const std::vector<std::string>& words) {
    m_line.options = general_options();
    for (std::size_t index = 0; index + 1 < words.size(); ++index) {
      if (!take(words[index], index)) {
        return std::move(m_line);
      }
    }
    place_cursor(words.empty() ? std::string{} : words.back(),
                 words.empty() ? 0 : words.size() - 1);
    return std::move(m_line);
  }

 private:
  using At = CommandLine::At;

  // False: what is under the cursor is decided.
  bool take(const std::string& word, std::size_t index) {
    if (m_awaiting != nullptr) {
      m_line.given.push_back({m_awaiting->names.back(), word});
      m_awaiting = nullptr;
      return true;
    }
    if (!m_has_ended && word == "--") {
      m_has_ended = true;
      return !runs_program() || begin_program(index + 1);
    }
    if (!m_has_ended && is_option(word)) {
      take_option(word);
      return true;
    }
    if (m_line.command == nullptr) {
      return take_name(word);
    }
    if (runs_program()) {
      return begin_program(index);
    }
    m_line.arguments.push_back(word);
    return true;
  }

  bool runs_program() const { return m_line.command != nullptr && m_line.command->runs_program; }

  bool begin_program(std::size_t index) {
    m_line.at = At::program;
    m_line.program = index;
    return false;
  }

  bool take_name(const std::string& word) {
    if (m_line.group.empty() && is_command_group(word)) {
      m_line.group = word;
      return true;
    }
    m_line.command = find_spec(m_line.group.empty() ? word : m_line.group + " " + word);
    if (m_line.command == nullptr || m_line.command->is_hidden) {
      m_line.command = nullptr;
      return false;
    }
    m_line.options = describe_options(*m_line.command);
    return true;
  }

  void take_option(const std::string& word) {
    if (word.starts_with("--")) {
      const std::size_t equals = word.find('=');
      const OptionFacts* option = find_option(m_line.options, word.substr(0, equals));
      if (option == nullptr) {
        return;
      }
      if (equals != std::string::npos) {
        m_line.given.push_back({option->names.back(), word.substr(equals + 1)});
      } else {
        give(*option);
      }
      return;
    }
    // Short ones may stand together, the last of them with its value: -qv, -oFILE.
    for (std::size_t at = 1; at < word.size(); ++at) {
      const OptionFacts* option = find_option(m_line.options, std::string("-") + word[at]);
      if (option == nullptr) {
        return;
      }
      if (option->takes_value() && at + 1 < word.size()) {
        m_line.given.push_back({option->names.back(), word.substr(at + 1)});
        return;
      }
      give(*option);
    }
  }

  void give(const OptionFacts& option) {
    if (option.takes_value()) {
      m_awaiting = &option;
    } else {
      m_line.given.push_back({option.names.back(), ""});
    }
  }

  void place_cursor(const std::string& word, std::size_t index) {
    m_line.typed = word;
    if (m_awaiting != nullptr) {
      place_in_value(*m_awaiting);
    } else if (m_has_ended || !word.starts_with('-')) {
      place_in_name_or_argument(index);
    } else if (!place_behind_name(word)) {
      m_line.at = word.find('=') == std::string::npos ? At::option : At::nothing;
    }
  }

  void place_in_name_or_argument(std::size_t index) {
    if (m_line.command == nullptr) {
      m_line.at = m_has_ended ? At::nothing : At::command;
    } else if (runs_program()) {
      begin_program(index);
    } else {
      place_in_argument();
    }
  }

  // "--name=VALUE" and "-nVALUE".
  bool place_behind_name(const std::string& word) {
    const std::size_t end = word.starts_with("--") ? word.find('=') : std::size_t{2};
    if (end == std::string::npos || (!word.starts_with("--") && word.size() <= end)) {
      return false;
    }
    const OptionFacts* option = find_option(m_line.options, word.substr(0, end));
    if (option == nullptr || !option->takes_value()) {
      return false;
    }
    const std::size_t begin = word.starts_with("--") ? end + 1 : end;
    m_line.fixed = word.substr(0, begin);
    m_line.typed = word.substr(begin);
    place_in_value(*option);
    return true;
  }

  void place_in_value(const OptionFacts& option) {
    m_line.at = At::value;
    m_line.taker = &option;
    const std::size_t comma = option.is_list() ? m_line.typed.rfind(',') : std::string::npos;
    if (comma != std::string::npos) {
      for (const std::string_view item :
           split(std::string_view(m_line.typed).substr(0, comma), ',')) {
        m_line.listed.emplace_back(item);
      }
      m_line.fixed += m_line.typed.substr(0, comma + 1);
      m_line.typed.erase(0, comma + 1);
    }
  }

  void place_in_argument() {
    m_line.at = At::argument;
    std::size_t left = m_line.arguments.size();
    for (const OptionFacts& option : m_line.options) {
      if (option.is_positional && (option.is_repeatable || left-- == 0)) {
        m_line.taker = &option;
        return;
      }
    }
  }

  CommandLine m_line;
  const OptionFacts* m_awaiting = nullptr;
  bool m_has_ended = false;  // "--" came
};

}  // namespace

bool CommandLine::has(const OptionFacts& option) const {
  return std::any_of(given.begin(), given.end(),
                     [&](const GivenOption& each) { return each.name == option.names.back(); });
}

CommandLine read_command_line(const std::vector<std::string>& words) {
  return Reader().read(words);
}

}  // namespace otelctl
