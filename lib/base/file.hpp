// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl {

// The whole file. More than `max_bytes` is an error, and so is a folder. Error kind: settings.
Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes);

// The whole stream up to `max_bytes`; `name` is what messages call it ("standard input").
Result<std::string> read_stream(std::istream& stream, std::string_view name,
                                std::uint64_t max_bytes);

// The same, but of what is longer only the first `max_bytes` are read: for readers to whom too long
// an input is a finding rather than an error.
Result<std::string> read_file_start(const std::string& path, std::uint64_t max_bytes);
Result<std::string> read_stream_start(std::istream& stream, std::string_view name,
                                      std::uint64_t max_bytes);

// Reads to the end, or until `take` wants no more (false) or fails: its error is handed on. Of the
// calls themselves the error kind is settings.
using PieceTaker = std::function<Result<bool>(std::string_view piece)>;
Result<void> read_file_pieces(const std::string& path, const PieceTaker& take);
Result<void> read_stream_pieces(std::istream& stream, std::string_view name,
                                const PieceTaker& take);

// Writes a file whole: a new or regular file by a temporary one beside it and a rename, so that
// nobody ever reads half of it; anything else (a device, a FIFO) in place. Error kind: settings.
// A symbolic link stays, and what it leads to is replaced.
Result<void> write_file(const std::string& path, std::string_view content);
// The same, by a function that writes; nothing of what it writes is kept in memory. When it leaves
// the stream failed it has given up, and nothing is written: error kind interrupted.
Result<void> write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

// Whether write_file has a chance there, without touching anything: for those who have long work to
// do before they write. Error kind: settings.
Result<void> check_writable(const std::string& path);

// Writes a new state of a regular file whose content was `before`, in the way of write_file, and
// makes sure that it is on the disk before the old state goes. Permissions and, where it is
// allowed, the owner stay. Fails, and leaves the file as it is, when it is read-only, was changed
// or removed meanwhile, or is no regular file. Error kind: settings.
Result<void> rewrite_file(const std::string& path, std::string_view before,
                          std::string_view content);

}  // namespace otelctl
