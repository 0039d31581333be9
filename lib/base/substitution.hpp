// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"

namespace otelctl {

// Whose rules decide what `${...}` means. The first two share the grammar of the OpenTelemetry
// specification (configuration/data-model.md, "Environment variable substitution"):
// `${NAME}`, `${NAME:-default}`, `${env:NAME}`, `$$` for a dollar sign; a variable that is set but
// empty takes the default; what is inserted is never expanded again.
enum class SubstitutionDialect {
  // A declarative SDK file: exactly the specification.
  sdk,
  // An application's section: the same, and what would pass silently is pointed out: `$NAME`
  // without braces, a reference inside a default.
  section,
  // A Collector file, as its confmap module reads it (measured with 0.155): `${NAME}` and
  // `${env:NAME:-default}` but not `${NAME:-default}`; `${yaml:...}` is its own text; what other
  // providers (`file:`, `https:`) give is not known. A variable that is set but empty does not take
  // the default; what is inserted is expanded again, so that defaults may hold references.
  collector,
};

enum class SubstitutionProblemKind {
  unset,      // the variable has no value and the reference no default: empty text stands in
  naked,      // `$NAME` stays as it is (not sdk)
  malformed,  // `${1A}`, `${A-x}`, `${A:?x}`: not a name
  scheme,     // `${file:x}`: only environment variables can be named; collector: no such provider
  nested,     // `${A:-${B}}` (section only)
  unclosed,   // `${A` without a closing brace, or an empty `${}`: stays as it is
  no_scheme,  // `${A:-x}` without `env:` (collector only)
  endless,    // references that expand to ever more of them (collector only)
};

// Of one text; what is beyond is left out. Text made of references could fill the memory with them.
inline constexpr std::size_t k_most_substitution_problems = 100;

struct SubstitutionProblem {
  SubstitutionProblemKind kind;
  // Byte offsets into the text that was handed in; `end` is exclusive.
  std::size_t begin;
  std::size_t end;
  // The variable's name, or what stands between the braces where that is no name.
  std::string name;
};

struct Substitution {
  // With the references replaced. The text as it was when a reference is malformed, nested or has
  // a scheme: the specification forbids partial results.
  std::string text;
  std::vector<SubstitutionProblem> problems = {};
  // The variables that were named, in order, resolved or not; at most
  // k_most_substitution_problems.
  std::vector<std::string> names = {};
  // Something was inserted or `$$` became `$`.
  bool changed = false;
  // Every reference found a value or a default: false means that `text` lacks something.
  bool complete = true;
  // Collector only: at last the whole text was one reference, so that the value's type is that of
  // what was inserted, quoted or not.
  bool is_whole = false;
};

// Replaces the references in one value. Keys are never substituted; structure never comes from a
// variable, as the value is read as one scalar.
Substitution substitute(std::string_view text, const Environment& environment,
                        SubstitutionDialect dialect);

}  // namespace otelctl
