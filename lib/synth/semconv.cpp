// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/semconv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace otelctl::synth {
namespace {

// What becomes of a value besides the values that have new names.
enum class Form { same, text, input_messages, output_messages };

struct Rename {
  std::string_view from;
  std::string_view to;  // "": nothing is in its place
  Form form = Form::same;
};

// lib/config knows all deprecated names; these are the ones that scenarios have, those for which
// that table has several successors in the meaning that they have here, and those beside the
// conventions for which they have a name (model.name).
constexpr std::array k_renames{
    Rename{"code.filepath", "code.file.path"},
    Rename{"code.function", "code.function.name"},
    Rename{"code.lineno", "code.line.number"},
    Rename{"db.duration_ms", ""},  // the span's own duration
    Rename{"db.name", "db.namespace"},
    Rename{"db.operation", "db.operation.name"},
    Rename{"db.redis.database_index", "db.namespace", Form::text},
    Rename{"db.statement", "db.query.text"},
    Rename{"db.system", "db.system.name"},
    Rename{"db.table", "db.collection.name"},
    Rename{"deployment.environment", "deployment.environment.name"},
    Rename{"gen_ai.completion", "gen_ai.output.messages", Form::output_messages},
    Rename{"gen_ai.prompt", "gen_ai.input.messages", Form::input_messages},
    Rename{"gen_ai.system", "gen_ai.provider.name"},
    Rename{"gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens"},
    Rename{"gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"},
    Rename{"gen_ai.usage.total_tokens", ""},  // never was a convention: the sum of the others
    Rename{"http.flavor", "network.protocol.version"},
    Rename{"http.method", "http.request.method"},
    Rename{"http.scheme", "url.scheme"},
    Rename{"http.status_code", "http.response.status_code"},
    Rename{"http.target", "url.path"},  // of targets without a query
    Rename{"http.url", "url.full"},
    Rename{"http.user_agent", "user_agent.original"},
    Rename{"messaging.destination", "messaging.destination.name"},
    Rename{"messaging.destination_kind", ""},
    Rename{"messaging.kafka.consumer_group", "messaging.consumer.group.name"},
    Rename{"messaging.kafka.partition", "messaging.destination.partition.id", Form::text},
    Rename{"messaging.message_id", "messaging.message.id"},
    Rename{"messaging.operation", "messaging.operation.type"},
    Rename{"messaging.payload_size_bytes", "messaging.message.body.size"},
    Rename{"model.name", "gen_ai.request.model"},
    Rename{"model.provider", "gen_ai.provider.name"},
    Rename{"model.tokens_input", "gen_ai.usage.input_tokens"},
    Rename{"model.tokens_output", "gen_ai.usage.output_tokens"},
    Rename{"net.host.name", "server.address"},
    Rename{"net.host.port", "server.port"},
    Rename{"net.peer.ip", "network.peer.address"},
    Rename{"net.peer.name", "server.address"},  // of clients' spans, which alone have it here
    Rename{"net.peer.port", "server.port"},
    Rename{"net.transport", "network.transport"},
    Rename{"tool.name", "gen_ai.tool.name"},
};

struct ValueRename {
  std::string_view key;  // the old one
  std::string_view from;
  std::string_view to;
};

constexpr std::array k_value_renames{
    ValueRename{"gen_ai.system", "bedrock", "aws.bedrock"},
    ValueRename{"gen_ai.system", "google", "gcp.gemini"},
    ValueRename{"messaging.operation", "publish", "send"},
    ValueRename{"net.transport", "ip_tcp", "tcp"},
};

const Rename* rename_of(std::string_view key) {
  const auto* const found = std::find_if(k_renames.begin(), k_renames.end(),
                                         [&](const Rename& rename) { return rename.from == key; });
  return found == k_renames.end() ? nullptr : &*found;
}

bool has_value_renames(std::string_view key) {
  return std::any_of(k_value_renames.begin(), k_value_renames.end(),
                     [&](const ValueRename& rename) { return rename.key == key; });
}

std::string renamed_value(std::string_view key, std::string text) {
  for (const ValueRename& rename : k_value_renames) {
    if (rename.key == key && rename.from == text) {
      return std::string(rename.to);
    }
  }
  return text;
}

// "{provider}" for a value whose cells have new names too: a column beside it has those.
std::optional<std::string> renamed_column(std::string_view key, std::string_view text,
                                          std::vector<Choice>& choices) {
  for (Choice& choice : choices) {
    for (std::size_t index = 0; index < choice.columns.size(); ++index) {
      if (text != fmt::format("{{{}}}", choice.columns[index])) {
        continue;
      }
      std::string name = fmt::format("{} as {}", choice.columns[index], key);
      if (std::find(choice.columns.begin(), choice.columns.end(), name) == choice.columns.end()) {
        choice.columns.push_back(name);
        for (auto& row : choice.rows) {
          row.push_back(renamed_value(key, row[index]));
        }
      }
      return fmt::format("{{{}}}", name);
    }
  }
  return std::nullopt;
}

// A message as generative AI's conventions have it. Scenarios' prompts hold nothing that JSON
// escapes; the braces are doubled, as in every text of a scenario.
std::string as_messages(std::string_view role, std::string_view content, std::string_view end) {
  return fmt::format(R"([{{{{"role":"{}","parts":[{{{{"type":"text","content":"{}"}}}}]{}}}}}])",
                     role, content, end);
}

class Renamer {
 public:
  explicit Renamer(std::vector<Choice>& choices) : m_choices(choices) {}

  // Works on Attribute and AttributeSpec.
  template <typename Spec>
  void rename(std::vector<Spec>& specs) {
    const auto has = [&](std::string_view key) {
      return std::any_of(specs.begin(), specs.end(),
                         [&](const Spec& spec) { return spec.key == key; });
    };
    std::vector<Spec> renamed;
    for (const Spec& spec : specs) {
      const Rename* rename = rename_of(spec.key);
      if (rename == nullptr) {
        renamed.push_back(spec);
      } else if (!rename->to.empty() && !has(rename->to)) {
        // Where both names stand, as in a platform that is between them, the old one goes.
        renamed.push_back({std::string(rename->to), changed(*rename, spec.value)});
      }
    }
    specs = std::move(renamed);
  }

 private:
  std::string changed_text(const Rename& rename, const std::string& text) const {
    if (rename.form == Form::input_messages) {
      return as_messages("user", text, "");
    }
    if (rename.form == Form::output_messages) {
      return as_messages("assistant", text, R"(,"finish_reason":"stop")");
    }
    if (has_value_renames(rename.from)) {
      if (auto column = renamed_column(rename.from, text, m_choices)) {
        return *column;
      }
    }
    return renamed_value(rename.from, text);
  }

  Value changed(const Rename& rename, const Value& value) const {
    if (const auto* text = std::get_if<std::string>(&value)) {
      return changed_text(rename, *text);
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number != nullptr && rename.form == Form::text) {
      return fmt::format("{}", *number);
    }
    return value;
  }

  ValueSpec changed(const Rename& rename, const ValueSpec& spec) const {
    if (const auto* value = std::get_if<Value>(&spec)) {
      return changed(rename, *value);
    }
    if (const auto* one_of = std::get_if<OneOf>(&spec)) {
      OneOf values;
      for (const Value& value : one_of->values) {
        values.values.push_back(changed(rename, value));
      }
      return values;
    }
    if (const auto* outcome = std::get_if<ByOutcome>(&spec)) {
      return ByOutcome{changed(rename, outcome->ok), changed(rename, outcome->failed)};
    }
    return spec;
  }

  std::vector<Choice>& m_choices;
};

}  // namespace

void use_current_names(Scenario& scenario) {
  Renamer renamer(scenario.choices);
  for (Service& service : scenario.services) {
    renamer.rename(service.resource);
  }
  for (TraceSpec& trace : scenario.traces) {
    for (SpanSpec& span : trace.spans) {
      renamer.rename(span.attributes);
      for (EventSpec& event : span.events) {
        renamer.rename(event.attributes);
      }
      for (LinkSpec& link : span.links) {
        renamer.rename(link.attributes);
      }
    }
  }
  for (MetricSpec& metric : scenario.metrics) {
    renamer.rename(metric.attributes);
  }
  for (LogSpec& log : scenario.logs) {
    renamer.rename(log.attributes);
  }
}

}  // namespace otelctl::synth
