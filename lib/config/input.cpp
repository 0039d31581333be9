// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/input.hpp"

#include <algorithm>
#include <utility>

#include "config/environment/env_reader.hpp"

namespace otelctl::config {
namespace {

// Variables stand in several kinds of file: content tells which.
Kind kind_of(const yaml::Document& document, const ValidateOptions& options) {
  const Kind found = detect_kind(document, options.section);
  const bool is_found_by_group = options.kind == Kind::env && k_variable_kinds.contains(found);
  return options.kind && !is_found_by_group ? *options.kind : found;
}

bool has_more_documents(const yaml::Parsed& parsed) {
  return std::any_of(parsed.problems.begin(), parsed.problems.end(),
                     [](const yaml::Problem& problem) {
                       return problem.kind == yaml::ProblemKind::more_documents;
                     });
}

}  // namespace

Input read_input(std::string bytes, const ValidateOptions& options) {
  const bool may_be_lines = !options.kind || *options.kind == Kind::env;
  if (may_be_lines && looks_like_env_file(bytes)) {
    return {parse_env_document(std::move(bytes), options.limits), Kind::env};
  }
  Input input{yaml::parse_readable(std::move(bytes), options.limits), Kind::telemetry};
  input.kind = kind_of(input.parsed.document, options);
  if (input.kind == Kind::env) {
    const std::string source(input.parsed.document.source());
    return {parse_env_document(source, options.limits), Kind::env};
  }
  // Manifests come in streams; all others have one document.
  if (may_be_lines && has_more_documents(input.parsed)) {
    const std::string source(input.parsed.document.source());
    yaml::Parsed stream = yaml::parse_readable(source, options.limits, yaml::Stream::many);
    if (kind_of(stream.document, options) == Kind::kubernetes) {
      return {std::move(stream), Kind::kubernetes};
    }
  }
  return input;
}

}  // namespace otelctl::config
