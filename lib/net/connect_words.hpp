// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// One way to say each failure before TLS, whoever found it. All of kind unreachable; `place` is
// "host:port".
Error unknown_name(std::string_view place);
Error no_name_answer(std::string_view place, nanoseconds waited);
Error no_connection(std::string_view place, nanoseconds waited);
// By the errno of connect(); 0 where it is not known.
Error connect_error(std::string_view place, int os_error);

}  // namespace otelctl::net
