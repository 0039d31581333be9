// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/commands/exec_span.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace otelctl {
namespace {

constexpr std::string_view k_traceparent = "TRACEPARENT";
constexpr std::string_view k_tracestate = "TRACESTATE";

bool is_entry_of(std::string_view name, std::string_view entry) {
  return entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=';
}

// Puts the value in place of the first entry of that name and drops the others; an empty value
// drops all.
void set_entry(std::vector<std::string>& entries, std::string_view name, const std::string& value) {
  const auto is_it = [&](const std::string& entry) { return is_entry_of(name, entry); };
  auto place = std::find_if(entries.begin(), entries.end(), is_it);
  if (!value.empty()) {
    std::string entry = fmt::format("{}={}", name, value);
    if (place == entries.end()) {
      entries.push_back(std::move(entry));
      return;
    }
    *place = std::move(entry);
    ++place;
  }
  entries.erase(std::remove_if(place, entries.end(), is_it), entries.end());
}

std::string base_name(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::string(name.empty() ? path : name);
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

// error.type: a word of few values that says how it failed, "" if it did not.
std::string error_type(const ChildEnd& end) {
  if (end.not_started) {
    const char* name = ::strerrorname_np(end.not_started->error);
    return name == nullptr ? "_OTHER" : name;
  }
  if (end.signal != 0) {
    return signal_name(end.signal);
  }
  return end.exit_status == 0 ? "" : std::to_string(end.exit_status);
}

std::string status_message(std::string_view name, const ChildEnd& end) {
  if (end.not_started) {
    return failure_words(name, *end.not_started);
  }
  return end.signal != 0 ? fmt::format("killed by {}", signal_name(end.signal))
                         : fmt::format("exit status {}", end.exit_status);
}

}  // namespace

TracePlace find_place(const Environment& environment, Random& random) {
  TracePlace place;
  place.span = {random.trace_id(), random.span_id(), k_flag_sampled | k_flag_random};
  const auto given = environment.get_nonempty(k_traceparent);
  const auto state = environment.get_nonempty(k_tracestate);
  if (!given) {
    if (state) {
      place.notes.emplace_back("TRACESTATE is ignored: there is no TRACEPARENT");
    }
    return place;
  }
  const auto parent = parse_traceparent(*given);
  if (!parent) {
    place.notes.push_back(
        fmt::format("TRACEPARENT is ignored, a new trace begins: {}", parent.error().message));
    return place;
  }
  place.span.trace_id = parent->trace_id;
  place.span.flags = parent->flags;
  place.parent = parent->span_id;
  if (state && !is_valid_tracestate(*state)) {
    place.notes.emplace_back("TRACESTATE is ignored: it is not a list of KEY=VALUE");
  } else if (state) {
    place.trace_state = *state;
  }
  return place;
}

std::vector<std::string> environment_within(const TracePlace& place,
                                            std::vector<std::string> environment) {
  set_entry(environment, k_traceparent, format_traceparent(place.span));
  set_entry(environment, k_tracestate, place.trace_state);
  return environment;
}

std::string failure_words(std::string_view name, const StartFailure& failure) {
  if (failure.error == ENOENT && failure.was_found) {
    return "its interpreter does not exist";
  }
  if (failure.error == ENOENT && name.find('/') == std::string_view::npos) {
    return "command not found";
  }
  return std::strerror(failure.error);
}

otlp::SpanRecord span_of(const FinishedCommand& command, const TracePlace& place) {
  otlp::SpanRecord span;
  span.trace_id = place.span.trace_id;
  span.span_id = place.span.span_id;
  span.parent_span_id = place.parent;
  span.is_parent_remote = place.parent.has_value();
  span.trace_flags = place.span.flags;
  span.trace_state = place.trace_state;
  span.name = base_name(command.arguments.front());
  span.start = command.started;
  span.end = command.ended;
  const auto add = [&](std::string_view key, otlp::AttributeValue value) {
    span.attributes.push_back({std::string(key), std::move(value)});
  };
  add("process.executable.name",
      base_name(command.path.empty() ? command.arguments.front() : command.path));
  if (!command.path.empty()) {
    add("process.executable.path", command.path);
  }
  add("process.command", command.arguments.front());
  add("process.args_count", static_cast<std::int64_t>(command.arguments.size()));
  if (command.end.pid) {
    add("process.pid", std::int64_t{*command.end.pid});
  }
  add("process.exit.code", std::int64_t{command.end.exit_status});
  if (const std::string type = error_type(command.end); !type.empty()) {
    add("error.type", type);
    span.status = otlp::SpanStatus::error;
    span.status_message = status_message(command.arguments.front(), command.end);
  }
  return span;
}

}  // namespace otelctl
