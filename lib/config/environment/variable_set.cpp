// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/variable_set.hpp"

#include <algorithm>
#include <utility>

#include "config/environment/known_names.hpp"
#include "config/environment/value_check.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

// Text that means itself unquoted in a .env file, a shell script and as a YAML scalar that does not
// begin with it.
bool is_plain_text(std::string_view text) {
  constexpr std::string_view k_marks = "_-./:=,%+@";
  return text.find(": ") == std::string_view::npos && !text.ends_with(':') &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  k_marks.find(c) != std::string_view::npos;
         });
}

}  // namespace

bool Assignment::is_wrapped() const {
  return item.is_readable && without_quotes(item.text) != item.text;
}

void VariableSet::add(Assignment assignment) {
  m_last.insert_or_assign(assignment.name(), m_assignments.size());
  m_assignments.push_back(std::move(assignment));
}

const Assignment* VariableSet::find(std::string_view name) const {
  const auto found = m_last.find(name);
  return found == m_last.end() ? nullptr : &m_assignments[found->second];
}

const Assignment* VariableSet::find_set(std::string_view name) const {
  const Assignment* found = find(name);
  return found != nullptr && found->is_set() ? found : nullptr;
}

bool VariableSet::is_surely_unset(std::string_view name) const {
  const Assignment* found = find(name);
  return found == nullptr ? !m_is_open : found->item.is_readable && found->value().empty();
}

const Assignment* VariableSet::find_for(Signal signal, std::string_view general_name) const {
  const Assignment* own = find(settings::signal_form(general_name, signal));
  const bool is_own = own != nullptr && (!own->item.is_readable || !own->value().empty());
  return is_own ? own : find(general_name);
}

bool VariableSet::has_telemetry() const {
  return std::any_of(m_assignments.begin(), m_assignments.end(),
                     [](const Assignment& each) { return is_telemetry_name(each.name()); });
}

std::vector<Edit> replace_value(const Assignment& assignment, std::string_view value) {
  return replace_in_value(assignment, 0, assignment.value().size(), value);
}

std::vector<Edit> replace_in_value(const Assignment& assignment, std::size_t offset,
                                   std::size_t length, std::string_view text) {
  if (!assignment.item.text_begin || !is_plain_text(text)) {
    return {};
  }
  const std::size_t begin = *assignment.item.text_begin + offset;
  return {{begin, begin + length, std::string(text)}};
}

std::vector<Edit> rename_variable(const Assignment& assignment, std::string_view name) {
  const Place& place = assignment.item.place;
  if (place.key_end - place.key_begin != assignment.name().size()) {
    return {};
  }
  return {{place.key_begin, place.key_end, std::string(name)}};
}

std::vector<Edit> remove_line(const Assignment& assignment) {
  if (assignment.lines_begin == assignment.lines_end) {
    return {};
  }
  return {{assignment.lines_begin, assignment.lines_end, ""}};
}

}  // namespace otelctl::config
