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

std::size_t bytes_of(const std::vector<ShapeAttribute>& attributes) {
  std::size_t bytes = attributes.size() * sizeof(ShapeAttribute);
  const auto add = [&bytes](const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      bytes += text->size();
    } else if (const auto* items = std::get_if<std::vector<std::string>>(&value)) {
      for (const std::string& item : *items) {
        bytes += sizeof(std::string) + item.size();
      }
    }
  };
  for (const ShapeAttribute& attribute : attributes) {
    bytes += attribute.key.size();
    if (const auto* value = std::get_if<Value>(&attribute.value)) {
      add(*value);
    } else if (const auto* outcome = std::get_if<ByOutcome>(&attribute.value)) {
      add(outcome->ok);
      add(outcome->failed);
    } else if (const auto* digits = std::get_if<DigitsPlace>(&attribute.value)) {
      bytes += digits->prefix.size();
    }
  }
  return bytes;
}

// What the span takes in memory, for k_max_shape_bytes.
std::size_t bytes_of(const ShapeSpan& span) {
  std::size_t bytes = sizeof span + span.name.size() + span.error_type.size() +
                      span.error_message.size() + bytes_of(span.attributes);
  for (const ShapeEvent& event : span.events) {
    bytes += sizeof event + event.name.size() + bytes_of(event.attributes);
  }
  for (const ShapeLink& link : span.links) {
    bytes += sizeof link + bytes_of(link.attributes);
  }
  return bytes;
}

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

Result<Shape> draw_shape(const Scenario& scenario, std::uint32_t trace, Random& random,
                         Decks& decks) {
  const std::vector<SpanSpec>& specs = scenario.traces[trace].spans;
  std::vector<std::vector<std::uint32_t>> children(specs.size());
  // The last child first: the stack below turns them round again.
  for (std::size_t index = specs.size(); index-- > 1;) {
    children[*specs[index].parent].push_back(static_cast<std::uint32_t>(index));
  }
  Drawing drawing(scenario.choices, random, decks);
  Shape shape;
  shape.trace = trace;
  shape.columns = drawing.columns();
  std::size_t bytes = 0;
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
    bytes += bytes_of(shape.spans.back());
    if (bytes > k_max_shape_bytes) {
      return fail(ErrorKind::settings, "a trace of it takes more than 256 MiB",
                  "lower the repetitions or the attributes");
    }
    if (next.links_left > 1) {
      stack.push_back({next.spec, place, service, next.links_left - 1});
      continue;
    }
    for (const std::uint32_t child : children[next.spec]) {
      const std::uint64_t copies = drawing.copies_of(specs[child]);
      stack.insert(stack.end(), copies, Pending{child, place, service, specs[child].chain});
    }
  }
  shape.numbers = drawing.take_numbers();
  resolve_links(shape, specs.size());
  if (k_words_before_spans + 2 * shape.spans.size() + shape.numbers.size() >=
      Sequence::k_trace_draws) {
    return fail(ErrorKind::settings, "a trace of it draws more than a million numbers",
                "lower the repetitions, or the ranges in repeated spans");
  }
  return shape;
}

}  // namespace otelctl::synth
