// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "synth/fetch.hpp"
#include "synth/sequence.hpp"
#include "synth/shape.hpp"

namespace otelctl::synth {

// The numbers of one shape, grouped by how they come about: each group is a loop without branches.
class NumberPlan {
 public:
  explicit NumberPlan(const std::vector<ShapeNumber>& numbers);

  std::size_t size() const { return m_size; }
  // Where reading begins, for a draw that comes soon.
  void fetch() const {
    synth::fetch<128>(m_drawn.data());
    synth::fetch(m_sums.data());
  }
  // Writes the unit's numbers to `values`, one at the index of each, a double as its bits. Number i
  // is drawn from word `first` + i.
  void draw(Words words, std::uint64_t first, std::uint64_t unit, std::uint64_t* values) const {
    for (const Drawn& drawn : m_drawn) {
      const std::uint64_t choices = std::uint64_t{drawn.last} + 1;
      values[drawn.index] = drawn.low + below(choices, words.at(first + drawn.index));
    }
    if (m_has_others) {
      draw_others(words, first, unit, values);
    }
  }

 private:
  struct Drawn {
    std::uint32_t index;
    std::uint32_t last;  // of the choices, counted from 0: there are up to 2^32
    std::uint64_t low;
  };
  struct Real {
    std::uint64_t index;
    double low;
    double width;
    double high;
  };
  struct Counted {
    std::uint64_t index;
    std::uint64_t per;
    std::uint64_t distinct;
  };
  struct Sum {
    std::uint32_t index;
    std::uint32_t end;  // of its parts, which begin where those of the sum before end
  };

  void draw_others(Words words, std::uint64_t first, std::uint64_t unit,
                   std::uint64_t* values) const;

  std::size_t m_size;
  bool m_has_others = false;
  std::vector<Drawn> m_drawn;
  std::vector<Real> m_reals;
  std::vector<Counted> m_counted;
  std::vector<Sum> m_sums;
  std::vector<std::uint32_t> m_parts;  // in one place: a line of the cache for each sum is slow
};

}  // namespace otelctl::synth
