// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/name_values.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "settings/key_values.hpp"

namespace otelctl::config::sdk {
namespace {

// Where a scalar's content begins in the file; nothing when it stands there otherwise (escapes,
// folded lines).
std::optional<std::size_t> verbatim_begin(const Model& model, Part part) {
  const std::string_view source = model.document().source();
  const std::string_view text = model.node(part).text;
  const std::less_equal<const char*> not_behind;
  const bool is_verbatim = not_behind(source.data(), text.data()) &&
                           not_behind(text.data() + text.size(), source.data() + source.size());
  return is_verbatim ? std::optional(static_cast<std::size_t>(text.data() - source.data()))
                     : std::nullopt;
}

}  // namespace

std::vector<Item> read_pairs(const Model& model, Part list) {
  std::vector<Item> items;
  for (const Part entry : model.children(list)) {
    const auto name = model.text(entry, "name");
    const auto value = model.child(entry, "value");
    if (!name || !value) {
      continue;
    }
    const Part name_part = *model.child(entry, "name");
    schema::Value read = model.value(*value);
    Item item{*name, std::move(read.text), model.place(*value)};
    item.place.key_begin = model.node(name_part).begin;
    item.place.key_end = model.node(name_part).end;
    item.is_readable = read.is_known;
    item.is_from_variable = read.is_from_variable;
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<Item> read_names(const Model& model, Part part) {
  std::vector<Item> items;
  const schema::Value value = model.value(part);
  if (!value.is_known || value.type != schema::Type::text) {
    return items;
  }
  const auto content = verbatim_begin(model, part);
  const bool is_exact = content && value.text == model.node(part).text;
  for (const std::string_view piece : split(value.text, ',')) {
    const std::string_view name = trim(piece);
    if (name.empty()) {
      continue;
    }
    Item item{{}, std::string(name), model.place(part), true, value.is_from_variable};
    if (is_exact) {
      item.place.begin = *content + static_cast<std::size_t>(name.data() - value.text.data());
      item.place.end = item.place.begin + name.size();
    }
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<Item> read_pair_text(const Model& model, Part part) {
  std::vector<Item> items = read_names(model, part);
  for (Item& item : items) {
    auto parsed = settings::parse_key_values(item.text);
    if (!parsed || parsed->size() != 1) {
      return {};
    }
    const std::size_t equals = item.text.find('=');
    // Of an inexact place the two ends are those of the whole text.
    const bool is_exact = item.place.end - item.place.begin == item.text.size();
    if (is_exact) {
      item.place.key_begin = item.place.begin;
      item.place.key_end = item.place.begin + trim(item.text.substr(0, equals)).size();
      item.place.begin += equals + 1;
    }
    item.name = std::move(parsed->front().key);
    item.text = std::move(parsed->front().value);
  }
  return items;
}

std::vector<Item> effective_pairs(const Model& model, Part part, std::string_view list_key,
                                  std::string_view text_key) {
  std::vector<Item> items;
  if (const auto list = model.child(part, list_key)) {
    items = read_pairs(model, *list);
  }
  if (const auto text = model.child(part, text_key)) {
    std::set<std::string> listed;
    for (const Item& item : items) {
      listed.insert(item.name);
    }
    for (Item& item : read_pair_text(model, *text)) {
      if (listed.count(item.name) == 0) {
        items.push_back(std::move(item));
      }
    }
  }
  return items;
}

}  // namespace otelctl::config::sdk
