// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace otelctl {

// Where programs are looked for without a PATH: glibc's confstr(_CS_PATH).
inline constexpr std::string_view k_standard_path = "/bin:/usr/bin";

// Why a program could not be started, in the two ways that shells tell apart.
struct StartFailure {
  int error = 0;           // errno
  bool was_found = false;  // there is such a file, and it cannot be run

  // 126 or 127, as POSIX has it of shells ("Exit Status for Commands").
  int exit_status() const { return was_found ? 126 : 127; }
};

// Finds the file of the program `name` as a shell does: a name with a slash is the path itself,
// another one is looked for in the folders of `search_path`, the value of PATH. Files that may not
// be run are passed over while there is another one.
tl::expected<std::string, StartFailure> find_program(std::string_view name,
                                                     std::string_view search_path);

// Whether the file is text for a shell although the kernel cannot run it: no NUL in what could be
// its first line (POSIX, "Command Search and Execution").
bool is_shell_script(const std::string& path);

}  // namespace otelctl
