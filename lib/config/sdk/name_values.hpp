// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/issue.hpp"
#include "config/sdk/model.hpp"

namespace otelctl::config::sdk {

// The file says headers and attributes in two ways, as a list of {name, value} and as text
// "a=1,b=2". Both come out as items; the place of an item has the name's own place as its key.

// The entries of a list of {name, value}, those without a readable name left out. An item is not
// readable when its value is not known or no single value.
std::vector<Item> read_pairs(const Model& model, Part list);

// The same of text, percent-decoded; none where it is broken or not known. The places are exact
// where the text stands in the file as it is, else the whole text.
std::vector<Item> read_pair_text(const Model& model, Part text);

// The names of text "a,b", as `text` of the items, with places as above.
std::vector<Item> read_names(const Model& model, Part text);

// Both under one part: those of `list_key`, then those of `text_key` that it does not name, as the
// former win.
std::vector<Item> effective_pairs(const Model& model, Part part, std::string_view list_key,
                                  std::string_view text_key);

}  // namespace otelctl::config::sdk
