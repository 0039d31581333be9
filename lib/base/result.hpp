// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace otelctl {

// What kind of trouble it is; cmd/app maps each kind to one exit status.
enum class ErrorKind {
  usage,           // a bad flag or value
  settings,        // settings, a file or a variable that cannot be read or used
  unreachable,     // DNS, TCP, TLS, timeout, unavailable
  refused,         // authentication or authorisation
  not_understood,  // wrong port, wrong protocol, an answer that is not the expected API's
  not_seen,        // what was looked for does not exist or did not appear in time
  failed,          // the work was done and the verdict is bad
  interrupted,     // a signal ended it
  internal,        // a bug in otelctl
};

// The kind's name in JSON ("not_understood").
std::string_view name_of(ErrorKind kind);

// What went wrong, for a person. `message` is one clause without a full stop ("connection
// refused"), `hint` says what to do about it and may be empty. Neither ever holds a secret.
struct [[nodiscard]] Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string hint = {};

  // Puts the place in front: "PLACE: message".
  Error within(std::string_view place) &&;
};

template <typename T>
using Result = tl::expected<T, Error>;

// For returning an Error where a Result is wanted: `return fail(ErrorKind::usage, "...", "...")`.
tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {});
tl::unexpected<Error> fail(Error error);

}  // namespace otelctl
