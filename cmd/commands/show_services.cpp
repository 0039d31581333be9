// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/trace_source.hpp"
#include "query/backend.hpp"
#include "report/services.hpp"
#include "settings/query_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Lists the services that the backend has traces of, sorted by name, and with --operations the names of
their spans below each.

A backend without any is no error: the status is 0 and standard error says so.
)";

constexpr std::string_view k_examples = R"(
Which services have sent something
otelctl show-services
The operations of each, for a script
otelctl show-services --operations --format json | jq .services
)";

constexpr std::string_view k_empty =
    "the backend answers, but knows no service: it has stored no trace, or has lost them, as "
    "stores in memory do when they restart";
constexpr std::string_view k_empty_hint = "send one with: otelctl send-spans";

class ShowServices final : public Command {
 public:
  void declare(Options& options) override {
    options.flag("--operations", m_with_operations, "Show each service's operations, too");
    declare_query(options, m_flags);
    declare_output(options, m_output, {"text", "json"});
  }

  Result<Exit> run(Context& context) override {
    auto backend = open_backend(m_flags, context);
    if (!backend) {
      return fail(std::move(backend).error());
    }
    auto list = list_services(**backend);
    if (!list) {
      return fail(std::move(list).error());
    }
    if (list->services.empty()) {
      list->notes.emplace_back(k_empty);
    }
    auto written = context.write_result(m_output, [&](std::ostream& out) {
      m_output.is_json() ? report::write_services_json(out, *list)
                         : report::write_services_text(out, *list);
    });
    if (!written) {
      return fail(std::move(written).error());
    }
    note(*list, context);
    return Exit::ok;
  }

 private:
  Result<report::ServiceList> list_services(query::Backend& backend) const {
    auto names = backend.services();
    if (!names) {
      return fail(std::move(names).error());
    }
    report::ServiceList list;
    for (std::string& name : *names) {
      list.services.push_back({std::move(name)});
    }
    if (m_with_operations) {
      for (report::Service& service : list.services) {
        auto operations = backend.operations(service.name);
        if (!operations) {
          return fail(std::move(operations).error());
        }
        service.operations = *std::move(operations);
        std::sort(service.operations.begin(), service.operations.end());
      }
    }
    auto info = backend.probe();
    if (!info) {
      return fail(std::move(info).error());
    }
    list.backend = *std::move(info);
    list.notes = backend.notes();
    return list;
  }

  // In the JSON they stand already, but the hint does not.
  void note(const report::ServiceList& list, Context& context) const {
    for (const std::string& text : list.notes) {
      if (text == k_empty) {
        context.note(text + "; " + std::string(k_empty_hint));
      } else if (!m_output.is_json()) {
        context.note(text);
      }
    }
  }

  settings::QueryFlags m_flags;
  OutputOptions m_output;
  bool m_with_operations = false;
};

}  // namespace

CommandSpec show_services_command() {
  return {"show-services", topic::k_read, "List the services that have traces",
          k_description,   k_examples,    make_command<ShowServices>};
}

}  // namespace otelctl
