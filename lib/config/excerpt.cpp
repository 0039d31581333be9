// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/excerpt.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/secrets.hpp"

namespace otelctl::config {
namespace {

// More of a line is never shown.
constexpr std::size_t k_bytes_before = 120;
constexpr std::size_t k_bytes_behind = 240;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

Span window_around(std::string_view source, Span line, std::size_t offset) {
  Span window{std::max(line.begin, offset - std::min(offset, k_bytes_before)),
              std::min(line.end, offset + k_bytes_behind)};
  while (window.begin > line.begin && is_continuation(source[window.begin])) {
    --window.begin;
  }
  while (window.end < line.end && is_continuation(source[window.end])) {
    ++window.end;
  }
  return window;
}

// The text from `begin` to `end` with every secret in it replaced.
std::string shown_part(std::string_view source, std::size_t begin, std::size_t end,
                       const std::vector<Span>& secrets) {
  std::string text;
  for (const Span& secret : secrets) {
    if (secret.end <= begin || secret.begin >= end) {
      continue;
    }
    text += source.substr(begin, std::max(begin, secret.begin) - begin);
    text += k_redacted;
    begin = std::min(end, secret.end);
  }
  text += source.substr(begin, end - begin);
  return text;
}

// The secret that the bytes lie in or overlap; nullptr for none.
const Span* find_secret(const std::vector<Span>& secrets, std::size_t begin, std::size_t end) {
  const auto found = std::find_if(secrets.begin(), secrets.end(), [&](const Span& secret) {
    return secret.begin < std::max(end, begin + 1) && begin < secret.end;
  });
  return found == secrets.end() ? nullptr : &*found;
}

}  // namespace

Excerpt excerpt_of(const FileReport& file, const Place& place) {
  const std::string_view source = file.document.source();
  std::size_t begin = std::min(place.begin, source.size());
  std::size_t end = std::min(place.end, source.size());
  Span line = line_around(source, begin);
  Span window = window_around(source, line, begin);
  std::vector<Span> secrets = secrets_in(file.document, line, window);
  const bool has_key = place.key_end > place.key_begin;
  const Span* const secret = find_secret(secrets, begin, end);
  if (secret != nullptr && has_key) {
    begin = place.key_begin;
    end = place.key_end;
    line = line_around(source, begin);
  } else if (secret != nullptr) {
    begin = secret->begin;
    end = secret->end;
  }
  if (secret != nullptr) {
    window = window_around(source, line, begin);
    secrets = secrets_in(file.document, line, window);
  }
  end = std::clamp(end, begin, line.end < begin ? begin : line.end);
  end = std::min(end, std::max(begin, window.end));
  Excerpt excerpt;
  excerpt.line = file.document.position(begin).line;
  excerpt.before = shown_part(source, window.begin, begin, secrets);
  excerpt.marked = shown_part(source, begin, end, secrets);
  excerpt.after = shown_part(source, end, std::max(end, window.end), secrets);
  return excerpt;
}

}  // namespace otelctl::config
