# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Which commit the sources are. Each build runs this as a script:
#   cmake -D SOURCE=folder -D OUTPUT=file.cpp -P build_origin.cmake
# and the file is only written when it changes.

# `git archive` writes its commit and that commit's time (seconds since 1970) here.
set(OTELCTL_ARCHIVED_ORIGIN "$Format:%H %ct$")

# otelctl_build_origin(SOURCE PREFIX): sets PREFIX_COMMIT, PREFIX_DIRTY (true, false) and PREFIX_TIME
# in the caller; commit and time are empty where neither git nor an archive tells them.
function(otelctl_build_origin source prefix)
  set(commit "")
  set(time "")
  set(dirty false)
  find_program(OTELCTL_GIT git)
  set(git ${OTELCTL_GIT} -C ${source} --no-optional-locks)
  set(top "")
  if(OTELCTL_GIT)
    execute_process(COMMAND ${git} rev-parse --show-toplevel
      OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  file(REAL_PATH ${source} real_source)
  # An unpacked archive may lie inside somebody else's repository.
  if(top STREQUAL real_source)
    execute_process(COMMAND ${git} log -1 "--format=%H %ct"
      OUTPUT_VARIABLE origin OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    execute_process(COMMAND ${git} status --porcelain --untracked-files=no
      OUTPUT_VARIABLE changes ERROR_QUIET)
    if(NOT changes STREQUAL "")
      set(dirty true)
    endif()
  else()
    set(origin "${OTELCTL_ARCHIVED_ORIGIN}")
  endif()
  if(origin MATCHES "^([0-9a-f]+) ([0-9]+)$")
    set(commit ${CMAKE_MATCH_1})
    set(time ${CMAKE_MATCH_2})
  endif()
  set(${prefix}_COMMIT "${commit}" PARENT_SCOPE)
  set(${prefix}_DIRTY ${dirty} PARENT_SCOPE)
  set(${prefix}_TIME "${time}" PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  otelctl_build_origin(${SOURCE} ORIGIN)
  file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "cmd/build_origin.hpp"

namespace otelctl {

BuildOrigin build_origin() { return {.commit = "@ORIGIN_COMMIT@", .is_dirty = @ORIGIN_DIRTY@}; }

}  // namespace otelctl
]])
endif()
