// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"

using namespace otelctl;

TEST_CASE("a file is written whole and read back") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("result.json");
  REQUIRE(write_file(path, "first"));
  REQUIRE(write_file(path, "second"));
  CHECK(read_file(path, 100).value() == "second");
  // Nothing is left beside it.
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 1);
}

TEST_CASE("a file keeps its permissions when it is replaced") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("private");
  REQUIRE(write_file(path, "old"));
  REQUIRE(::chmod(path.c_str(), 0600) == 0);
  REQUIRE(write_file(path, "new"));
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("what cannot be read says why and what to do") {
  const test::TemporaryFolder folder;
  const auto missing = read_file(folder.path("missing"), 100);
  REQUIRE(!missing);
  CHECK(missing.error().kind == ErrorKind::settings);
  CHECK(missing.error().message.ends_with("missing: No such file or directory"));
  CHECK(!missing.error().hint.empty());
  CHECK(!read_file(folder.path(""), 100));
}

TEST_CASE("reading stops at its limit") {
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("big"), std::string(2048, 'x')));
  const auto file = read_file(folder.path("big"), 1024);
  REQUIRE(!file);
  CHECK(file.error().message.ends_with("big: larger than 1KiB"));
  std::istringstream stream(std::string(2048, 'x'));
  CHECK(!read_stream(stream, "standard input", 1024));
  std::istringstream small("abc");
  CHECK(read_stream(small, "standard input", 1024).value() == "abc");
}

TEST_CASE("the start of what is too long can be read alone") {
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("big"), "0123456789"));
  CHECK(read_file_start(folder.path("big"), 4).value() == "0123");
  CHECK(read_file_start(folder.path("big"), 100).value() == "0123456789");
  CHECK(!read_file_start(folder.path("missing"), 4));
  std::istringstream stream("0123456789");
  CHECK(read_stream_start(stream, "standard input", 4).value() == "0123");
}

TEST_CASE("a device is written in place") {
  CHECK(write_file("/dev/null", "gone"));
  const auto full = write_file("/dev/full", "x");
  REQUIRE(!full);
  CHECK(full.error().message == "/dev/full: No space left on device");
}

TEST_CASE("a symbolic link stays, and what it leads to is written") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("real");
  const std::string link = folder.path("link");
  REQUIRE(write_file(path, "one"));
  std::filesystem::create_symlink("real", link);
  REQUIRE(write_file(link, "two"));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(read_file(path, 100).value() == "two");
  REQUIRE(rewrite_file(link, "two", "three"));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(read_file(path, 100).value() == "three");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 2);
}

TEST_CASE("a file is rewritten with its permissions") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("private");
  REQUIRE(write_file(path, "old"));
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  REQUIRE(rewrite_file(path, "old", "new"));
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0640);
  CHECK(read_file(path, 100).value() == "new");
}

TEST_CASE("when a new state cannot be written the old one stays whole") {
  const test::TemporaryFolder folder;
  // The name beside it would be longer than the 255 bytes that file systems take.
  const std::string path = folder.path(std::string(252, 'x'));
  std::ofstream(path) << "old";
  const auto written = rewrite_file(path, "old", "new");
  REQUIRE(!written);
  CHECK(written.error().message.ends_with(": File name too long"));
  CHECK(read_file(path, 100).value() == "old");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 1);
}

TEST_CASE("a file that is read-only, changed, gone or no file is not rewritten") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("kept");
  REQUIRE(write_file(path, "old"));
  const auto changed = rewrite_file(path, "other", "new");
  REQUIRE(!changed);
  CHECK(changed.error().message ==
        path + ": the file was changed by somebody else meanwhile; nothing was written");
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  const auto read_only = rewrite_file(path, "old", "new");
  REQUIRE(!read_only);
  CHECK(read_only.error().kind == ErrorKind::settings);
  CHECK(read_only.error().message == path + ": the file is read-only; nothing was written");
  CHECK(read_file(path, 100).value() == "old");
  CHECK(!rewrite_file(folder.path("missing"), "", "new"));
  CHECK(!rewrite_file(folder.path(""), "", "new"));
  CHECK(!rewrite_file("/dev/null", "", "new"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path("")), {}) == 1);
}

TEST_CASE("what a function writes goes to the disk as it is written, and is whole or not there") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("stream");
  const auto entries = [&] {
    return std::vector<std::filesystem::directory_entry>(
        std::filesystem::directory_iterator(folder.path("")), {});
  };
  REQUIRE(write_file(path, [&](std::ostream& out) {
    out << std::string(1'000'000, 'x');
    REQUIRE(entries().size() == 1);
    CHECK(entries().front().path() != path);
    CHECK(entries().front().file_size() > 900'000);
  }));
  CHECK(read_file(path, 2'000'000).value().size() == 1'000'000);
  const auto given_up = write_file(path, [](std::ostream& out) {
    out << "half";
    out.setstate(std::ios::failbit);
  });
  REQUIRE(!given_up);
  CHECK(given_up.error().kind == ErrorKind::interrupted);
  CHECK(entries().size() == 1);
  CHECK(read_file(path, 2'000'000).value().size() == 1'000'000);
  const auto full = write_file("/dev/full", [](std::ostream& out) { out << "x"; });
  REQUIRE(!full);
  CHECK(full.error().message == "/dev/full: No space left on device");
}

TEST_CASE("whether a file can be written is told without touching anything") {
  const test::TemporaryFolder folder;
  CHECK(check_writable(folder.path("new")));
  CHECK(check_writable("/dev/full"));
  CHECK(std::filesystem::is_empty(folder.path("")));
  std::ofstream(folder.path("old")) << "old";
  CHECK(check_writable(folder.path("old")));
  CHECK(!check_writable(folder.path("")));
  CHECK(!check_writable(folder.path("missing/new")));
  CHECK(!check_writable(folder.path("old/new")));
  CHECK(read_file(folder.path("old"), 100).value() == "old");
}
