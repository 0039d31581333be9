// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "query/backend.hpp"

namespace otelctl::smoke {

// Whether a backend gives back what it got. `sometimes` is for what depends on the storage behind
// it: a loss of exactly that form is a warning, where `no` makes it none at all and `yes` a
// difference.
enum class Keeps : std::uint8_t { yes, sometimes, no };

// What a way of keeping spans can hold.
struct Fidelity {
  Keeps nanoseconds = Keeps::yes;  // else times are cut to microseconds
  Keeps types = Keeps::yes;        // else every value is text
  Keeps structures = Keeps::yes;   // else arrays, maps and bytes are text
  Keeps trace_state = Keeps::yes;
  Keeps flags = Keeps::yes;
  Keeps scopes = Keeps::yes;       // their attributes; else name and version only
  Keeps scope_names = Keeps::yes;  // else not even these
  Keeps resources = Keeps::yes;    // else attributes stand at the span or nowhere, but service.name
  Keeps links = Keeps::yes;
  Keeps link_details = Keeps::yes;   // attributes, flags and trace state of a link
  Keeps event_details = Keeps::yes;  // attributes of an event
  Keeps status_ok = Keeps::yes;      // else `ok` becomes `unset`
  Keeps letter_case = Keeps::yes;    // of names and services; else they become lower case
  Keeps internal_kind = Keeps::yes;  // else `internal` becomes `unspecified`
};

// The one table of it, by the backend's kind and dialect. What is not known keeps everything.
const Fidelity& fidelity_of(const query::BackendInfo& backend);

}  // namespace otelctl::smoke
