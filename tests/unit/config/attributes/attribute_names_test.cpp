// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/attributes/attribute_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "config/attributes/attribute_data.hpp"

using namespace otelctl::config;

TEST_CASE("attributes that the seeds write and the conventions renamed") {
  const std::array<std::pair<const char*, const char*>, 24> renames{{
      {"deployment.environment", "deployment.environment.name"},
      {"http.method", "http.request.method"},
      {"http.url", "url.full"},
      {"http.status_code", "http.response.status_code"},
      {"http.user_agent", "user_agent.original"},
      {"db.system", "db.system.name"},
      {"db.name", "db.namespace"},
      {"db.operation", "db.operation.name"},
      {"db.statement", "db.query.text"},
      {"messaging.destination", "messaging.destination.name"},
      {"messaging.message_id", "messaging.message.id"},
      {"gen_ai.system", "gen_ai.provider.name"},
      {"gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"},
      {"gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens"},
      {"net.host.name", "server.address"},
      {"net.sock.peer.addr", "network.peer.address"},
      {"code.filepath", "code.file.path"},
      // Renamed twice and more: the last name is told.
      {"messaging.kafka.client_id", "messaging.client.id"},
      {"db.cassandra.keyspace", "db.namespace"},
      {"http.retry_count", "http.request.resend_count"},
      {"messaging.protocol", "network.protocol.name"},
      {"messaging.message_payload_size_bytes", "messaging.message.body.size"},
      // The end is the user's.
      {"k8s.pod.labels.app", "k8s.pod.label.app"},
      {"container.labels.com.example.tier", "container.label.com.example.tier"},
  }};
  for (const auto& [old_name, new_name] : renames) {
    CAPTURE(old_name);
    CHECK(look_up_attribute(old_name).status == AttributeStatus::renamed);
    CHECK(renamed_attribute(old_name) == new_name);
    CHECK(look_up_attribute(new_name).status == AttributeStatus::current);
  }
}

TEST_CASE("attributes whose value went elsewhere name the others") {
  using Names = std::vector<std::string_view>;
  CHECK(look_up_attribute("net.peer.name").status == AttributeStatus::replaced);
  CHECK(look_up_attribute("net.peer.name").values == Names{"server.address", "client.address"});
  CHECK(look_up_attribute("http.target").values == Names{"url.path", "url.query"});
  CHECK(look_up_attribute("db.sql.table").values == Names{"db.collection.name"});
  CHECK(look_up_attribute("code.function").values == Names{"code.function.name"});
  CHECK_FALSE(renamed_attribute("http.target").has_value());
}

TEST_CASE("attributes with nothing in their place") {
  for (const char* name : {"gen_ai.prompt", "gen_ai.completion", "messaging.destination_kind"}) {
    CAPTURE(name);
    CHECK(look_up_attribute(name).status == AttributeStatus::removed);
    CHECK(look_up_attribute(name).values.empty());
  }
}

TEST_CASE("current attributes are current, generative AI's too although they moved") {
  for (const char* name :
       {"service.name", "service.version", "service.namespace", "host.name", "session.id",
        "user.id", "enduser.id", "gen_ai.request.model", "gen_ai.request.temperature",
        "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "messaging.system",
        "gen_ai.input.messages", "gen_ai.tool.name", "k8s.pod.label.app"}) {
    CAPTURE(name);
    CHECK(look_up_attribute(name).status == AttributeStatus::current);
    CHECK_FALSE(renamed_attribute(name).has_value());
  }
}

TEST_CASE("names of others are unknown") {
  for (const char* name :
       {"", ".", "environment", "state", "type", "agentmap.run", "gen_ai.usage.total_tokens",
        "db.table", "k8s.pod.label", "k8s.pod.label.", "k8s.pod.label.*", "zzz", "\n", "\t"}) {
    CAPTURE(name);
    CHECK(look_up_attribute(name).status == AttributeStatus::unknown);
    CHECK_FALSE(renamed_attribute(name).has_value());
  }
}

TEST_CASE("types of values") {
  CHECK(look_up_attribute("service.name").type == AttributeType::text);
  CHECK(look_up_attribute("gen_ai.usage.input_tokens").type == AttributeType::integer);
  CHECK(look_up_attribute("gen_ai.request.temperature").type == AttributeType::number);
  CHECK(look_up_attribute("container.command_args").type == AttributeType::text_list);
  CHECK(look_up_attribute("thread.id").type == AttributeType::integer);
  CHECK(look_up_attribute("k8s.pod.label.app").type == AttributeType::any);
}

TEST_CASE("well-known values, and those that were renamed") {
  const AttributeName provider = look_up_attribute("gen_ai.provider.name");
  CHECK(provider.type == AttributeType::choice);
  for (const char* value : {"openai", "anthropic", "aws.bedrock", "gcp.gemini"}) {
    CAPTURE(value);
    CHECK(std::find(provider.values.begin(), provider.values.end(), value) !=
          provider.values.end());
  }
  CHECK(renamed_attribute_value("db.system", "cache") == "intersystems_cache");
  CHECK(renamed_attribute_value("gen_ai.system", "az.ai.openai") == "azure.ai.openai");
  CHECK_FALSE(renamed_attribute_value("db.system", "postgresql").has_value());
  CHECK_FALSE(renamed_attribute_value("", "").has_value());
}

TEST_CASE("a rename says whether the values changed with the name") {
  CHECK(look_up_attribute("db.system").renames_values);
  CHECK(look_up_attribute("net.transport").renames_values);
  CHECK_FALSE(look_up_attribute("http.url").renames_values);
  CHECK_FALSE(look_up_attribute("deployment.environment").renames_values);
}

TEST_CASE("the names beside another") {
  const auto names = attributes_beside("deployment.env");
  CHECK(names == std::vector<std::string>{"deployment.environment.name", "deployment.id",
                                          "deployment.name", "deployment.status"});
  CHECK(attributes_beside("agentmap.run").empty());
  CHECK(attributes_beside("service").empty());
}

TEST_CASE("the tables are sorted, whole, and every line of them is found") {
  std::string_view last;
  std::size_t deprecated = 0;
  std::size_t lines = 0;
  for (const std::string_view line : otelctl::split(k_attribute_table, '\n')) {
    if (line.empty()) {
      continue;
    }
    CAPTURE(std::string(line));
    const auto columns = otelctl::split(line, '\t');
    REQUIRE(columns.size() == 3);
    CHECK(last < columns[0]);
    CHECK(columns[0].find('.') != std::string_view::npos);
    last = columns[0];
    ++lines;
    std::string name(columns[0]);
    if (name.ends_with(".*")) {
      name.back() = 'x';
    }
    const AttributeName found = look_up_attribute(name);
    CHECK(found.status != AttributeStatus::unknown);
    deprecated += found.status == AttributeStatus::current ? 0 : 1;
    CHECK((columns[1] == ">" || columns[1] == "=") == renamed_attribute(name).has_value());
    CHECK((columns[1] == "=") == found.renames_values);
    if (const auto target = renamed_attribute(name)) {
      CHECK(look_up_attribute(*target).status == AttributeStatus::current);
    }
  }
  // As many as were there when this was written: a table that shrinks lost something.
  CHECK(lines >= 976);
  CHECK(deprecated >= 184);
  CHECK(conventions_version() == "1.44.0");
}
