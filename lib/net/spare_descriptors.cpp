// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/spare_descriptors.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace otelctl::net {
namespace {

// gRPC 1.51 begins with four; a listener, its connections and name servers come on top of them.
constexpr int k_needed = 12;

}  // namespace

Result<void> check_spare_descriptors() {
  std::array<int, k_needed> opened{};
  std::size_t count = 0;
  int error = 0;
  while (count < opened.size() && error == 0) {
    opened[count] = ::eventfd(0, EFD_CLOEXEC);
    error = opened[count] < 0 ? errno : 0;
    count += error == 0 ? 1U : 0U;
  }
  for (std::size_t index = 0; index < count; ++index) {
    ::close(opened[index]);
  }
  if (error == 0) {
    return {};
  }
  return fail(ErrorKind::settings,
              fmt::format("this process cannot open {} more files: {}", k_needed,
                          std::generic_category().message(error)),
              "raise its limit (ulimit -n), or close what it has inherited");
}

}  // namespace otelctl::net
