// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/curl_library.hpp"

#include <stdexcept>
#include <string>

#include <dlfcn.h>

namespace otelctl::net {
namespace {

// The name carries the version of the interface that we are compiled against.
constexpr const char* k_file = "libcurl.so.4";

template <typename Function>
void find(void* library, const char* name, Function& function) {
  void* const symbol = dlsym(library, name);
  if (symbol == nullptr) {
    throw std::runtime_error(std::string(k_file) + " lacks " + name);
  }
  function = reinterpret_cast<Function>(symbol);
}

CurlLibrary load() {
  // Never closed: libcurl's own libraries register handlers for the end of the process. Lazy: of
  // the functions that the thirty call among each other a request needs few, and to look all of
  // them up takes a tenth of the time of loading.
  void* const library = dlopen(k_file, RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) {
    throw std::runtime_error(std::string(k_file) + " cannot be loaded");
  }
  CurlLibrary functions;
  find(library, "curl_global_init", functions.global_init);
  find(library, "curl_easy_init", functions.easy_init);
  find(library, "curl_easy_cleanup", functions.easy_cleanup);
  find(library, "curl_easy_reset", functions.easy_reset);
  find(library, "curl_easy_setopt", functions.easy_setopt);
  find(library, "curl_easy_getinfo", functions.easy_getinfo);
  find(library, "curl_easy_perform", functions.easy_perform);
  find(library, "curl_easy_strerror", functions.easy_strerror);
  find(library, "curl_multi_init", functions.multi_init);
  find(library, "curl_multi_cleanup", functions.multi_cleanup);
  find(library, "curl_multi_setopt", functions.multi_setopt);
  find(library, "curl_multi_add_handle", functions.multi_add_handle);
  find(library, "curl_multi_remove_handle", functions.multi_remove_handle);
  find(library, "curl_multi_perform", functions.multi_perform);
  find(library, "curl_multi_poll", functions.multi_poll);
  find(library, "curl_multi_info_read", functions.multi_info_read);
  find(library, "curl_slist_append", functions.slist_append);
  find(library, "curl_slist_free_all", functions.slist_free_all);
  find(library, "curl_version_info", functions.version_info);
  functions.global_init(CURL_GLOBAL_DEFAULT);
  return functions;
}

}  // namespace

const CurlLibrary& curl() {
  static const CurlLibrary library = load();
  return library;
}

}  // namespace otelctl::net
