// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/json_events.hpp"

#include <charconv>
#include <limits>
#include <string>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include "query/limits.hpp"

namespace otelctl::query {
namespace {

namespace json = boost::json;

constexpr std::size_t k_max_depth = 256;
// What boost::json::basic_parser calls. Its names and signatures are fixed by the library.
class Adapter {
 public:
  // The answer's size is limited where it is received.
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();

  explicit Adapter(JsonHandler& handler) : m_handler(handler) {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& code) {
    m_handler.begin_object();
    return count_container(code);
  }
  bool on_object_end(std::size_t, json::error_code&) {
    m_handler.end_object();
    return true;
  }
  bool on_array_begin(json::error_code& code) {
    m_handler.begin_array();
    return count_container(code);
  }
  bool on_array_end(std::size_t, json::error_code&) {
    m_handler.end_array();
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return hold(part); }
  bool on_key(json::string_view last, std::size_t, json::error_code&) {
    m_handler.key(whole(last));
    m_parts.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return hold(part); }
  bool on_string(json::string_view last, std::size_t, json::error_code&) {
    JsonScalar value{JsonScalar::Type::text};
    value.text = whole(last);
    return give(value);
  }
  bool on_number_part(json::string_view part, json::error_code&) { return hold(part); }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    JsonScalar value{JsonScalar::Type::integer};
    value.integer = number;
    return give(value);
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    JsonScalar value{JsonScalar::Type::large_integer};
    value.large_integer = number;
    return give(value);
  }
  bool on_double(double number, json::string_view last, json::error_code&) {
    JsonScalar value{JsonScalar::Type::real};
    // Boost.JSON 1.81 is off by a unit in the last place for some numbers.
    const std::string_view text = whole(last);
    double exact = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exact);
    value.real = error == std::errc{} && end == text.data() + text.size() ? exact : number;
    return give(value);
  }
  bool on_bool(bool truth, json::error_code&) {
    JsonScalar value{JsonScalar::Type::boolean};
    value.boolean = truth;
    return give(value);
  }
  bool on_null(json::error_code&) { return give(JsonScalar{}); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool count_container(json::error_code& code) {
    if (++m_containers <= k_max_containers) {
      return true;
    }
    code = make_error_code(json::error::array_too_large);
    return false;
  }

  bool hold(json::string_view part) {
    m_parts.append(part.data(), part.size());
    return true;
  }

  // Only what was split over two pieces is copied.
  std::string_view whole(json::string_view last) {
    if (m_parts.empty()) {
      return {last.data(), last.size()};
    }
    m_parts.append(last.data(), last.size());
    return m_parts;
  }

  bool give(const JsonScalar& value) {
    m_handler.scalar(value);
    m_parts.clear();
    return true;
  }

  JsonHandler& m_handler;
  std::string m_parts;
  std::size_t m_containers = 0;
};

json::parse_options limits() {
  json::parse_options options;
  options.max_depth = k_max_depth;
  // Span names and values are whatever an application put into them; report shows them escaped.
  options.allow_invalid_utf8 = true;
  return options;
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

class JsonFeed::Impl {
 public:
  explicit Impl(JsonHandler& handler) : m_handler(handler), m_parser(limits(), handler) {}

  Result<void> feed(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!m_is_inside) {
        if (is_space(bytes.front())) {
          take(bytes, 1);
          continue;
        }
        m_parser.reset();
        m_is_inside = true;
      }
      json::error_code code;
      const std::size_t used = m_parser.write_some(true, bytes.data(), bytes.size(), code);
      if (code) {
        return fail_with(code);
      }
      take(bytes, used);
      m_is_inside = !m_parser.done();
    }
    return m_handler.verdict();
  }

  Result<void> finish() const {
    if (m_is_inside) {
      return fail(ErrorKind::not_understood,
                  fmt::format("the answer is cut short after {} bytes", m_bytes),
                  "something between here and the backend broke it off; try again");
    }
    return {};
  }

  std::uint64_t bytes() const { return m_bytes; }

 private:
  void take(std::string_view& bytes, std::size_t count) {
    bytes.remove_prefix(count);
    m_bytes += count;
  }

  // The library does not tell where in the piece it gave up.
  static Result<void> fail_with(json::error_code code) {
    if (code == json::error::too_deep) {
      return fail(ErrorKind::not_understood,
                  fmt::format("the answer is nested deeper than {} levels", k_max_depth),
                  "no trace is; check that this is the query API");
    }
    if (code == json::error::array_too_large) {
      return fail(ErrorKind::not_understood,
                  fmt::format("the answer holds more than {} objects", k_max_containers),
                  "ask for fewer traces or a shorter time");
    }
    return fail(ErrorKind::not_understood,
                fmt::format("the answer is not JSON ({})", code.message()),
                "check that this is the query API");
  }

  JsonHandler& m_handler;
  json::basic_parser<Adapter> m_parser;
  bool m_is_inside = false;
  std::uint64_t m_bytes = 0;
};

JsonFeed::JsonFeed(JsonHandler& handler) : m_impl(std::make_unique<Impl>(handler)) {}
JsonFeed::~JsonFeed() = default;

Result<void> JsonFeed::feed(std::string_view bytes) {
  return m_impl->feed(bytes);
}
Result<void> JsonFeed::finish() {
  return m_impl->finish();
}
std::uint64_t JsonFeed::bytes() const {
  return m_impl->bytes();
}

}  // namespace otelctl::query
