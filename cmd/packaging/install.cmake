# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` lays down; --component names a part of it.

# Where shells look for completions differs from system to system (Debian's zsh reads
# zsh/vendor-completions, Homebrew's bash etc/bash_completion.d), and it is not what
# `pkg-config --variable=completionsdir` says either once the prefix is another. So packagers name
# the folders, below the prefix or absolute. They are no PATHs: of -D CMake would make these absolute.
set(OTELCTL_BASH_COMPLETION_DIR ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    CACHE STRING "Folder of bash's completions")
set(OTELCTL_ZSH_COMPLETION_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
    CACHE STRING "Folder of zsh's completions")
set(OTELCTL_FISH_COMPLETION_DIR ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
    CACHE STRING "Folder of fish's completions")

install(TARGETS otelctl COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        COMPONENT manual FILES_MATCHING PATTERN "*.1")
install(FILES ${PROJECT_SOURCE_DIR}/completions/otelctl.bash
        DESTINATION ${OTELCTL_BASH_COMPLETION_DIR} RENAME otelctl COMPONENT completions)
install(FILES ${PROJECT_SOURCE_DIR}/completions/_otelctl
        DESTINATION ${OTELCTL_ZSH_COMPLETION_DIR} COMPONENT completions)
install(FILES ${PROJECT_SOURCE_DIR}/completions/otelctl.fish
        DESTINATION ${OTELCTL_FISH_COMPLETION_DIR} COMPONENT completions)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md
              ${PROJECT_SOURCE_DIR}/GUIDE.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documentation)

# What of others is inside or loaded, and its copyright notices. The linker's map tells the first.
if(NOT OTELCTL_SANITIZE)
  set(map ${CMAKE_CURRENT_BINARY_DIR}/otelctl.map)
  target_link_options(otelctl PRIVATE -Wl,-Map=${map})
  list(JOIN OTELCTL_HEADER_LIBRARIES "\" \"" headers_words)
  configure_file(packaging/notices.cmake.in notices.cmake @ONLY)
  install(SCRIPT ${CMAKE_CURRENT_BINARY_DIR}/notices.cmake COMPONENT documentation)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/otelctl.spdx.json
                ${CMAKE_CURRENT_BINARY_DIR}/licences-of-libraries.txt
          DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documentation)
endif()
