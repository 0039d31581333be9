// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.hpp"

namespace otelctl::config::convert {

// A value with its ${NAME:-default} references as they stand (`$$` is a dollar sign), and where it
// is from: a path of the file, or a variable's name.
struct Setting {
  std::string text = {};
  std::string path = {};
};

struct NamedSetting {
  std::string name;
  Setting value;
};

enum class Protocol { grpc, http_protobuf, http_json };

// The OTLP exporter of one signal.
struct Otlp {
  Protocol protocol = Protocol::grpc;
  // The whole URL for this signal; nothing where the default of the protocol holds.
  std::optional<Setting> endpoint = std::nullopt;
  std::vector<NamedSetting> headers = {};
  // "a=1,b=2" that is a reference and cannot be taken apart, beside the headers above.
  std::optional<Setting> headers_text = std::nullopt;
  std::optional<Setting> compression = std::nullopt;
  std::optional<Setting> timeout_ms = std::nullopt;
  std::optional<Setting> ca_file = std::nullopt;
  std::optional<Setting> key_file = std::nullopt;
  std::optional<Setting> cert_file = std::nullopt;
  // Of gRPC and of endpoints without a scheme.
  std::optional<Setting> insecure = std::nullopt;
};

struct SignalPlan {
  std::optional<Otlp> otlp = std::nullopt;
  bool has_console = false;
  // Who looks at the signal was told to, or not to.
  std::string path = {};

  bool is_exported() const { return otlp || has_console; }
};

// A sampler by its name in OTEL_TRACES_SAMPLER.
struct Sampler {
  Setting name;
  std::optional<Setting> ratio = std::nullopt;
};

struct Prometheus {
  std::optional<Setting> host = std::nullopt;
  std::optional<Setting> port = std::nullopt;
};

// What could not be carried over, and why. Never holds a value.
struct Loss {
  std::string path;
  std::string why;

  friend bool operator==(const Loss&, const Loss&) = default;
};

// A configuration in nobody's dialect: what a section, OTEL_* variables and a declarative file have
// in common.
struct Plan {
  std::optional<Setting> disabled = std::nullopt;
  std::optional<Setting> service_name = std::nullopt;
  // Of the resource, service.name excepted, in the order of the file.
  std::vector<NamedSetting> attributes = {};
  std::optional<Setting> attributes_text = std::nullopt;
  // Nothing where the default of the source holds.
  std::optional<std::vector<Setting>> propagators = std::nullopt;
  std::optional<Sampler> sampler = std::nullopt;
  SignalPlan traces = {};
  SignalPlan metrics = {};
  SignalPlan logs = {};
  std::optional<Setting> metric_interval_ms = std::nullopt;
  std::optional<Prometheus> prometheus = std::nullopt;
  // What only variables and declarative files have, by the variable's name ("OTEL_BSP_...").
  std::map<std::string, Setting, std::less<>> others = {};

  std::vector<Loss> losses = {};
  // What was read otherwise than it stands, without a loss.
  std::vector<std::string> notes = {};

  SignalPlan& of(Signal signal) {
    return signal == Signal::traces ? traces : signal == Signal::metrics ? metrics : logs;
  }
  const SignalPlan& of(Signal signal) const { return const_cast<Plan*>(this)->of(signal); }
  void lose(std::string path, std::string why) {
    losses.push_back({std::move(path), std::move(why)});
  }
};

inline constexpr std::array k_signals{Signal::traces, Signal::metrics, Signal::logs};

}  // namespace otelctl::config::convert
