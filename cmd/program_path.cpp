// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/program_path.hpp"

#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"

namespace otelctl {
namespace {

// As much as the kernel itself looks at (linux/binfmts.h, BINPRM_BUF_SIZE).
constexpr std::size_t k_first_bytes = 256;

// 0 for a file that may be run, else the reason as errno has it.
int error_of_running(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    return errno;
  }
  if (S_ISDIR(facts.st_mode)) {
    return EISDIR;
  }
  if (!S_ISREG(facts.st_mode)) {
    return EACCES;
  }
  return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

tl::unexpected<StartFailure> failure(int error) {
  return tl::make_unexpected(StartFailure{error, error != ENOENT});
}

}  // namespace

tl::expected<std::string, StartFailure> find_program(std::string_view name,
                                                     std::string_view search_path) {
  if (name.find('/') != std::string_view::npos) {
    std::string path(name);
    const int error = error_of_running(path);
    return error == 0 ? tl::expected<std::string, StartFailure>(path) : failure(error);
  }
  bool is_forbidden = false;
  for (const std::string_view folder : split(search_path, ':')) {
    if (name.empty()) {
      break;
    }
    // An empty part of PATH is the current folder.
    std::string path = (folder.empty() ? "." : std::string(folder)) + "/" + std::string(name);
    const int error = error_of_running(path);
    if (error == 0) {
      return path;
    }
    is_forbidden = is_forbidden || error == EACCES;
  }
  return failure(is_forbidden ? EACCES : ENOENT);
}

bool is_shell_script(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(k_first_bytes, '\n');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const std::string_view line = std::string_view(bytes).substr(0, bytes.find('\n'));
  return !file.bad() && line.find('\0') == std::string_view::npos;
}

}  // namespace otelctl
