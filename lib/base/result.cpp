// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/result.hpp"

namespace otelctl {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return "usage";
    case ErrorKind::settings:
      return "settings";
    case ErrorKind::unreachable:
      return "unreachable";
    case ErrorKind::refused:
      return "refused";
    case ErrorKind::not_understood:
      return "not_understood";
    case ErrorKind::not_seen:
      return "not_seen";
    case ErrorKind::failed:
      return "failed";
    case ErrorKind::interrupted:
      return "interrupted";
    case ErrorKind::internal:
      return "internal";
  }
  return "internal";
}

Error Error::within(std::string_view place) && {
  Error outer = std::move(*this);
  outer.message = std::string(place) + ": " + outer.message;
  return outer;
}

tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint) {
  return tl::make_unexpected(Error{kind, std::move(message), std::move(hint)});
}

tl::unexpected<Error> fail(Error error) {
  return tl::make_unexpected(std::move(error));
}

}  // namespace otelctl
