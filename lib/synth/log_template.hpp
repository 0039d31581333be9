// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/traceparent.hpp"
#include "synth/generator.hpp"
#include "synth/log_form.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"
#include "synth/service_fields.hpp"
#include "synth/template.hpp"

namespace otelctl::synth {

struct LogOptions {
  std::uint64_t seed = 0;
  // The span in which all records are written, in place of the scenario's own.
  std::optional<TraceParent> span = std::nullopt;
};

// The log records of a scenario; a unit is a pass over them. Its records are a microsecond apart,
// from the time at which the unit is put onwards or up to it, as its anchor says. Where records are
// written in spans their texts are filled with what filled the trace's.
class LogTemplate final : public Generator {
 public:
  // Error kind: settings, when the scenario cannot be drawn (see check_scenario), has no log
  // records or needs too much memory.
  static Result<LogTemplate> compile(const Scenario& scenario, const LogOptions& options);

  Signal signal() const override { return Signal::logs; }
  std::uint32_t size(std::uint64_t) const override {
    return static_cast<std::uint32_t>(m_records.size());
  }
  bool keeps_units_whole() const override { return false; }
  std::optional<TraceId> trace_id(std::uint64_t) const override { return std::nullopt; }
  std::unique_ptr<Workspace> make_workspace() const override;
  std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                          Workspace& workspace) const override;

 private:
  struct Work final : Workspace {
    std::vector<char> buffer;  // as long as the largest request so far
  };
  // All records of a pass, with one draw of the scenario's choices: a form for each spec.
  using Variant = std::vector<LogForm>;

  LogTemplate(const Scenario& scenario, const LogOptions& options);

  void add_variants_of_traces(const Scenario& scenario);
  void draw_variants(const Scenario& scenario);
  const Variant& variant_of(std::uint64_t unit) const {
    return m_variants[m_traces ? m_variant_of_shape[m_traces->shape_of(unit)]
                               : unit % m_variants.size()];
  }
  std::size_t most_bytes(const std::vector<Slice>& slices) const;
  void put_record(BackwardWriter& out, const Slice& slice, Anchor anchor,
                  std::uint32_t record) const;

  Sequence m_sequence;
  std::optional<TraceParent> m_span;
  std::vector<ServiceFields> m_services;
  std::vector<Variant> m_variants;
  std::vector<std::uint32_t> m_variant_of_shape;  // of the traces
  std::vector<std::uint32_t> m_records;        // which spec each is, in the order of their services
  std::vector<std::uint32_t> m_service_begin;  // in m_records, and its end behind the last one
  std::vector<std::optional<SpanReference>> m_spans;  // of each spec
  std::optional<TraceTemplate> m_traces;              // where records are written in spans
};

}  // namespace otelctl::synth
