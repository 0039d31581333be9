// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/listeners.hpp"

#include <utility>

#include <fmt/format.h>

#include "config/collector/go_url.hpp"

namespace otelctl::config::collector {
namespace {

struct Server {
  Section section;
  std::string_view type;
  // The part of the settings that is the server's, with the dot behind it; empty for all of them.
  std::string_view part;
  // Empty where the endpoint has no default.
  std::string_view endpoint;
};

// With their defaults (0.155.0).
constexpr Server k_servers[] = {
    {Section::receivers, "otlp", "protocols.grpc.", "localhost:4317"},
    {Section::receivers, "otlp", "protocols.http.", "localhost:4318"},
    {Section::exporters, "prometheus", "", ""},
    {Section::extensions, "health_check", "", "localhost:13133"},
    {Section::extensions, "zpages", "", "localhost:55679"},
};

void read_address(std::string_view endpoint, Listener& listener) {
  const auto parts = split_host_port(endpoint);
  if (!parts) {
    listener.flaw = endpoint.empty() ? "the address is empty" : "the port is missing";
    return;
  }
  const auto port = read_port(parts->port);
  constexpr int k_most = 65535;
  listener.host = std::string(parts->host);
  // A port may be a name of a service, which is the system's to know.
  listener.port = port.value_or(0);
  if (port && (*port < 0 || *port > k_most)) {
    listener.flaw = "the port is not between 0 and 65535";
  }
}

void add(const Component& component, const Server& server, std::vector<Listener>& listeners) {
  const Settings& settings = component.settings;
  const std::string part(server.part);
  const std::string whole = part.empty() ? part : part.substr(0, part.size() - 1);
  if (!whole.empty() &&
      (settings.find(whole) == nullptr || !settings.flag(part + "enabled").value_or(true))) {
    return;
  }
  const std::string key = part + "endpoint";
  const std::string transport = settings.text(part + "transport").value_or("tcp");
  if (settings.is_unknown(key) || (!whole.empty() && settings.is_unknown(whole)) ||
      !transport.starts_with("tcp")) {
    return;
  }
  Listener listener;
  listener.section = server.section;
  listener.is_given = settings.find(key) != nullptr;
  if (!listener.is_given && server.endpoint.empty()) {
    return;
  }
  const std::string name = part.empty() ? "" : whole.substr(whole.rfind('.') + 1);
  listener.owner = name.empty() ? component.id : fmt::format("{} ({})", component.id, name);
  listener.place =
      settings.place(key, whole.empty() ? component.place : settings.place(whole, component.place));
  listener.is_used = component.is_used();
  read_address(listener.is_given ? settings.text(key).value_or("") : std::string(server.endpoint),
               listener);
  listeners.push_back(std::move(listener));
}

}  // namespace

std::vector<Listener> listeners_of(const Collector& model) {
  std::vector<Listener> listeners;
  for (const Server& server : k_servers) {
    for (const Component* const component : model.of_types(server.section, {server.type})) {
      if (!component->is_unknown) {
        add(*component, server, listeners);
      }
    }
  }
  return listeners;
}

}  // namespace otelctl::config::collector
