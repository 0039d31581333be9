// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace otelctl::otlp {

// An attribute's value in the types that users can write.
using AttributeValue =
    std::variant<std::string, bool, std::int64_t, double, std::vector<std::string>>;

struct Attribute {
  std::string key;
  AttributeValue value;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

// Reads "KEY=VALUE". The value is a string unless the key ends in a type: "retries:int=3",
// "ratio:double=0.5", "ok:bool=true", "ids:string[]=a,b"; ":string" says so explicitly, for keys
// that hold a colon themselves. Error kind: usage.
Result<Attribute> parse_attribute(std::string_view text);

// The same when key and value are already apart.
Result<Attribute> make_attribute(std::string_view typed_key, std::string_view value);

// Puts an attribute in, in place of one with the same key.
void set_attribute(std::vector<Attribute>& attributes, Attribute attribute);

}  // namespace otelctl::otlp
