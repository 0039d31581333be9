# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Every third-party library, by the name under which our modules link it.
if(OTELCTL_STATIC)
  if(OTELCTL_SHARED_GRPC)
    message(FATAL_ERROR "OTELCTL_STATIC and OTELCTL_SHARED_GRPC exclude each other")
  endif()
  # Debian has no archives of these two, and a shared C++ library would bring OpenSSL, zlib and
  # libstdc++ a second time into the process. So they are compiled in.
  foreach(needed IN ITEMS OTELCTL_HTTPLIB_INCLUDE_DIR:httplib.h:cpp-httplib
                          OTELCTL_FMT_SOURCE:src/format.cc:fmtlib)
    string(REPLACE ":" ";" needed ${needed})
    list(GET needed 0 variable)
    list(GET needed 1 file)
    list(GET needed 2 package)
    if(NOT EXISTS "${${variable}}/${file}")
      message(FATAL_ERROR "OTELCTL_STATIC: -D${variable}= has to name the folder of ${package}'s sources, "
        "with ${file} as its authors publish it; `apt-get source ${package}` gets them")
    endif()
  endforeach()
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(ZLIB_USE_STATIC_LIBS ON)
  add_link_options(-static-libstdc++ -static-libgcc)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(CURL REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Protobuf REQUIRED)
find_package(ZLIB REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(tl-expected REQUIRED)
find_package(boost_json 1.81 REQUIRED CONFIG)
if(BUILD_TESTING)
  find_package(doctest REQUIRED)
endif()

# Names the static archive of a library where there is one, else the library itself.
function(otelctl_prefer_static variable name)
  find_library(OTELCTL_ARCHIVE_${name} NAMES lib${name}.a)
  mark_as_advanced(OTELCTL_ARCHIVE_${name})
  if(OTELCTL_ARCHIVE_${name} AND NOT OTELCTL_SHARED_GRPC)
    set(${variable} ${OTELCTL_ARCHIVE_${name}} PARENT_SCOPE)
  else()
    set(${variable} ${name} PARENT_SCOPE)
  endif()
endfunction()

# gRPC's own CMake package links the shared libraries, whose loading is half of a short command's
# time; its pkg-config file lists what the static ones need. OpenSSL and zlib stay shared, unless
# asked for: they get security updates.
pkg_check_modules(GRPC REQUIRED grpc++)
add_library(otelctl_grpc INTERFACE)
target_include_directories(otelctl_grpc SYSTEM INTERFACE ${GRPC_INCLUDE_DIRS})
set(OTELCTL_GRPC_LIBRARIES)
foreach(name IN LISTS GRPC_STATIC_LIBRARIES)
  if(name MATCHES "^(grpc|gpr|absl|address_sorting|re2|upb|cares)")
    otelctl_prefer_static(library ${name})
    list(APPEND OTELCTL_GRPC_LIBRARIES ${library})
  endif()
endforeach()
list(REMOVE_DUPLICATES OTELCTL_GRPC_LIBRARIES)
otelctl_prefer_static(protobuf_library protobuf)
target_link_libraries(otelctl_grpc INTERFACE
  -Wl,--start-group ${OTELCTL_GRPC_LIBRARIES} -Wl,--end-group
  OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB Threads::Threads rt ${CMAKE_DL_LIBS})

add_library(otelctl_protobuf INTERFACE)
target_link_libraries(otelctl_protobuf INTERFACE ${protobuf_library} ZLIB::ZLIB Threads::Threads)

otelctl_prefer_static(utf8proc_library utf8proc)
add_library(otelctl_utf8proc INTERFACE)
target_compile_definitions(otelctl_utf8proc INTERFACE UTF8PROC_STATIC)
target_link_libraries(otelctl_utf8proc INTERFACE ${utf8proc_library})

# gRPC brings it along; here it is named for whoever uses it without gRPC.
otelctl_prefer_static(re2_library re2)
add_library(otelctl_re2 INTERFACE)
target_link_libraries(otelctl_re2 INTERFACE ${re2_library} Threads::Threads)

otelctl_prefer_static(yaml_library yaml-cpp)
add_library(otelctl_yaml_cpp INTERFACE)
target_link_libraries(otelctl_yaml_cpp INTERFACE ${yaml_library})

otelctl_prefer_static(fmt_library fmt)
if(OTELCTL_STATIC AND fmt_library STREQUAL "fmt")
  add_library(otelctl_fmt_source STATIC ${OTELCTL_FMT_SOURCE}/src/format.cc)
  set(fmt_library otelctl_fmt_source)
endif()
add_library(otelctl_fmt INTERFACE)
target_link_libraries(otelctl_fmt INTERFACE ${fmt_library})

find_library(OTELCTL_BOOST_JSON NAMES libboost_json.a REQUIRED)
find_library(OTELCTL_BOOST_CONTAINER NAMES libboost_container.a REQUIRED)
add_library(otelctl_boost_json INTERFACE)
target_link_libraries(otelctl_boost_json INTERFACE ${OTELCTL_BOOST_JSON} ${OTELCTL_BOOST_CONTAINER})

# cpp-httplib is one header, which Debian splits into declarations and a shared library: that keeps
# its weight out of our build. What Debian's was built with (cpp-httplib.pc) decides how its classes
# lie in memory.
add_library(otelctl_httplib INTERFACE)
if(OTELCTL_STATIC)
  target_include_directories(otelctl_httplib SYSTEM BEFORE INTERFACE ${OTELCTL_HTTPLIB_INCLUDE_DIR})
  foreach(name IN ITEMS brotlienc brotlidec brotlicommon)
    otelctl_prefer_static(brotli_library ${name})
    target_link_libraries(otelctl_httplib INTERFACE ${brotli_library})
  endforeach()
  target_link_libraries(otelctl_httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB)
else()
  find_path(OTELCTL_HTTPLIB_INCLUDE_DIR httplib.h)
  find_library(OTELCTL_HTTPLIB NAMES cpp-httplib REQUIRED)
  target_link_libraries(otelctl_httplib INTERFACE ${OTELCTL_HTTPLIB})
endif()

# Libraries that are headers, at least in part, and so in no link command: by a file of each.
find_path(OTELCTL_CLI11_INCLUDE_DIR CLI/CLI.hpp)
find_path(OTELCTL_EXPECTED_INCLUDE_DIR tl/expected.hpp)
find_path(OTELCTL_BOOST_INCLUDE_DIR boost/json.hpp)
mark_as_advanced(OTELCTL_CLI11_INCLUDE_DIR OTELCTL_EXPECTED_INCLUDE_DIR OTELCTL_BOOST_INCLUDE_DIR
                 OTELCTL_HTTPLIB_INCLUDE_DIR)
set(OTELCTL_HEADER_LIBRARIES
    ${OTELCTL_CLI11_INCLUDE_DIR}/CLI/CLI.hpp ${OTELCTL_EXPECTED_INCLUDE_DIR}/tl/expected.hpp
    ${OTELCTL_BOOST_INCLUDE_DIR}/boost/json.hpp)
if(OTELCTL_STATIC)
  list(APPEND OTELCTL_HEADER_LIBRARIES ${OTELCTL_HTTPLIB_INCLUDE_DIR}/httplib.h
       ${OTELCTL_FMT_SOURCE}/src/format.cc)
endif()
