// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/notes.hpp"

#include <utility>

#include <fmt/format.h>

namespace otelctl::scenario {
namespace {

// 50 are shown.
constexpr std::size_t k_most_notes = 1000;
// As much as a file may hold.
constexpr std::size_t k_most_text = std::size_t{64} * 1024 * 1024;

}  // namespace

void Notes::add(config::IssueKind kind, const Spot& spot, std::string message, std::string help) {
  if (!m_is_full) {
    m_issues.push_back({kind, place_of(m_document, spot), std::move(message), std::move(help)});
    count();
  }
}

void Notes::add_at_key(config::IssueKind kind, const Spot& spot, std::string message,
                       std::string help) {
  if (!m_is_full) {
    m_issues.push_back({kind, key_place_of(m_document, spot), std::move(message), std::move(help)});
    count();
  }
}

void Notes::add_repeated(const Spot& spot, yaml::NodeId first, std::string message,
                         std::string help) {
  if (m_is_full) {
    return;
  }
  const yaml::Node& node = m_document.node(spot.node);
  yaml::Problem problem;
  problem.kind = yaml::ProblemKind::duplicate_key;
  problem.begin = node.begin;
  problem.end = node.end;
  problem.message = std::move(message);
  problem.help = std::move(help);
  // An alias of a name is the same place.
  if (first != spot.node) {
    problem.first_begin = m_document.node(first).begin;
    problem.first_end = m_document.node(first).end;
  }
  m_problems.push_back(std::move(problem));
  count();
}

bool Notes::spend(const Spot& spot, std::size_t bytes) {
  m_text_bytes += bytes;
  if (m_text_bytes <= k_most_text) {
    return true;
  }
  if (!m_is_full) {
    const yaml::Node& node = m_document.node(spot.node);
    m_problems.push_back({.kind = yaml::ProblemKind::limit,
                          .begin = node.begin,
                          .end = node.end,
                          .message = "the texts of the file come to more than 64 MiB where aliases "
                                     "repeat them",
                          .help = "shorten what the aliases stand for"});
    m_is_full = true;
  }
  return false;
}

void Notes::count() {
  if (m_issues.size() + m_problems.size() >= k_most_notes) {
    m_problems.push_back(
        {.kind = yaml::ProblemKind::limit,
         .message = fmt::format("more than {} findings; the rest is left out", k_most_notes),
         .help = "mend these first"});
    m_is_full = true;
  }
}

}  // namespace otelctl::scenario
