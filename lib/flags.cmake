# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# otelctl_flags carries the warnings of our own code; generated and third-party code never links it.
add_library(otelctl_flags INTERFACE)
target_compile_options(otelctl_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-align -Wnull-dereference -Wdouble-promotion
  -Wformat=2 -Wextra-semi -Wundef)
# clang-tidy reads the same flags and rejects those that only GCC knows.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_CLANG_TIDY)
  target_compile_options(otelctl_flags INTERFACE -Wlogical-op -Wduplicated-cond)
endif()
# Optimised builds of GCC 12 warn inside std::string and std::vector (GCC bug 105651); the
# unoptimised ones still check our own code.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(otelctl_flags INTERFACE -Wno-restrict -Wno-null-dereference)
endif()
if(OTELCTL_WERROR)
  target_compile_options(otelctl_flags INTERFACE -Werror)
endif()

if(OTELCTL_SANITIZE)
  add_compile_options(-fsanitize=${OTELCTL_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OTELCTL_SANITIZE})
endif()
if(NOT CMAKE_POSITION_INDEPENDENT_CODE)
  add_link_options(-no-pie)
endif()
# otelctl_takes_any_grpc_status(FILE): a peer may send a status beyond the enumeration, which gRPC's
# headers read as an enumerator. The linker keeps one copy of such a function, so this is for every
# file that includes them.
function(otelctl_takes_any_grpc_status file)
  if(OTELCTL_SANITIZE MATCHES "undefined")
    set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS -fno-sanitize=enum)
  endif()
endfunction()
if(OTELCTL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections)
endif()

find_program(OTELCTL_CCACHE ccache)
if(OTELCTL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${OTELCTL_CCACHE})
  # It keeps what was compiled with precompiled headers only if told that their macros do not matter.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${OTELCTL_CCACHE})
endif()
