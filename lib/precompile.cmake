# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Of a rule's file the compiler spends two thirds in the headers of the standard library and of fmt.
# Read once for all modules, and once for all tests, they leave two thirds of a whole build (807 s of
# 1253 on two cores). A file still includes what it uses: the dev preset does without this, and so
# finds what is missing.
option(OTELCTL_PRECOMPILE "Read the standard library's headers once for all modules" ON)

set(precompiled_headers
  <algorithm> <array> <charconv> <chrono> <cmath> <cstddef> <cstdint> <cstring> <functional> <limits>
  <map> <memory> <mutex> <optional> <ostream> <set> <string> <string_view> <unordered_map> <utility>
  <variant> <vector> <fmt/format.h> <tl/expected.hpp>)

# GCC 12's false alarm within std::string (bug 105651) has two names more in what is precompiled.
if(OTELCTL_PRECOMPILE AND CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(otelctl_flags INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
endif()

# otelctl_share_precompiled(TARGET OWNER [HEADER...]): what OWNER has read is TARGET's, too; their
# flags have to be the same. For TARGET itself as OWNER: it reads them, and HEADER.
function(otelctl_share_precompiled target owner)
  if(NOT OTELCTL_PRECOMPILE)
    return()
  endif()
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${precompiled_headers} ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()
