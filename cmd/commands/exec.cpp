// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <exception>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/signal.hpp"
#include "base/text.hpp"
#include "cmd/child_process.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/commands/exec_span.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/program_path.hpp"
#include "cmd/sending.hpp"
#include "cmd/shared_options.hpp"
#include "otlp/attribute.hpp"
#include "otlp/exporter.hpp"
#include "otlp/record.hpp"
#include "otlp/resource.hpp"
#include "otlp/retry.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Runs a command and sends a span of it. The command gets TRACEPARENT, so what it traces becomes a part
of the same trace; if TRACEPARENT is set already, the span becomes a child of that one.

For the command nothing else changes: streams, terminal, process group and signals are those that it
would have without otelctl, and SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2 and SIGALRM that
reach otelctl alone are passed on. Its exit status is returned whatever becomes of the span: settings
that cannot be read, or a collector that cannot be reached, are told on stderr and no more.

The span is sent when the command has ended, which takes --timeout at most. A collector that is not
there is not waited for. With OTEL_SDK_DISABLED=true the command runs without a span.

The span tells the command's name, not its arguments, as these may hold secrets.
)";

constexpr std::string_view k_examples = R"(
A step of a build as a span
otelctl exec -- make test
With a name and attributes
otelctl exec --name build --service ci --attribute try:int=2 -- make -j4
Steps as children of one span: the inner ones find TRACEPARENT
otelctl exec --name all -- sh -c 'otelctl exec make; otelctl exec make test'
)";

constexpr std::string_view k_default_service = "otelctl-exec";
// What a user waits for after the command has ended, at most.
constexpr nanoseconds k_patience = std::chrono::seconds(2);

// Gives up at once where nothing answers; what a server asks to try again is tried again.
class OneTryWithoutAnswer final : public otlp::Exporter {
 public:
  explicit OneTryWithoutAnswer(otlp::Exporter& exporter) : m_exporter(exporter) {}

  otlp::ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    otlp::ExportOutcome outcome = m_exporter.send(signal, payload, timeout);
    outcome.retryable = outcome.retryable && outcome.answered;
    return outcome;
  }

 private:
  otlp::Exporter& m_exporter;
};

std::string shown_endpoint(const settings::OtlpSettings& settings) {
  return redact_url(settings.endpoint.to_string());
}

// What is needed to send a span.
struct Destination {
  settings::OtlpSettings settings;
  std::vector<otlp::Attribute> resource;
};

std::string hint_for(const std::string& name, const StartFailure& failure) {
  switch (failure.error) {
    case ENOENT:
      if (failure.was_found) {
        return "its first line names a program that is not there, or ends in a carriage return";
      }
      return name.find('/') != std::string::npos
                 ? "correct the path"
                 : "is it installed, in a folder that PATH names? builtins and functions of a "
                   "shell need sh -c '...'";
    case EACCES:
      return "may you run it? try chmod +x";
    case EISDIR:
      return "name a program in it";
    case ENOEXEC:
      return "it is neither a program for this machine nor a script";
    default:
      return {};
  }
}

Error start_error(const std::string& name, const StartFailure& failure) {
  return {ErrorKind::failed, fmt::format("exec: {}: {}", name, failure_words(name, failure)),
          hint_for(name, failure)};
}

class Exec final : public Command {
 public:
  void declare(Options& options) override {
    options.program(m_arguments, "The command; all that follows is its own");
    options.heading("The span");
    options.value("--name", m_name, "NAME", "Its name (default: that of the command)");
    options.values("--attribute", m_attributes, "KEY=VALUE",
                   "Attribute of it, KEY:int, :double, :bool or :string[] for other types; "
                   "repeatable");
    options.completes("--attribute", values::attribute_names);
    declare_connection(options, m_flags, "2s");
  }

  Result<Exit> run(Context& context) override {
    auto attributes = read_attributes(m_attributes);
    if (!attributes) {
      return fail(std::move(attributes).error());
    }
    const bool is_disabled = equals_ignoring_case(
        context.environment().get_nonempty("OTEL_SDK_DISABLED").value_or(""), "true");
    auto destination = find_destination(context);
    if (!destination && destination.error().kind == ErrorKind::usage) {
      return fail(std::move(destination).error());
    }
    if (is_disabled) {
      return finish(run_command(context, context.start().environment));
    }
    if (!destination) {
      note(context, "no span will be sent", destination.error());
    }
    const TracePlace place = find_place(context.environment(), context.random());
    for (const std::string& text : place.notes) {
      context.note(text);
    }
    const FinishedCommand command =
        run_command(context, environment_within(place, context.start().environment));
    if (destination && place.is_sampled()) {
      send_span(command, place, *attributes, *destination, context);
    } else if (destination && context.global().is_verbose) {
      context.note("no span is sent: TRACEPARENT says that its trace is not sampled");
    }
    return finish(command);
  }

 private:
  // Error kinds: usage for flags, for which the command is not run; settings for the rest.
  Result<Destination> find_destination(Context& context) const {
    auto settings = settings::resolve_otlp(m_flags, context.environment(), Signal::traces);
    if (!settings && settings.error().kind != ErrorKind::usage) {
      // A bad variable must not hide a bad flag.
      settings::OtlpFlags flags = m_flags;
      flags.env_file.reset();
      flags.config_file.reset();
      const auto alone = settings::resolve_otlp(flags, Environment(), Signal::traces);
      return fail(alone || alone.error().kind != ErrorKind::usage ? settings.error()
                                                                  : alone.error());
    }
    if (!settings) {
      return fail(std::move(settings).error());
    }
    auto resource = otlp::resource_of(*settings, k_default_service);
    if (!resource) {
      return fail(std::move(resource).error());
    }
    if (context.global().is_verbose) {
      for (const std::string& text : settings->notes) {
        context.note(text);
      }
    }
    // What an application may wait for its export is more than a shell's user would.
    if (!m_flags.timeout) {
      settings->timeout = std::min(settings->timeout, k_patience);
    }
    return Destination{std::move(*settings), std::move(*resource)};
  }

  FinishedCommand run_command(Context& context, std::vector<std::string> environment) const {
    FinishedCommand command;
    command.arguments = m_arguments;
    command.started = context.clock().now();
    const nanoseconds begin = context.clock().monotonic();
    const auto path = find_program(m_arguments.front(),
                                   context.environment().get("PATH").value_or(k_standard_path));
    if (path) {
      command.path = *path;
      command.end = run_child({*path, m_arguments, std::move(environment)}, context.start(),
                              [&] { context.release_streams(); });
    } else {
      command.end.not_started = path.error();
      command.end.exit_status = path.error().exit_status();
    }
    // The wall clock may have been set meanwhile.
    command.ended = command.started + (context.clock().monotonic() - begin);
    if (command.end.not_started) {
      context.print_error(start_error(m_arguments.front(), *command.end.not_started));
    }
    return command;
  }

  void send_span(const FinishedCommand& command, const TracePlace& place,
                 std::vector<otlp::Attribute> attributes, const Destination& destination,
                 Context& context) const {
    otlp::SpanRecord span = span_of(command, place);
    span.name = m_name.value_or(span.name);
    span.resource = destination.resource;
    for (otlp::Attribute& attribute : attributes) {
      otlp::set_attribute(span.attributes, std::move(attribute));
    }
    const auto error = try_to_deliver(span, command.end.exit_status, destination.settings, context);
    if (error) {
      note(context, fmt::format("the span '{}' was not delivered", span.name), *error);
    } else if (context.global().is_verbose) {
      context.note(fmt::format("the span '{}' of trace {} was delivered to {}", span.name,
                               to_hex(span.trace_id), shown_endpoint(destination.settings)));
    }
  }

  // Whatever goes wrong: the command's exit status must not be lost.
  static std::optional<Error> try_to_deliver(const otlp::SpanRecord& span, int exit_status,
                                             const settings::OtlpSettings& settings,
                                             Context& context) {
    try {
      const EndOnSignal end_on_signal(exit_status);
      return deliver(span, settings, context);
    } catch (const std::system_error& no_thread) {
      return Error{ErrorKind::failed, fmt::format("no thread can be started: {}", no_thread.what()),
                   "raise the limits of processes or memory (ulimit -u, -v; pids.max)"};
    } catch (const std::exception& exception) {
      return Error{ErrorKind::internal, exception.what(), "this is a bug in otelctl"};
    }
  }

  static std::optional<Error> deliver(const otlp::SpanRecord& span,
                                      const settings::OtlpSettings& settings, Context& context) {
    auto exporter = otlp::make_exporter(settings);
    if (!exporter) {
      return std::move(exporter).error();
    }
    OneTryWithoutAnswer careful(**exporter);
    const auto wait = [](nanoseconds delay) {
      std::this_thread::sleep_for(delay);
      return true;
    };
    otlp::ExportOutcome outcome =
        otlp::send_with_retries(careful, Signal::traces, otlp::encode_record(span),
                                settings.timeout, {context.clock(), context.random(), wait});
    if (outcome.rejected > 0) {
      return Error{ErrorKind::failed,
                   fmt::format("the server rejected it: {}", outcome.partial_message)};
    }
    if (outcome.error) {
      return std::move(*outcome.error).within(shown_endpoint(settings));
    }
    return std::nullopt;
  }

  static void note(Context& context, std::string_view what, const Error& why) {
    context.note(fmt::format("{}: {}", what, why.message));
    if (!why.hint.empty() && !context.global().is_quiet) {
      context.err() << "hint: " << escape_for_terminal(why.hint) << '\n';
    }
  }

  // The command's exit status, whatever it is, becomes otelctl's.
  static Exit finish(const FinishedCommand& command) {
    if (command.end.was_interrupted) {
      end_by_interrupt();
    }
    return static_cast<Exit>(command.end.exit_status);
  }

  settings::OtlpFlags m_flags;
  std::optional<std::string> m_name;
  std::vector<std::string> m_attributes;
  std::vector<std::string> m_arguments;
};

}  // namespace

CommandSpec exec_command() {
  return {.name = "exec",
          .topic = topic::k_send,
          .summary = "Run a command as a span, otherwise unchanged",
          .description = k_description,
          .examples = k_examples,
          .make = make_command<Exec>,
          .runs_program = true};
}

}  // namespace otelctl
