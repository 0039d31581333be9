// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/duration.hpp"
#include "base/fd_stream.hpp"

namespace otelctl {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (m_number >= 0) {
      ::close(m_number);
    }
  }
  int get() const { return m_number; }
  int release() { return std::exchange(m_number, -1); }

 private:
  int m_number;
};

tl::unexpected<Error> system_failure(const std::string& path, int code) {
  std::string hint;
  if (code == ENOENT) {
    hint = "check the path; it is taken from the current directory unless it begins with /";
  } else if (code == EACCES || code == EPERM) {
    hint = "check the permissions of the file and of the folders above it";
  } else if (code == EISDIR) {
    hint = "give a file, not a folder";
  } else if (code == ENOSPC || code == EDQUOT) {
    hint = "free some space on the disk";
  } else if (code == EFBIG) {
    hint = "this process may not write larger files: raise its limit (ulimit -f)";
  } else if (code == ENOTDIR) {
    hint = "what stands before a / in it must be a folder";
  } else if (code == ELOOP) {
    hint = "its symbolic links lead in a circle; correct them";
  } else if (code == ENAMETOOLONG) {
    hint = "no file has a name of this length";
  } else if (code == EROFS) {
    hint = "nothing can be written there; choose another place";
  } else if (code == EMFILE || code == ENFILE) {
    hint = "there are no descriptors left: raise the limit (ulimit -n)";
  }
  return fail(ErrorKind::settings, fmt::format("{}: {}", path, std::strerror(code)), hint);
}

tl::unexpected<Error> too_large(std::string_view name, std::uint64_t max_bytes) {
  return fail(ErrorKind::settings, fmt::format("{}: larger than {}", name, format_size(max_bytes)),
              "this is the limit for input of this kind");
}

constexpr std::size_t k_piece_size = std::size_t{64} * 1024;

// Collects the first `max_bytes`.
PieceTaker start_collector(std::string& content, std::uint64_t max_bytes) {
  return [&content, max_bytes](std::string_view piece) -> Result<bool> {
    content += piece.substr(0, max_bytes - content.size());
    return content.size() < max_bytes;
  };
}

using Writer = std::function<Result<void>(int descriptor)>;

Result<void> write_all(int descriptor, const std::string& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno != EINTR) {
      return system_failure(path, errno);
    }
    content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return {};
}

// What the new state of a file takes over from the old one.
struct Keep {
  mode_t mode;
  // Set where the owner is to stay and the bytes are to reach the disk before the old ones go.
  const struct stat* previous = nullptr;
};

Result<void> finish(const Descriptor& file, const std::string& path, const Keep& keep) {
  if (keep.previous != nullptr) {
    // Only root may give files away; for others the file becomes their own, as with any editor. The
    // mode comes after it, as a new owner loses set-user-ID bits.
    const bool is_kept =
        ::fchown(file.get(), keep.previous->st_uid, keep.previous->st_gid) == 0 || errno == EPERM;
    if (!is_kept || ::fsync(file.get()) != 0) {
      return system_failure(path, errno);
    }
  }
  if (::fchmod(file.get(), keep.mode) != 0) {
    return system_failure(path, errno);
  }
  return {};
}

Result<void> replace_whole(const std::string& path, const Writer& write, const Keep& keep) {
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.get() < 0) {
    return system_failure(path, errno);
  }
  auto result = write(file.get());
  if (result) {
    result = finish(file, path, keep);
  }
  if (result && ::close(file.release()) != 0) {
    result = system_failure(path, errno);
  }
  if (result && ::rename(temporary.c_str(), path.c_str()) != 0) {
    result = system_failure(path, errno);
  }
  if (!result) {
    ::unlink(temporary.c_str());
  }
  return result;
}

// Where symbolic links lead; the path itself where there is nothing yet.
std::string target_of(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> target(::realpath(path.c_str(), nullptr), ::free);
  return target == nullptr ? path : std::string(target.get());
}

mode_t mode_of_new_file() {
  // umask can only be read by setting it; nothing else runs while a result is written.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

Result<void> write_by(const std::string& path, const Writer& write) {
  struct stat facts {};
  const bool exists = ::stat(path.c_str(), &facts) == 0;
  if (!exists && errno != ENOENT) {
    return system_failure(path, errno);
  }
  if (!exists || S_ISREG(facts.st_mode)) {
    return replace_whole(exists ? target_of(path) : path, write,
                         {exists ? facts.st_mode & 07777 : mode_of_new_file()});
  }
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return system_failure(path, errno);
  }
  return write(file.get());
}

}  // namespace

Result<void> read_file_pieces(const std::string& path, const PieceTaker& take) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return system_failure(path, errno);
  }
  std::string piece(k_piece_size, '\0');
  for (;;) {
    const ssize_t got = ::read(file.get(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return system_failure(path, errno);
    }
    if (got == 0) {
      return {};
    }
    const auto wants_more = take({piece.data(), static_cast<std::size_t>(got)});
    if (!wants_more) {
      return fail(wants_more.error());
    }
    if (!*wants_more) {
      return {};
    }
  }
}

Result<void> read_stream_pieces(std::istream& stream, std::string_view name,
                                const PieceTaker& take) {
  std::string piece(k_piece_size, '\0');
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto wants_more = take({piece.data(), static_cast<std::size_t>(stream.gcount())});
    if (!wants_more) {
      return fail(wants_more.error());
    }
    if (!*wants_more) {
      return {};
    }
  }
  if (stream.bad()) {
    return fail(ErrorKind::settings, fmt::format("{}: cannot be read", name),
                "it is closed, or a folder; give a file, or write to it");
  }
  return {};
}

Result<std::string> read_file_start(const std::string& path, std::uint64_t max_bytes) {
  std::string content;
  auto read = read_file_pieces(path, start_collector(content, max_bytes));
  return read ? Result<std::string>(std::move(content)) : fail(std::move(read).error());
}

Result<std::string> read_stream_start(std::istream& stream, std::string_view name,
                                      std::uint64_t max_bytes) {
  std::string content;
  auto read = read_stream_pieces(stream, name, start_collector(content, max_bytes));
  return read ? Result<std::string>(std::move(content)) : fail(std::move(read).error());
}

Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes) {
  auto content = read_file_start(path, max_bytes + 1);
  if (content && content->size() > max_bytes) {
    return too_large(path, max_bytes);
  }
  return content;
}

Result<std::string> read_stream(std::istream& stream, std::string_view name,
                                std::uint64_t max_bytes) {
  auto content = read_stream_start(stream, name, max_bytes + 1);
  if (content && content->size() > max_bytes) {
    return too_large(name, max_bytes);
  }
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  return write_by(path, [&](int descriptor) { return write_all(descriptor, path, content); });
}

Result<void> write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  return write_by(path, [&](int descriptor) -> Result<void> {
    DescriptorBuffer buffer(descriptor);
    std::ostream out(&buffer);
    write(out);
    out.flush();
    // A FIFO whose reader went away is as good as standard output that is closed.
    if (buffer.error() != 0 && buffer.error() != EPIPE) {
      return system_failure(path, buffer.error());
    }
    if (!out) {
      return fail(ErrorKind::interrupted, path + ": not written");
    }
    return {};
  });
}

Result<void> check_writable(const std::string& path) {
  struct stat facts {};
  const bool exists = ::stat(path.c_str(), &facts) == 0;
  if (!exists && errno != ENOENT) {
    return system_failure(path, errno);
  }
  if (exists && S_ISDIR(facts.st_mode)) {
    return system_failure(path, EISDIR);
  }
  // A regular file is replaced, which is the folder's business.
  const bool is_in_place = exists && !S_ISREG(facts.st_mode);
  const std::string what = is_in_place ? path : folder_of(exists ? target_of(path) : path);
  if (::access(what.c_str(), is_in_place ? W_OK : W_OK | X_OK) != 0) {
    return system_failure(path, errno);
  }
  return {};
}

Result<void> rewrite_file(const std::string& path, std::string_view before,
                          std::string_view content) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    return system_failure(path, errno);
  }
  if (!S_ISREG(facts.st_mode)) {
    return fail(ErrorKind::settings, path + ": not a regular file, so it cannot be rewritten");
  }
  // A rename would pass over both, and root over the second: what is marked so shall stay.
  const bool is_read_only = (facts.st_mode & 0222) == 0;
  if (is_read_only || ::access(path.c_str(), W_OK) != 0) {
    return fail(ErrorKind::settings, path + ": the file is read-only; nothing was written",
                "check the permissions of the file");
  }
  const auto now = read_file_start(path, before.size() + 1);
  if (!now) {
    return fail(now.error());
  }
  if (*now != before) {
    return fail(ErrorKind::settings,
                path + ": the file was changed by somebody else meanwhile; nothing was written",
                "run the command again");
  }
  return replace_whole(target_of(path),
                       [&](int descriptor) { return write_all(descriptor, path, content); },
                       {facts.st_mode & 07777, &facts});
}

}  // namespace otelctl
