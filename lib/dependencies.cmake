# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Every third-party library, by the name under which our modules link it.
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
# time; its pkg-config file lists what the static ones need. OpenSSL and zlib stay shared: they get
# security updates.
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
add_library(otelctl_fmt INTERFACE)
target_link_libraries(otelctl_fmt INTERFACE ${fmt_library})

find_library(OTELCTL_BOOST_JSON NAMES libboost_json.a REQUIRED)
find_library(OTELCTL_BOOST_CONTAINER NAMES libboost_container.a REQUIRED)
add_library(otelctl_boost_json INTERFACE)
target_link_libraries(otelctl_boost_json INTERFACE ${OTELCTL_BOOST_JSON} ${OTELCTL_BOOST_CONTAINER})

# cpp-httplib is one header; Debian also ships it compiled, which keeps its weight out of our build.
find_library(OTELCTL_HTTPLIB NAMES cpp-httplib REQUIRED)
