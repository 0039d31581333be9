# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# built_with.hpp: the libraries that `otelctl version --verbose` names with the versions of the build.
# OpenSSL, zlib and libcurl are not among them: the system updates those, so they are asked when
# the program runs (net/loaded_libraries.hpp). RE2 does not say its version.

# otelctl_macro_version(VARIABLE HEADER MACRO...): the values of the macros, with dots between.
function(otelctl_macro_version variable header)
  set(parts)
  foreach(macro IN LISTS ARGN)
    file(STRINGS ${header} line REGEX "^# *define +${macro} ")
    string(REGEX REPLACE "^.* \"?([0-9.]+)\"?.*$" "\\1" part "${line}")
    list(APPEND parts "${part}")
  endforeach()
  list(JOIN parts . version)
  set(${variable} "${version}" PARENT_SCOPE)
endfunction()

find_path(OTELCTL_UTF8PROC_INCLUDE_DIR utf8proc.h)
mark_as_advanced(OTELCTL_UTF8PROC_INCLUDE_DIR)
otelctl_macro_version(utf8proc_VERSION ${OTELCTL_UTF8PROC_INCLUDE_DIR}/utf8proc.h
  UTF8PROC_VERSION_MAJOR UTF8PROC_VERSION_MINOR UTF8PROC_VERSION_PATCH)
otelctl_macro_version(httplib_VERSION ${OTELCTL_HTTPLIB_INCLUDE_DIR}/httplib.h CPPHTTPLIB_VERSION)
pkg_check_modules(ABSEIL QUIET absl_base)
pkg_check_modules(CARES QUIET libcares)

set(OTELCTL_BUILT_WITH "")
foreach(library IN ITEMS gRPC:GRPC_VERSION protobuf:Protobuf_VERSION Abseil:ABSEIL_VERSION
                         c-ares:CARES_VERSION yaml-cpp:yaml-cpp_VERSION
                         Boost.JSON:boost_json_VERSION utf8proc:utf8proc_VERSION fmt:fmt_VERSION
                         CLI11:CLI11_VERSION tl-expected:tl-expected_VERSION
                         cpp-httplib:httplib_VERSION)
  string(REGEX MATCH "^(.*):(.*)$" matched ${library})
  if(${CMAKE_MATCH_2})
    string(APPEND OTELCTL_BUILT_WITH "    {\"${CMAKE_MATCH_1}\", \"${${CMAKE_MATCH_2}}\"},\n")
  endif()
endforeach()
configure_file(built_with.hpp.in ${CMAKE_CURRENT_BINARY_DIR}/include/cmd/built_with.hpp @ONLY)
