// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/events.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <new>
#include <optional>
#include <streambuf>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace otelctl::yaml {
namespace {

// Thrown through the parser, which has no other way to be stopped.
struct Stop {};
struct TooLarge {};
struct TooDeep {};

// yaml-cpp keeps every token of a flow collection until it knows whether the whole is a key (10 MB
// of '[' take 2.2 GB), so what it may read ahead of its events is bounded by what makes tokens.
constexpr std::size_t k_max_marks_ahead = 4'000'000;
constexpr std::size_t k_max_openings_ahead = 100'000;

// By byte: whether it can begin or end a token.
constexpr std::array<bool, 256> make_token_marks() {
  std::array<bool, 256> is_mark{};
  for (const char c : std::string_view("[]{},:?&*!\"'|>")) {
    is_mark[static_cast<unsigned char>(c)] = true;
  }
  return is_mark;
}
constexpr std::array<bool, 256> k_is_token_mark = make_token_marks();

// The bytes as a stream, in pieces, with an account of what was read since the last event.
class Source final : public std::streambuf {
 public:
  explicit Source(std::string_view text) : m_rest(text) {}

  void event() {
    m_marks = 0;
    m_openings = 0;
  }

 protected:
  int_type underflow() override {
    if (m_rest.empty()) {
      return traits_type::eof();
    }
    constexpr std::size_t k_piece = 4096;
    m_piece.assign(m_rest.substr(0, k_piece));
    m_rest.remove_prefix(m_piece.size());
    count();
    setg(m_piece.data(), m_piece.data(), m_piece.data() + m_piece.size());
    return traits_type::to_int_type(m_piece.front());
  }

 private:
  void count() {
    for (const char c : m_piece) {
      m_marks += k_is_token_mark[static_cast<unsigned char>(c)] ? 1U : 0U;
      m_openings += c == '[' || c == '{' ? 1U : 0U;
      m_openings -= m_openings > 0 && (c == ']' || c == '}') ? 1U : 0U;
    }
    if (m_openings > k_max_openings_ahead) {
      throw TooDeep{};
    }
    if (m_marks > k_max_marks_ahead) {
      throw TooLarge{};
    }
  }

  std::string_view m_rest;
  std::string m_piece;
  std::size_t m_marks = 0;
  std::size_t m_openings = 0;
};

class Handler final : public YAML::EventHandler {
 public:
  Handler(Source& source, Builder& builder, std::size_t start)
      : m_source(source), m_builder(builder), m_start(start) {}

  std::size_t offset(const YAML::Mark& mark) const {
    return m_start + static_cast<std::size_t>(std::max(mark.pos, 0));
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // What begins no document (',' in front of one) gives empty ones for ever.
    if (m_document == mark.pos) {
      m_stuck = offset(mark);
      throw Stop{};
    }
    m_document = mark.pos;
    m_builder.start_document();
    settle();
  }
  // Where reading a stream gave up.
  const std::optional<std::size_t>& stuck() const { return m_stuck; }

  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    m_builder.null(offset(mark), anchor);
    settle();
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    m_builder.alias(offset(mark), anchor);
    settle();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    m_builder.scalar(offset(mark), tag, anchor, value);
    settle();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override {
    m_builder.end();
    settle();
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override {
    m_builder.end();
    settle();
  }

 private:
  void start(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             YAML::EmitterStyle::value style) {
    const bool is_flow = style == YAML::EmitterStyle::Flow;
    m_builder.start(kind, is_flow ? Style::flow : Style::block, offset(mark), tag, anchor);
    settle();
  }

  void settle() {
    m_source.event();
    if (m_builder.problem()) {
      throw Stop{};
    }
  }

  Source& m_source;
  Builder& m_builder;
  std::size_t m_start;
  int m_document = -1;
  std::optional<std::size_t> m_stuck;
};

// Only says where a second document begins.
class SecondDocument final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    m_mark = mark;
    throw Stop{};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {}
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value /*style*/) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {}
  void OnMapEnd() override {}

  const YAML::Mark& mark() const { return m_mark; }

 private:
  YAML::Mark m_mark;
};

}  // namespace

EventsEnd read_events(std::string_view source, std::size_t start, Stream stream, Builder& builder) {
  EventsEnd result;
  Source bytes(source.substr(start));
  std::istream input(&bytes);
  // Without this the stream would swallow what the buffer throws.
  input.exceptions(std::ios::badbit);
  Handler handler(bytes, builder, start);
  SecondDocument second;
  try {
    YAML::Parser parser(input);
    bool has_next = parser.HandleNextDocument(handler);
    while (has_next && stream == Stream::many) {
      has_next = parser.HandleNextDocument(handler);
    }
    if (has_next) {
      parser.HandleNextDocument(second);
    }
  } catch (const Stop&) {
    if (!builder.problem()) {
      result.second_document = handler.stuck().value_or(handler.offset(second.mark()));
    }
  } catch (const TooDeep&) {
    result.is_too_deep = true;
  } catch (const TooLarge&) {
    result.is_too_large = true;
  } catch (const YAML::Exception& error) {
    result.failure = {error.msg, handler.offset(error.mark)};
  } catch (const std::bad_alloc&) {
    result.is_too_large = true;
  }
  return result;
}

}  // namespace otelctl::yaml
