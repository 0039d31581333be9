// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_file.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"

namespace otelctl::query {
namespace {

constexpr std::uint64_t k_max_bytes = std::uint64_t{16} << 30U;
// How much is kept at most to tell what a file is.
constexpr std::size_t k_looked_at = 4096;
constexpr std::size_t k_shown = 24;
constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_gzip = "\x1F\x8B";
constexpr std::string_view k_zstd = "\x28\xB5\x2F\xFD";
constexpr std::string_view k_space = " \t\r\n";
// The tag of field 1, the list of every OTLP request. It is also a line end.
constexpr char k_first_tag = '\x0A';
constexpr std::size_t k_length_bytes = 4;

// Whether this is JSON, rather than a message that happens to begin with a line end. A message goes
// on with lengths and tags, of which the tags 1 and 2 are control characters; JSON has none within
// its first key.
bool is_json(std::string_view text) {
  std::size_t at = text.find_first_not_of(k_space);
  if (at == std::string_view::npos || (text[at] != '{' && text[at] != '[')) {
    return false;
  }
  if (at == 0) {
    return true;
  }
  for (; at < text.size(); ++at) {
    if (text[at] == '"') {
      return at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) >= ' ';
    }
    if (k_space.find(text[at]) == std::string_view::npos && text[at] != '{' && text[at] != '[') {
      return text[at] == '}' || text[at] == ']';
    }
  }
  return true;
}

// A message has the tag of the list of scopes, 0x12, if nothing else.
bool has_control_characters(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < ' ' && k_space.find(byte) == std::string_view::npos;
  });
}

bool is_framed(std::string_view bytes) {
  // 256 MiB and more are no message, nor is what begins with another tag.
  return bytes.size() > k_length_bytes && static_cast<unsigned char>(bytes.front()) < 0x10 &&
         (bytes[k_length_bytes] == k_first_tag ||
          bytes.starts_with(std::string_view("\0\0\0\0", 4)));
}

bool is_zstd(std::string_view bytes) {
  // The Collector's file exporter puts a length before what it compressed.
  return bytes.starts_with(k_zstd) ||
         (bytes.size() > k_length_bytes && bytes.substr(k_length_bytes).starts_with(k_zstd));
}

}  // namespace

TraceFile::TraceFile(trace::TraceBuilder& builder, std::string name)
    : m_builder(builder), m_name(std::move(name)) {}

Result<void> TraceFile::feed(std::string_view bytes) {
  if (!m_is_begun) {
    m_first += bytes;
    if (m_first.size() < k_gzip.size()) {
      return {};
    }
    m_is_begun = true;
    if (m_first.starts_with(k_gzip)) {
      m_gzip = std::make_unique<net::GzipStream>();
    }
    return hand(std::exchange(m_first, {}));
  }
  return hand(bytes);
}

Result<void> TraceFile::hand(std::string_view bytes) {
  if (!m_gzip) {
    return take(bytes);
  }
  // Errors of what is within have their place already.
  Result<void> taken;
  auto unpacked = m_gzip->feed(bytes, [&](std::string_view part) {
    taken = take(part);
    return taken;
  });
  return taken && !unpacked ? refuse(unpacked.error().message, "get it anew") : taken;
}

Result<void> TraceFile::take(std::string_view bytes) {
  m_bytes += bytes.size();
  if (m_bytes > k_max_bytes) {
    return refuse(fmt::format("larger than {}", format_size(k_max_bytes)),
                  k_file_words.when_too_large);
  }
  if (m_json) {
    return m_json->feed(bytes);
  }
  Result<void> fed;
  if (m_message) {
    fed = m_message->feed(bytes);
  } else if (m_framed) {
    fed = m_framed->feed(bytes);
  } else {
    m_first += bytes;
    return m_first.size() < k_looked_at ? Result<void>() : begin(false);
  }
  return fed ? fed : fail(std::move(fed).error().within(m_name));
}

// Finds the format and reads what was kept.
Result<void> TraceFile::begin(bool is_all) {
  if (m_first.starts_with(k_byte_order_mark)) {
    m_first.erase(0, k_byte_order_mark.size());
  }
  const std::string_view first = m_first;
  const bool is_blank = first.find_first_not_of(k_space) == std::string_view::npos;
  if (is_blank && is_all) {
    return refuse("the file is empty");
  }
  if (is_zstd(first)) {
    return refuse("compressed with zstd", "unpack it first, with 'zstd -d'");
  }
  if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF")) {
    return refuse("UTF-16, not UTF-8", "convert it with 'iconv -f UTF-16 -t UTF-8'");
  }
  if (is_blank || is_json(first)) {
    m_json.emplace(m_builder, m_name);
  } else if (first.front() == k_first_tag && has_control_characters(first)) {
    m_message.emplace(m_builder, OtlpMessage::traces_data, k_file_words);
  } else if (is_framed(first)) {
    m_framed.emplace(m_builder);
  } else {
    return refuse(fmt::format("neither JSON nor OTLP protobuf: it begins with '{}'",
                              escape_for_terminal(first.substr(0, k_shown))));
  }
  const std::string kept = std::exchange(m_first, {});
  m_bytes -= kept.size();
  return take(kept);
}

Result<void> TraceFile::finish() {
  if (!m_is_begun) {
    m_is_begun = true;
    if (auto taken = take(std::exchange(m_first, {})); !taken) {
      return taken;
    }
  }
  if (m_gzip) {
    if (auto unpacked = m_gzip->finish(); !unpacked) {
      return refuse(unpacked.error().message, "get it anew");
    }
  }
  if (!m_json && !m_message && !m_framed) {
    if (auto begun = begin(true); !begun) {
      return begun;
    }
  }
  if (auto finished = finish_format(); !finished) {
    return finished;
  }
  if (m_builder.invalid_spans() > 0) {
    m_notes.push_back(counted(m_builder.invalid_spans(), "span") + " without a valid id left out");
  }
  return note_others();
}

Result<void> TraceFile::finish_format() {
  if (m_json) {
    auto finished = m_json->finish();
    if (finished && m_json->cut_line()) {
      m_notes.push_back(
          fmt::format("{}:{}: cut off, as when it is still being written; what is whole is shown",
                      m_name, *m_json->cut_line()));
    }
    return finished;
  }
  auto finished = m_message ? m_message->finish() : m_framed->finish();
  if (!finished) {
    return fail(std::move(finished).error().within(m_name));
  }
  if (m_framed && m_framed->cut_at()) {
    m_notes.push_back(
        fmt::format("{}: byte {}: the last message is cut off, as when it is still being written; "
                    "what is whole is shown",
                    m_name, *m_framed->cut_at()));
  }
  return {};
}

// What was passed over; an error where there is nothing else.
Result<void> TraceFile::note_others() {
  std::vector<std::string> others;
  if (m_json) {
    for (std::size_t index = 0; index < k_other_signals.size(); ++index) {
      if (const std::size_t count = m_json->others()[index]; count > 0) {
        others.push_back(
            fmt::format("{} of {}", counted(count, "document"), k_other_signals[index]));
      }
    }
  } else if (const std::size_t count = m_message ? m_message->left_out() : m_framed->left_out();
             count > 0) {
    others.push_back(counted(count, "record") +
                     " without the ids of a span, as of metrics or logs");
  }
  if (others.empty()) {
    return {};
  }
  if (m_builder.span_count() == 0) {
    return refuse(fmt::format("no traces, only {}", join(others, ", ")),
                  "give the file to which the traces were written");
  }
  m_notes.push_back(fmt::format("{}: {} passed over", m_name, join(others, ", ")));
  return {};
}

Result<void> TraceFile::refuse(std::string_view what, std::string_view hint) const {
  return fail(ErrorKind::not_understood, fmt::format("{}: {}", m_name, what), std::string(hint));
}

std::optional<TraceFormat> TraceFile::format() const {
  return m_json ? m_json->format() : std::optional(TraceFormat::otlp_protobuf);
}

}  // namespace otelctl::query
