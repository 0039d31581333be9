// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "query/byte_reader.hpp"
#include "query/limits.hpp"

namespace otelctl::query {

// A value that is neither object nor array. Views last until the call returns.
struct JsonScalar {
  enum class Type { null, boolean, integer, large_integer, real, text };

  Type type = Type::null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::uint64_t large_integer = 0;  // beyond what 64 signed bits hold
  double real = 0;
  std::string_view text = {};
};

// Takes a JSON text apart as it comes. Calls are in the order of the text and always balanced as
// far as the text goes.
class JsonHandler {
 public:
  virtual ~JsonHandler() = default;
  virtual void begin_object() = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void scalar(const JsonScalar& value) = 0;
  // One of the texts that follow each other begins, ends.
  virtual void begin_text() {}
  virtual void end_text() {}
  // Asked now and then; an Error ends the reading.
  virtual Result<void> verdict() const { return {}; }
};

// Feeds JSON to a handler in pieces of any size, without ever holding more than one string of it.
// Several texts may follow each other, with or without white space: old gRPC gateways answer so.
// Limits: 256 levels, 50 million objects and arrays. Error kind: not_understood, for text that is
// not JSON, beyond the limits or, at the end, cut short; and whatever the handler's verdict says.
class JsonFeed final : public ByteReader {
 public:
  explicit JsonFeed(JsonHandler& handler, const SourceWords& words = k_answer_words);
  ~JsonFeed() override;
  JsonFeed(const JsonFeed&) = delete;
  JsonFeed& operator=(const JsonFeed&) = delete;

  Result<void> feed(std::string_view bytes) override;
  Result<void> finish() override;

  // The rest of the text that is being read goes to this handler; its end and all texts after it go
  // to the first one again. For the first one's use, within its calls.
  void hand_on(JsonHandler& handler);

  // How many were read; after an Error the byte that is wrong.
  std::uint64_t bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::query
