// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/reading/notes.hpp"

#include <utility>

#include <fmt/format.h>

namespace otelctl::config::reading {
namespace {

// 50 are shown.
constexpr std::size_t k_most_notes = 1000;
// As much as a file may hold.
constexpr std::size_t k_most_text = std::size_t{64} * 1024 * 1024;

constexpr std::string_view k_text_tag = "tag:yaml.org,2002:str";
constexpr std::string_view k_number_tag = "tag:yaml.org,2002:float";

yaml::ScalarType type_of(const yaml::Document& document, const yaml::Node& node) {
  const std::string_view tag = document.tag(node);
  if (!node.is_plain() || tag == k_text_tag) {
    return yaml::ScalarType::text;
  }
  const yaml::ScalarType type = yaml::resolve_plain(node.text).core;
  return tag == k_number_tag && type == yaml::ScalarType::integer ? yaml::ScalarType::number : type;
}

}  // namespace

Notes::Notes(const yaml::Document& document, const Environment& environment)
    : m_document(document) {
  constexpr bool k_report_unset = true;
  m_references.emplace(document, environment, SubstitutionDialect::section, k_report_unset,
                       m_issues);
}

Scalar Notes::scalar(const Spot& spot) {
  const yaml::Node& node = m_document.node(spot.node);
  if (!m_references || node.text.find('$') == std::string_view::npos) {
    return {node.text, type_of(m_document, node)};
  }
  const auto [entry, is_new] = m_resolved.try_emplace(spot.node);
  if (is_new && !m_is_full) {
    entry->second = m_references->resolve(spot.node, place_of(m_document, spot));
    count();
  }
  const ResolvedScalar& resolved = entry->second;
  return {resolved.text,
          resolved.is_plain ? yaml::resolve_plain(resolved.text).core : yaml::ScalarType::text,
          resolved.is_complete};
}

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
    if (m_issues.size() > k_most_notes) {
      m_issues.erase(m_issues.begin() + k_most_notes, m_issues.end());
    }
    m_problems.push_back(
        {.kind = yaml::ProblemKind::limit,
         .message = fmt::format("more than {} findings; the rest is left out", k_most_notes),
         .help = "mend these first"});
    m_is_full = true;
  }
}

}  // namespace otelctl::config::reading
