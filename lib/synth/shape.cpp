// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/shape.hpp"

#include <algorithm>

#include "synth/drawing.hpp"
#include "synth/sequence.hpp"

namespace otelctl::synth {
namespace {

// A span that is still to be written, with its parent's place.
struct Pending {
  std::uint32_t spec;
  std::uint32_t parent;
  std::uint32_t service;
  std::uint32_t links_left;  // of its chain, itself included
};

void resolve_links(Shape& shape, std::size_t specs) {
  std::vector<std::uint32_t> first(specs, k_no_parent);
  for (std::uint32_t index = 0; index < shape.spans.size(); ++index) {
    std::uint32_t& place = first[shape.spans[index].spec];
    place = std::min(place, index);
  }
  for (ShapeSpan& span : shape.spans) {
    for (ShapeLink& link : span.links) {
      link.span = first[link.span];
    }
    // A repetition of zero times leaves nothing to link to.
    std::erase_if(span.links, [](const ShapeLink& link) { return link.span == k_no_parent; });
  }
}

}  // namespace

Result<Shape> draw_shape(const Scenario& scenario, std::uint32_t trace, Random& random) {
  const std::vector<SpanSpec>& specs = scenario.traces[trace].spans;
  std::vector<std::vector<std::uint32_t>> children(specs.size());
  // The last child first: the stack below turns them round again.
  for (std::size_t index = specs.size(); index-- > 1;) {
    children[*specs[index].parent].push_back(static_cast<std::uint32_t>(index));
  }
  Drawing drawing(scenario.choices, random);
  Shape shape;
  shape.trace = trace;
  std::vector<Pending> stack{{0, k_no_parent, 0, specs[0].chain}};
  while (!stack.empty()) {
    const Pending next = stack.back();
    stack.pop_back();
    const SpanSpec& spec = specs[next.spec];
    const auto place = static_cast<std::uint32_t>(shape.spans.size());
    const std::uint32_t service =
        spec.service ? static_cast<std::uint32_t>(*spec.service) : next.service;
    shape.spans.push_back(drawing.span(spec));
    shape.spans.back().spec = next.spec;
    shape.spans.back().parent = next.parent;
    shape.spans.back().service = service;
    if (next.links_left > 1) {
      stack.push_back({next.spec, place, service, next.links_left - 1});
      continue;
    }
    for (const std::uint32_t child : children[next.spec]) {
      const std::uint64_t copies =
          specs[child].repeat_low +
          drawing.draw(std::uint64_t{specs[child].repeat_high} - specs[child].repeat_low + 1);
      stack.insert(stack.end(), copies, Pending{child, place, service, specs[child].chain});
    }
  }
  shape.numbers = drawing.take_numbers();
  resolve_links(shape, specs.size());
  // Two words for the trace id, two for each span (id and time), one for each number, one for
  // errors.
  if (3 + 2 * shape.spans.size() + shape.numbers.size() >= Sequence::k_trace_draws) {
    return fail(ErrorKind::settings, "a trace of it draws more than a million numbers",
                "lower the repetitions, or the ranges in repeated spans");
  }
  return shape;
}

}  // namespace otelctl::synth
