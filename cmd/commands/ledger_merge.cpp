// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/ids.hpp"
#include "base/signal.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "report/ledger.hpp"
#include "report/ledger_reader.hpp"
#include "synth/ledger.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Adds up the ledgers that send-* --format json has printed, those of the shards of a run. Counts add
up, the longest time is that of the run, and percentiles are those of all requests together. A FILE
may hold several, one after the other, among other lines, as the logs of containers do; - is standard
input.

The exit status is 1 when any shard has lost something. A ledger that does not balance is refused.
)";

constexpr std::string_view k_examples = R"(
What four shards have sent
otelctl ledger merge shard-0.json shard-1.json shard-2.json shard-3.json
Those of a Kubernetes Job
kubectl logs --selector job-name=load --tail -1 | otelctl ledger merge -
)";

class LedgerMerge final : public Command {
 public:
  void declare(Options& options) override {
    options.positionals("FILE", m_files, "Ledgers as JSON, or - for standard input");
    declare_output(options, m_output, {"text", "json"});
  }

  Result<Exit> run(Context& context) override {
    if (m_files.empty()) {
      return fail(ErrorKind::usage, "no FILE is given",
                  "name what send-* --format json -o FILE has written, or - for standard input");
    }
    for (const std::string& file : m_files) {
      if (auto added = add_file(file, context); !added) {
        return fail(std::move(added).error());
      }
    }
    auto written = context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.is_json()) {
        report::write_ledger_json(out, *m_sum);
      } else {
        report::write_ledger_text(out, *m_sum, "in " + counted(m_ledgers, "ledger"),
                                  context.out_terminal(m_output));
      }
    });
    if (!written) {
      return fail(std::move(written).error());
    }
    return m_sum->verdict() ? Exit::failed : Exit::ok;
  }

 private:
  Result<void> add_file(const std::string& file, Context& context) {
    const std::string name = file == "-" ? "standard input" : file;
    const auto text = file == "-"
                          ? read_stream(context.piped_input(), name, report::k_most_ledger_bytes)
                          : read_file(file, report::k_most_ledger_bytes);
    if (!text) {
      return fail(text.error());
    }
    const auto ledgers = report::read_ledgers_json(*text);
    if (!ledgers) {
      Error error = ledgers.error();
      return fail(std::move(error).within(name));
    }
    for (const synth::Ledger& ledger : *ledgers) {
      if (auto added = add(ledger, name); !added) {
        return added;
      }
      note_what_is_twice(ledger, name, context);
    }
    return {};
  }

  // No two shards of a run have the same trace.
  void note_what_is_twice(const synth::Ledger& ledger, const std::string& name, Context& context) {
    const std::size_t number = m_ledgers;
    for (const TraceId& id : ledger.trace_ids()) {
      const auto [known, is_new] = m_traces.try_emplace(id, Place{name, number});
      if (!is_new && known->second.ledger != number) {
        context.note(
            fmt::format("the ledgers of {} and {} name the same trace {}: is one shard "
                        "counted twice?",
                        known->second.file, name, to_hex(id)));
        return;
      }
    }
  }

  Result<void> add(const synth::Ledger& ledger, const std::string& name) {
    if (m_ledgers == report::k_most_ledgers) {
      return fail(ErrorKind::usage,
                  fmt::format("there are more than {} ledgers", report::k_most_ledgers),
                  "merge some of them with --format json, then the results");
    }
    ++m_ledgers;
    if (!m_sum) {
      m_sum = ledger;
      m_first_name = name;
      return {};
    }
    if (ledger.signal() != m_sum->signal()) {
      return fail(ErrorKind::usage,
                  fmt::format("{} is about {}, {} about {}", name, name_of(ledger.signal()),
                              m_first_name, name_of(m_sum->signal())),
                  "merge the ledgers of one signal");
    }
    m_sum->merge(ledger);
    return {};
  }

  // Where a trace was named first.
  struct Place {
    std::string file;
    std::size_t ledger;
  };

  std::vector<std::string> m_files;
  OutputOptions m_output;
  std::optional<synth::Ledger> m_sum;
  std::size_t m_ledgers = 0;
  std::string m_first_name;
  std::map<TraceId, Place> m_traces;
};

}  // namespace

CommandSpec ledger_merge_command() {
  return {"ledger merge", topic::k_send, "Add up the ledgers of shards",
          k_description,  k_examples,    make_command<LedgerMerge>};
}

}  // namespace otelctl
