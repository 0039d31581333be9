// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "config/finding.hpp"
#include "config/options.hpp"
#include "config/rule.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// The checking of one file: an inspector of its kind reads the model, fills a subject and has it
// judged, once for each part of the file that stands for itself.
class Inspection {
 public:
  Inspection(Kind kind, const yaml::Parsed& parsed, const ValidateOptions& options,
             std::vector<Finding>& findings)
      : m_kind(kind), m_parsed(parsed), m_options(options), m_findings(findings) {}

  const yaml::Document& document() const { return m_parsed.document; }
  const ValidateOptions& options() const { return m_options; }

  // An empty one of this file.
  Subject subject() const { return {m_kind, m_parsed, m_options}; }
  // Runs every selected rule of the kind over it.
  void judge(const Subject& subject);
  // The same for one part of a file that was judged as a whole: only rules that look at a model.
  void judge_part(const Subject& subject);

 private:
  Kind m_kind;
  const yaml::Parsed& m_parsed;
  const ValidateOptions& m_options;
  std::vector<Finding>& m_findings;
};

}  // namespace otelctl::config
