// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cmd/completion/shell_words.hpp"

namespace otelctl {
namespace {

namespace fs = std::filesystem;

// A folder may hold millions of files, and nobody reads through so many.
constexpr std::size_t k_most_files = 1000;

bool is_wanted(const std::string& name, bool is_folder, const std::string& beginning,
               const FilePatterns& patterns) {
  const bool shows_hidden = !name.starts_with('.') || beginning.starts_with('.');
  if (is_folder || patterns.empty()) {
    return shows_hidden;
  }
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return fits_pattern(name, pattern) && (shows_hidden || pattern.starts_with('.'));
  });
}

}  // namespace

bool fits_pattern(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) {
    return name == pattern;
  }
  const std::string_view front = pattern.substr(0, star);
  const std::string_view back = pattern.substr(star + 1);
  return name.size() >= front.size() + back.size() && name.starts_with(front) &&
         name.ends_with(back);
}

std::vector<std::string> files_beginning(const std::string& typed, const FilePatterns& patterns,
                                         const Environment& environment) {
  const std::size_t slash = typed.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : typed.substr(0, slash + 1);
  const std::string beginning = typed.substr(folder.size());
  const std::string path = folder.starts_with("~/") ? expanded_word(folder, environment) : folder;
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry(path.empty() ? "." : path, error);
       !error && entry != fs::directory_iterator() && found.size() < k_most_files;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    const bool is_folder = entry->is_directory(ignored);
    if (name.starts_with(beginning) && is_wanted(name, is_folder, beginning, patterns)) {
      found.push_back(folder + name + (is_folder ? "/" : ""));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace otelctl
