// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/convert/plan.hpp"

namespace otelctl::config::convert {

// A reference that is longer is none that anybody wrote, and looking for its end costs.
inline constexpr std::size_t k_longest_reference = 4096;

bool has_reference(std::string_view text);
// The name, where the text is one reference and nothing else; empty for other text.
std::string whole_reference(std::string_view text);
// The text with every reference replaced by its default, or by nothing: what can be said of it
// without an environment.
std::string by_default(std::string_view text);

// The setting, if it can be carried: its references are of the specification's form, and it is a
// boolean ("true" or "false" then), or digits. Else nothing, and a loss.
std::optional<Setting> as_text(Plan& plan, std::optional<Setting> setting);
std::optional<Setting> as_boolean(Plan& plan, std::optional<Setting> setting);
std::optional<Setting> as_number(Plan& plan, std::optional<Setting> setting);

// The truth of a boolean, by its default where it is a reference.
bool is_true(const std::optional<Setting>& setting, bool missing);
// The opposite of a boolean; nothing, and a loss, for a reference.
std::optional<Setting> inverted(Plan& plan, const std::optional<Setting>& setting);

// A header's or an attribute's value without literal secrets: ${NAME} stands in their place, and
// the loss says which variable to set. A secret default of a reference is left out. Every value of
// a header counts as a secret.
Setting without_secret(Plan& plan, std::string_view name, Setting value, bool is_header);

// Whether the URL names gRPC, by its port and path, where nothing else says so.
bool names_grpc(std::string_view url);
// The URL without "/v1/SIGNAL" at its end, which is what is common to all signals; nothing where
// that path comes out of a reference.
std::optional<std::string> base_of(std::string_view url);
std::string signal_url(std::string_view base, Signal signal);
// The URL as it may be copied: nothing, and a loss, where it holds a user, a password or a query.
std::optional<Setting> as_url(Plan& plan, std::optional<Setting> setting);

}  // namespace otelctl::config::convert
