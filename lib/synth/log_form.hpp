// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "base/traceparent.hpp"
#include "synth/backward_writer.hpp"
#include "synth/columns.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"

namespace otelctl::synth {

// What makes one record differ from the next one of its form.
struct LogSource {
  Time time;
  std::uint64_t unit = 0;
  Sequence words;  // draw n is word n of its unit 0
  // The span in which it was written.
  std::optional<TraceParent> span = std::nullopt;
};

// A log record in encoded form, with the places of its drawn attributes.
class LogForm {
 public:
  // `columns` fill its texts. The spec has passed check_scenario.
  LogForm(const LogSpec& spec, const Columns& columns);

  // Puts the record in front of what was written, as an element of ScopeLogs.log_records. It was
  // observed when it was made.
  void put(BackwardWriter& out, const LogSource& source) const;
  // Bytes that it takes at most.
  std::size_t most_bytes() const { return m_most_bytes; }

 private:
  // Some attributes as they are, whole elements of the field.
  using Fixed = std::string;
  // An attribute as one of these.
  struct Drawn {
    std::vector<std::string> attributes;
  };
  struct Integer {
    std::string key;  // the field of KeyValue, whole
    IntRange range;
  };
  struct Real {
    std::string key;
    DoubleRange range;
  };
  struct Counted {
    std::string key;
    Counter counter;
  };
  using Part = std::variant<Fixed, Drawn, Integer, Real, Counted>;

  void add_attribute(const AttributeSpec& attribute, const Columns& columns);
  void add_part(Part part, std::size_t most_bytes);
  static void put_part(BackwardWriter& out, const Part& part, const LogSource& source,
                       std::uint64_t draw);

  std::string m_front;  // severity and body
  std::vector<Part> m_parts;
  std::string m_back;  // the event's name
  std::size_t m_most_bytes = 0;
};

}  // namespace otelctl::synth
