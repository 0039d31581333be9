// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace otelctl {

// Trace and span ids as OTLP and W3C Trace Context have them: 16 and 8 bytes, all zero is invalid.
template <std::size_t Size>
struct Id {
  std::array<std::uint8_t, Size> bytes{};

  bool is_valid() const { return *this != Id{}; }
  // The raw bytes, as they stand in a protobuf `bytes` field.
  std::string_view view() const;

  friend bool operator==(const Id&, const Id&) = default;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 in what is defaulted
  friend auto operator<=>(const Id&, const Id&) = default;
};

using TraceId = Id<16>;
using SpanId = Id<8>;

// Lower-case hex, always 2 * Size digits.
template <std::size_t Size>
std::string to_hex(const Id<Size>& id);

// Reads hex of either case. Shorter text is taken as having lost its leading zeros (Jaeger's and
// Tempo's APIs drop them); empty, longer or other text is nothing.
template <typename IdType>
std::optional<IdType> parse_hex(std::string_view text);

// Takes exactly Size raw bytes, else nothing.
template <typename IdType>
std::optional<IdType> from_bytes(std::string_view raw);

std::string bytes_to_hex(std::string_view raw);

}  // namespace otelctl

template <std::size_t Size>
struct std::hash<otelctl::Id<Size>> {
  std::size_t operator()(const otelctl::Id<Size>& id) const noexcept {
    return std::hash<std::string_view>{}(id.view());
  }
};
