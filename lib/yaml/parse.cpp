// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/parse.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "yaml/builder.hpp"
#include "yaml/events.hpp"
#include "yaml/input_check.hpp"
#include "yaml/structure_check.hpp"
#include "yaml/syntax_words.hpp"

namespace otelctl::yaml {
namespace {

Problem second_document(const Document& document, std::size_t offset) {
  const std::string_view rest = document.source().substr(offset);
  if (rest.starts_with("---")) {
    return {ProblemKind::more_documents, offset, offset + 3,
            "a second document starts here; only the first is read",
            "keep one document in the file"};
  }
  return {ProblemKind::more_documents, offset, offset + 1,
          "what starts here does not belong to the document above; it is not read",
          "check the indentation: line it up with the first key"};
}

Problem stopped_ahead(const Document& document, const Builder& builder, std::string message) {
  const bool has_last = builder.last_node() != k_no_node;
  const std::size_t offset = has_last ? document.node(builder.last_node()).end : 0;
  return {ProblemKind::limit, offset, offset + 1, std::move(message),
          "check for brackets that are never closed"};
}

}  // namespace

Parsed parse(std::string bytes, const Limits& limits, Stream stream) {
  Parsed parsed;
  const bool is_too_large = bytes.size() > limits.bytes || bytes.size() > UINT32_MAX;
  Builder::set_source(parsed.document, std::move(bytes));
  const std::string_view source = parsed.document.source();
  if (is_too_large) {
    parsed.problems.push_back({ProblemKind::limit, 0, 0,
                               fmt::format("the file is larger than {}", format_size(limits.bytes)),
                               "split it"});
    return parsed;
  }
  if (auto problem = check_bytes(source)) {
    parsed.problems.push_back(std::move(*problem));
    return parsed;
  }
  const std::size_t start = source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  Builder builder(parsed.document, limits);
  const EventsEnd end = read_events(source, start, stream, builder);
  if (builder.problem()) {
    parsed.problems.push_back(*builder.problem());
  } else if (end.is_too_deep) {
    parsed.problems.push_back(
        stopped_ahead(parsed.document, builder,
                      fmt::format("the document nests deeper than {} levels", limits.depth)));
  } else if (end.is_too_large) {
    parsed.problems.push_back(
        stopped_ahead(parsed.document, builder, "the value that begins here is too large"));
  } else if (end.failure && !builder.is_complete()) {
    parsed.problems.push_back(
        explain_syntax_error(parsed.document, builder, end.failure->message, end.failure->offset));
  } else {
    parsed.is_whole = true;
    check_structure(parsed.document, parsed.problems);
    if (end.second_document) {
      parsed.problems.push_back(second_document(parsed.document, *end.second_document));
    } else if (end.failure) {
      parsed.problems.push_back(explain_syntax_error(parsed.document, builder, end.failure->message,
                                                     end.failure->offset));
    }
  }
  std::stable_sort(
      parsed.problems.begin(), parsed.problems.end(),
      [](const Problem& left, const Problem& right) { return left.begin < right.begin; });
  return parsed;
}

}  // namespace otelctl::yaml
