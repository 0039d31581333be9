// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl {

// The sources that a program was made from.
struct BuildOrigin {
  std::string_view commit = {};  // 40 hexadecimal digits; empty where nothing told which it is
  bool is_dirty = false;         // files in git's care differed from the commit
};

// This program's. Defined in a file that the build writes anew when the commit is another one
// (build_origin.cmake), and linked into the program only, so that tests need no linking then.
BuildOrigin build_origin();

}  // namespace otelctl
