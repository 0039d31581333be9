// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/parse.hpp"

#include <algorithm>
#include <optional>
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

void sort_problems(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& left, const Problem& right) {
    return left.begin < right.begin;
  });
}

std::size_t begin_of_text(std::string_view source) {
  return source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

// One reading of bytes that are known to be text of a size that can be read.
Parsed read_text(std::string bytes, const Limits& limits, Stream stream) {
  Parsed parsed;
  Builder::set_source(parsed.document, std::move(bytes));
  const std::string_view source = parsed.document.source();
  Builder builder(parsed.document, limits);
  const EventsEnd end = read_events(source, begin_of_text(source), stream, builder);
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
  sort_problems(parsed.problems);
  return parsed;
}

// What nobody can read at all; the document has its source then.
std::optional<Problem> unreadable(std::string_view source, const Limits& limits) {
  if (source.size() > limits.bytes || source.size() > UINT32_MAX) {
    return Problem{ProblemKind::limit, 0, 0,
                   fmt::format("the file is larger than {}", format_size(limits.bytes)),
                   "split it"};
  }
  return check_bytes(source);
}

Parsed not_read(std::string bytes, Problem problem) {
  Parsed parsed;
  Builder::set_source(parsed.document, std::move(bytes));
  parsed.problems.push_back(std::move(problem));
  return parsed;
}

// Finds the lines that keep a file from being read.
class Recovery {
 public:
  Recovery(std::string_view source, const Limits& limits, Stream stream)
      : m_source(source), m_text(source), m_limits(limits), m_stream(stream) {}

  // `first` is what reading the whole file came to. Nothing when no way was found.
  std::optional<Parsed> run(const Problem& first) {
    m_problems.push_back(first);
    cut(block_to_cut(m_source, first.begin));
    // Each reading costs as much as the first: of a large file there are fewer.
    constexpr std::size_t k_most_bytes = std::size_t{32} * 1024 * 1024;
    constexpr std::size_t k_most_readings = 20;
    const std::size_t most =
        std::min(k_most_readings, k_most_bytes / (m_source.size() + 1) + std::size_t{1});
    for (std::size_t reading = 0; reading < most && has_text(); ++reading) {
      Parsed parsed = read_text(m_text, m_limits, m_stream);
      if (parsed.is_whole) {
        return finish(std::move(parsed));
      }
      const Problem& problem = parsed.problems.front();
      if (problem.kind == ProblemKind::limit) {
        return std::nullopt;
      }
      go_on(problem);
    }
    return std::nullopt;
  }

 private:
  void go_on(const Problem& problem) {
    const Lines last = m_cuts.back();
    if (problem.begin < last.end) {
      // Too little was cut.
      cut(block_around(m_source, last));
      return;
    }
    // What follows at once may be a rest of what was cut; what refers to it certainly is.
    const bool is_rest = !has_content_between(m_text, last.end, problem.begin);
    const bool refers_to_cut = m_source[std::min(problem.begin, m_source.size() - 1)] == '*';
    if (!is_rest && !refers_to_cut) {
      m_problems.push_back(problem);
    }
    cut(block_to_cut(m_text, problem.begin));
  }

  void cut(Lines lines) {
    lines.begin = std::max(lines.begin, begin_of_text(m_source));
    for (std::size_t at = lines.begin; at < lines.end; ++at) {
      if (m_text[at] != '\n' && m_text[at] != '\r') {
        m_text[at] = ' ';
      }
    }
    while (!m_cuts.empty() && m_cuts.back().begin >= lines.begin) {
      lines.end = std::max(lines.end, m_cuts.back().end);
      m_cuts.pop_back();
    }
    m_cuts.push_back(lines);
  }

  bool has_text() const {
    return m_text.find_first_not_of(" \r\n", begin_of_text(m_text)) != std::string::npos;
  }

  Parsed finish(Parsed parsed) {
    Builder::restore_source(parsed.document, m_source);
    parsed.is_whole = false;
    // Where a line is missing, what stands below may seem to belong to nothing.
    std::erase_if(parsed.problems, [&](const Problem& problem) {
      return problem.kind == ProblemKind::more_documents &&
             !m_source.substr(problem.begin).starts_with("---");
    });
    parsed.problems.insert(parsed.problems.end(), m_problems.begin(), m_problems.end());
    sort_problems(parsed.problems);
    parsed.cuts = m_cuts;
    return parsed;
  }

  std::string_view m_source;
  // With the cut lines blank, so that places stay the same.
  std::string m_text;
  const Limits& m_limits;
  Stream m_stream;
  std::vector<Lines> m_cuts;
  std::vector<Problem> m_problems;
};

}  // namespace

Parsed parse(std::string bytes, const Limits& limits, Stream stream) {
  if (auto problem = unreadable(bytes, limits)) {
    return not_read(std::move(bytes), std::move(*problem));
  }
  return read_text(std::move(bytes), limits, stream);
}

Parsed parse_readable(std::string bytes, const Limits& limits, Stream stream) {
  Parsed parsed = parse(std::move(bytes), limits, stream);
  const bool can_go_on = !parsed.is_whole && !parsed.problems.empty() &&
                         parsed.problems.front().kind != ProblemKind::limit &&
                         parsed.problems.front().kind != ProblemKind::bad_bytes;
  if (can_go_on) {
    if (auto rest =
            Recovery(parsed.document.source(), limits, stream).run(parsed.problems.front())) {
      return std::move(*rest);
    }
  }
  return parsed;
}

}  // namespace otelctl::yaml
