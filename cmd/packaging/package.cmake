# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` makes the Debian package of what is installed, `cpack -G TGZ` an archive of it;
# scripts/package calls the first.
set(OTELCTL_MAINTAINER "The otelctl authors <otelctl@packages.invalid>"
    CACHE STRING "Who answers for the package: NAME <ADDRESS>")
set(OTELCTL_HOMEPAGE "" CACHE STRING "The project's page, named in the package")
set(OTELCTL_DEBIAN_REVISION 1 CACHE STRING "The part of the package's version behind the hyphen")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME otelctl)
set(CPACK_PACKAGE_VENDOR "The otelctl authors")
set(CPACK_PACKAGE_CONTACT "${OTELCTL_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "check, reach, feed and read OpenTelemetry")
set(CPACK_PACKAGE_DESCRIPTION
"One program for OpenTelemetry in a terminal and in CI. It validates telemetry
configuration (an application's section, OTEL_* variables, Collector and SDK
files), diagnoses the way to a collector stage by stage, sends spans, metrics
and log records by OTLP, and reads traces back from Jaeger, Tempo, Zipkin or
its own embedded backend.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES OFF)  # a release build is stripped by its linker
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_THREADS 1)  # more make other bytes of the same content

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${OTELCTL_DEBIAN_REVISION}")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${OTELCTL_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${OTELCTL_HOMEPAGE}")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# What is linked is found; libcurl is loaded by dlopen (net/curl_library.hpp).
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS libcurl4)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS bash-completion)
# The permissions of folders must not be those of whoever builds.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

configure_file(packaging/cpack_config.cmake.in cpack_config.cmake @ONLY)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_BINARY_DIR}/cpack_config.cmake)
configure_file(packaging/debian.cmake.in debian.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_BINARY_DIR}/debian.cmake)
include(CPack)
