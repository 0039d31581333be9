// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/sdk_rest.hpp"

#include <cstddef>
#include <vector>

namespace otelctl::config::convert {
namespace {

using sdk::Model;
using sdk::Part;

// By part: whether it is taken, or holds something that is.
std::vector<bool> holders_of(const Model& model, const std::set<Part>& taken) {
  std::vector<bool> holds_taken(model.size(), false);
  for (const Part part : taken) {
    for (Part at = part; !holds_taken[at]; at = model.parent(at)) {
      holds_taken[at] = true;
    }
  }
  return holds_taken;
}

// Null is the default, unless it is a component that is chosen by its key; maps and lists say
// what is in them.
bool says_something(const Model& model, Part part) {
  const bool is_component = model.rules(model.parent(part)).most_properties == 1;
  return is_component || model.node(part).kind == yaml::NodeKind::scalar;
}

std::vector<bool> parts_with_content(const Model& model) {
  std::vector<bool> has_content(model.size(), false);
  for (std::size_t part = model.size(); part-- > 1;) {
    has_content[part] = has_content[part] || says_something(model, static_cast<Part>(part));
    const Part parent = model.parent(static_cast<Part>(part));
    has_content[parent] = has_content[parent] || has_content[part];
  }
  return has_content;
}

}  // namespace

void lose_the_rest(const Model& model, const std::set<Part>& taken, const std::set<Part>& opened,
                   Plan& plan) {
  const std::vector<bool> holds_taken = holders_of(model, taken);
  const std::vector<bool> has_content = parts_with_content(model);
  for (Part part = 1; part < model.size(); ++part) {
    const Part parent = model.parent(part);
    // Below something that was taken as a whole: a component without settings, a value's own list.
    const bool is_covered = taken.contains(parent) && !opened.contains(parent);
    if (!holds_taken[part] && holds_taken[parent] && !is_covered && has_content[part]) {
      plan.lose(model.path(part), "there is no counterpart");
    }
  }
}

}  // namespace otelctl::config::convert
