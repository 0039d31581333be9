// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

enum class Intake {
  any,            // every OTLP protocol
  http,           // OTLP over HTTP only
  http_protobuf,  // OTLP over HTTP, without JSON
  grpc,           // OTLP over gRPC only
  none,           // no OTLP at all
};

struct HeaderDemand {
  std::string_view name = {};    // lower case; "" for none
  std::string_view scheme = {};  // how the value begins ("Basic"); "" for any
  std::string_view form = {};    // the value with capitals where the user's own text belongs
};

// A hosted platform: what it demands of an OTLP client. Texts are parts of messages.
struct Platform {
  std::string_view name;
  // Patterns of its hosts, separated by spaces; '*' stands for any text.
  std::string_view hosts = {};
  // Where anybody may host it himself: the part of a URL's path that tells it. Such a row demands
  // no TLS.
  std::string_view path_mark = {};
  Intake intake = Intake::any;
  std::string_view only = {};  // the one signal that it takes; "" for all
  // What stands before /v1/{signal}; nothing where it is not the same for everybody.
  std::optional<std::string_view> base_path = std::nullopt;
  // The whole paths of traces, metrics and logs where they do not end in /v1/{signal}.
  std::array<std::string_view, 3> paths = {};
  // The ports that are documented, separated by spaces; "" where that is not known.
  std::string_view ports = {};
  HeaderDemand key = {};
  // Another name of the key's header that is taken as well.
  std::string_view former_key = {};
  HeaderDemand second = {};
  // Where the key comes from, and what else a refusal may mean.
  std::string_view key_origin = {};
  // What to say in place of "wants the header", and what to do in place of "add it".
  std::string_view key_message = {};
  std::string_view key_hint = {};
  // What to do about a protocol that it does not take.
  std::string_view intake_hint = {};
};

std::span<const Platform> platforms();

// The row that the target matches; nullptr for none.
const Platform* find_platform(const settings::OtlpSettings& settings);

// A port that by custom belongs to something that is no OTLP receiver.
struct ForeignPort {
  std::uint16_t port = 0;
  std::string_view owner;  // "Jaeger's web page and query API"
  std::string_view hint = {};
  // Where it does take OTLP over HTTP: the base's path. A target there is meant.
  std::string_view base_path = {};
  // Whether OTLP's own ports are usually open on the same host.
  bool has_otlp_beside = true;
};

std::span<const ForeignPort> foreign_ports();

}  // namespace otelctl::probe
