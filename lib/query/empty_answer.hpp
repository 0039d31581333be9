// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "query/backend.hpp"
#include "query/last.hpp"

namespace otelctl::query {

struct EmptyAnswer {
  std::string reason;  // one clause: "no service 'chekout'"
  std::string hint;    // may be empty
};

// Why a search found nothing, by a few more questions: does the backend know any service, does it
// know the ones that were asked for and their operation, which filter keeps the traces out, is
// there something older, or newer because clocks differ. A question that fails is no reason.
EmptyAnswer explain_empty(Backend& backend, const LastQuery& query);

}  // namespace otelctl::query
