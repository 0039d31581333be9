// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/program_path.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
namespace fs = std::filesystem;

namespace {

// Two folders for PATH.
class Folders {
 public:
  Folders() {
    fs::create_directory(first());
    fs::create_directory(second());
  }
  std::string first() const { return m_folder.path("first"); }
  std::string second() const { return m_folder.path("second"); }
  std::string path() const { return first() + ":" + second(); }

  static std::string write(const std::string& file, const std::string& content,
                           bool is_executable = true) {
    std::ofstream(file, std::ios::binary) << content;
    fs::permissions(file, is_executable ? fs::perms::owner_all : fs::perms::owner_read);
    return file;
  }

 private:
  test::TemporaryFolder m_folder;
};

}  // namespace

TEST_CASE("a program is found in the first folder of PATH that has one to run") {
  const Folders folders;
  CHECK(find_program("tool", folders.path()).error().exit_status() == 127);
  Folders::write(folders.second() + "/tool", "");
  CHECK(find_program("tool", folders.path()) == folders.second() + "/tool");
  SUBCASE("a better place wins") {
    Folders::write(folders.first() + "/tool", "");
    CHECK(find_program("tool", folders.path()) == folders.first() + "/tool");
  }
  SUBCASE("a folder of that name is passed over") {
    fs::create_directory(folders.first() + "/tool");
    CHECK(find_program("tool", folders.path()) == folders.second() + "/tool");
  }
  SUBCASE("a file that may not be run is passed over") {
    Folders::write(folders.first() + "/tool", "", false);
    CHECK(find_program("tool", folders.path()) == folders.second() + "/tool");
  }
  SUBCASE("a folder that does not exist is passed over") {
    CHECK(find_program("tool", "/nonexistent:" + folders.path()) == folders.second() + "/tool");
  }
}

TEST_CASE("a file that may not be run is found, but nothing to run") {
  const Folders folders;
  Folders::write(folders.first() + "/tool", "", false);
  for (const std::string& name : {std::string("tool"), folders.first() + "/tool"}) {
    const auto found = find_program(name, folders.path());
    REQUIRE_FALSE(found);
    CHECK(found.error().error == EACCES);
    CHECK(found.error().exit_status() == 126);
  }
}

TEST_CASE("a name with a slash is a path, and PATH does not matter") {
  const Folders folders;
  const std::string tool = Folders::write(folders.first() + "/tool", "");
  CHECK(find_program(tool, "") == tool);
  const auto missing = find_program("first/tool", folders.path());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().error == ENOENT);
  CHECK(missing.error().exit_status() == 127);
  CHECK(find_program(folders.first(), "").error().error == EISDIR);
  CHECK(find_program(folders.first(), "").error().exit_status() == 126);
  CHECK(find_program(tool + "/x", "").error().exit_status() == 126);
}

TEST_CASE("an empty name is no program, and an empty part of PATH is the current folder") {
  const Folders folders;
  CHECK(find_program("", folders.path()).error().exit_status() == 127);
  const fs::path before = fs::current_path();
  fs::current_path(folders.first());
  Folders::write("tool", "");
  CHECK(find_program("tool", ":/nonexistent") == "./tool");
  CHECK(find_program("tool", "") == "./tool");
  fs::current_path(before);
}

TEST_CASE("a file is a script when what could be its first line is text") {
  const Folders folders;
  const std::string file = folders.first() + "/file";
  using namespace std::string_literals;
  CHECK(is_shell_script(Folders::write(file, "echo hello\n")));
  CHECK(is_shell_script(Folders::write(file, "")));
  CHECK(is_shell_script(Folders::write(file, "true\n\0binary"s)));
  CHECK(is_shell_script(Folders::write(file, std::string(1000, 'x'))));
  CHECK_FALSE(is_shell_script(Folders::write(file,
                                             "\x7f"
                                             "ELF\0\0\n"s)));
  CHECK_FALSE(is_shell_script(Folders::write(file, "\0"s)));
}
