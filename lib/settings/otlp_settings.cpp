// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/otlp_settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "settings/candidates.hpp"
#include "settings/endpoint.hpp"
#include "settings/env_file.hpp"
#include "settings/environment_notes.hpp"
#include "settings/headers.hpp"
#include "settings/resource.hpp"
#include "settings/section.hpp"
#include "settings/variables.hpp"

namespace otelctl::settings {
namespace {

// The specification's timeout 0 is "no limit"; nothing here waits for ever.
constexpr nanoseconds k_no_limit = std::chrono::hours(24);
// An SDK that reads the variable as milliseconds gives up before most servers answer.
constexpr nanoseconds k_suspiciously_short = std::chrono::milliseconds(100);

template <typename Value, std::size_t Count>
Result<Value> parse_choice(const Candidate& candidate, const std::array<Value, Count>& values) {
  std::vector<std::string> names;
  for (const Value value : values) {
    if (equals_ignoring_case(candidate.value, name_of(value))) {
      return value;
    }
    names.emplace_back(name_of(value));
  }
  std::string hint = did_you_mean(candidate.value, names);
  if (hint.empty()) {
    hint = "allowed are " + join(names, ", ");
  }
  return fail(at_origin(candidate, "'" + escape_for_terminal(candidate.value) + "' is not known",
                        std::move(hint)));
}

// Fills an OtlpSettings option by option.
class OtlpResolver {
 public:
  OtlpResolver(const OtlpFlags& flags, FilledEnvironment environment, OtlpSection section,
               Signal signal)
      : m_flags(flags), m_environment(std::move(environment)), m_section(std::move(section)) {
    m_settings.signal = signal;
    m_settings.notes = m_environment.notes;
    append_notes(m_section.notes);
    append_notes(notes_of_environment(m_environment, signal));
  }

  Result<OtlpSettings> resolve() {
    using Step = Result<void> (OtlpResolver::*)();
    constexpr std::array<Step, 7> k_steps{&OtlpResolver::resolve_target,
                                          &OtlpResolver::add_headers,
                                          &OtlpResolver::resolve_tls,
                                          &OtlpResolver::resolve_compression,
                                          &OtlpResolver::resolve_timeout,
                                          &OtlpResolver::add_resource,
                                          &OtlpResolver::resolve_connection_path};
    for (const Step step : k_steps) {
      if (auto done = (this->*step)(); !done) {
        return fail(done.error());
      }
    }
    return std::move(m_settings);
  }

 private:
  void append_notes(const std::vector<std::string>& notes) {
    m_settings.notes.insert(m_settings.notes.end(), notes.begin(), notes.end());
  }

  Candidates candidates(std::string_view flag, const std::optional<std::string>& flag_value,
                        const std::optional<SectionValue>& section_value,
                        std::string_view variable) const {
    Candidates found;
    add_flag(found, flag, flag_value);
    add_section(found, section_value);
    add_variables(found, m_environment, variable, m_settings.signal);
    return found;
  }

  void record(std::string_view name, const Candidates& found, std::string shown) {
    m_settings.settings.push_back(make_setting(name, found, std::move(shown)));
    if (!found.empty()) {
      note_overruled(found, m_settings.notes);
    }
  }

  // Endpoint and protocol decide about each other.
  Result<void> resolve_target() {
    const auto endpoints = candidates("--endpoint", m_flags.endpoint, m_section.endpoint,
                                      "OTEL_EXPORTER_OTLP_ENDPOINT");
    const auto protocols = candidates("--protocol", m_flags.protocol, m_section.protocol,
                                      "OTEL_EXPORTER_OTLP_PROTOCOL");
    if (auto chosen = choose_protocol(protocols, endpoints); !chosen) {
      return fail(chosen.error());
    }
    if (endpoints.empty()) {
      m_settings.endpoint = standard_endpoint(m_settings.protocol, m_settings.signal);
    } else {
      const Candidates insecure = insecure_variables();
      auto url = resolve_endpoint(endpoints.front(), m_settings.protocol, m_settings.signal,
                                  insecure_variable(insecure), m_settings.notes);
      if (!url) {
        return fail(url.error());
      }
      m_settings.endpoint = std::move(*url);
      record_insecure(endpoints.front(), insecure);
    }
    record("endpoint", endpoints, escape_for_terminal(redact_url(m_settings.endpoint.to_string())));
    record("protocol", protocols, std::string(name_of(m_settings.protocol)));
    return {};
  }

  Result<void> choose_protocol(const Candidates& protocols, const Candidates& endpoints) {
    if (!protocols.empty()) {
      const auto protocol =
          parse_choice(protocols.front(),
                       std::array{Protocol::grpc, Protocol::http_protobuf, Protocol::http_json});
      if (!protocol) {
        return fail(protocol.error());
      }
      m_settings.protocol = *protocol;
      return {};
    }
    if (endpoints.empty()) {
      m_settings.protocol = Protocol::grpc;
      return {};
    }
    m_settings.protocol = protocol_of_endpoint(endpoints.front().value);
    m_settings.notes.emplace_back(
        m_settings.protocol == Protocol::grpc
            ? "no protocol is set: grpc, as the port is 4317"
            : "no protocol is set: http/protobuf, the specification's default");
    return {};
  }

  // *_INSECURE, strongest first. The obsolete names were part of a stable specification and go on
  // to count; they speak of one signal, so they come before the general name.
  Candidates insecure_variables() {
    Candidates found;
    const std::string general = "OTEL_EXPORTER_OTLP_INSECURE";
    const std::string own = signal_form(general, m_settings.signal);
    add_variable(found, m_environment, own, Source::signal_variable);
    if (m_settings.signal != Signal::logs) {
      const std::size_t before = found.size();
      add_variable(found, m_environment,
                   m_settings.signal == Signal::traces ? "OTEL_EXPORTER_OTLP_SPAN_INSECURE"
                                                       : "OTEL_EXPORTER_OTLP_METRIC_INSECURE",
                   Source::signal_variable);
      if (found.size() > before) {
        m_settings.notes.push_back(found.back().origin + " is obsolete: set " + own);
      }
    }
    add_variable(found, m_environment, general);
    return found;
  }

  // A setting only where it decides: over gRPC, for a variable's endpoint without a scheme.
  void record_insecure(const Candidate& endpoint, const Candidates& insecure) {
    const bool is_variable =
        endpoint.source == Source::signal_variable || endpoint.source == Source::general_variable;
    if (!insecure.empty() && m_settings.protocol == Protocol::grpc && is_variable &&
        !has_scheme(endpoint.value)) {
      m_settings.settings.push_back(
          make_setting("insecure", insecure, m_settings.endpoint.is_tls() ? "false" : "true"));
    }
  }

  // The one that counts.
  std::optional<Candidate> insecure_variable(const Candidates& found) {
    if (found.empty()) {
      return std::nullopt;
    }
    const Candidate& insecure = found.front();
    if (!equals_ignoring_case(insecure.value, "true") &&
        !equals_ignoring_case(insecure.value, "false")) {
      m_settings.notes.push_back(insecure.origin +
                                 " is neither true nor false and counts as false");
    }
    return insecure;
  }

  Result<void> add_headers() {
    return resolve_headers(m_flags, m_environment, m_section, m_settings);
  }

  Result<void> resolve_tls() {
    resolve_path("ca", "--ca", m_flags.ca_file, m_section.ca_file, "OTEL_EXPORTER_OTLP_CERTIFICATE",
                 m_settings.tls.ca_file);
    resolve_path("cert", "--cert", m_flags.cert_file, m_section.cert_file,
                 "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", m_settings.tls.cert_file);
    resolve_path("key", "--key", m_flags.key_file, m_section.key_file,
                 "OTEL_EXPORTER_OTLP_CLIENT_KEY", m_settings.tls.key_file);
    m_settings.tls.skip_verify = m_flags.insecure_skip_verify;
    if (m_flags.insecure_skip_verify) {
      m_settings.settings.push_back(
          {"insecure_skip_verify", "true", "--insecure-skip-verify", Source::flag});
      m_settings.notes.emplace_back("the server's certificate is not verified");
    }
    if (!m_settings.endpoint.is_tls() && m_settings.tls.any()) {
      m_settings.notes.emplace_back(
          "the certificate files have no effect: the endpoint is http://");
    }
    note_unread_roots();
    return {};
  }

  // Go's SDKs and the curl tool read it; gRPC's C++ library, libcurl and so most SDKs do not.
  void note_unread_roots() {
    constexpr std::string_view k_variable = "SSL_CERT_FILE";
    if (m_settings.endpoint.is_tls() && m_settings.tls.ca_file.empty() &&
        m_environment.variables.get_nonempty(k_variable)) {
      m_settings.notes.push_back(std::string(k_variable) +
                                 " is set and not read here, as by most SDKs: give the CA with "
                                 "--ca or OTEL_EXPORTER_OTLP_CERTIFICATE");
    }
  }

  void resolve_path(std::string_view name, std::string_view flag,
                    const std::optional<std::string>& flag_value,
                    const std::optional<SectionValue>& file_value, std::string_view variable,
                    std::string& path) {
    const auto found = candidates(flag, flag_value, file_value, variable);
    if (!found.empty()) {
      path = found.front().value;
      record(name, found, escape_for_terminal(path));
    }
  }

  Result<void> resolve_compression() {
    const auto found = candidates("--compression", m_flags.compression, m_section.compression,
                                  "OTEL_EXPORTER_OTLP_COMPRESSION");
    if (!found.empty()) {
      const auto compression =
          parse_choice(found.front(), std::array{Compression::none, Compression::gzip});
      if (!compression) {
        return fail(compression.error());
      }
      m_settings.compression = *compression;
    }
    record("compression", found, std::string(name_of(m_settings.compression)));
    return {};
  }

  Result<void> resolve_timeout() {
    std::optional<std::string> flag;
    if (m_flags.timeout) {
      flag = format_duration_exact(*m_flags.timeout);
    }
    const auto found =
        candidates("--timeout", flag, m_section.timeout_ms, "OTEL_EXPORTER_OTLP_TIMEOUT");
    if (m_flags.timeout) {
      m_settings.timeout = *m_flags.timeout;
      if (m_settings.timeout <= nanoseconds::zero()) {
        return fail(ErrorKind::usage, "--timeout: must be above 0", "write --timeout 10s");
      }
    } else if (!found.empty()) {
      auto timeout = parse_milliseconds(found.front());
      if (!timeout) {
        return fail(timeout.error());
      }
      m_settings.timeout = *timeout;
    }
    record("timeout", found, format_duration_exact(m_settings.timeout));
    return {};
  }

  Result<nanoseconds> parse_milliseconds(const Candidate& from) {
    const auto text = trim(from.value);
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < 0) {
      return fail(at_origin(from,
                            "'" + escape_for_terminal(text) + "' is not a number of milliseconds",
                            "it takes plain milliseconds (5000); --timeout takes 5s"));
    }
    if (count == 0) {
      m_settings.notes.push_back(from.origin + " is 0, which is no limit: a day is used");
      return k_no_limit;
    }
    const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(k_no_limit).count();
    const nanoseconds timeout = std::chrono::milliseconds(std::min<std::int64_t>(count, most));
    if (timeout < k_suspiciously_short) {
      m_settings.notes.push_back(from.origin + " is in milliseconds: " + format_duration(timeout) +
                                 " is very short");
    }
    return timeout;
  }

  Result<void> add_resource() {
    return resolve_resource(m_flags, m_environment, m_section, m_settings);
  }

  Result<void> resolve_connection_path() {
    auto proxy = net::choose_proxy(m_settings.endpoint, transport_of(m_settings.protocol),
                                   m_environment.variables);
    if (!proxy) {
      return fail(std::move(proxy).error());
    }
    m_settings.proxy = std::move(*proxy);
    if (!m_settings.proxy.note.empty()) {
      m_settings.notes.push_back(m_settings.proxy.note);
    }
    if (!m_settings.proxy.direct()) {
      m_settings.settings.push_back({"proxy", escape_for_terminal(redact_url(m_settings.proxy.url)),
                                     m_settings.proxy.variable, Source::general_variable});
    }
    return {};
  }

  const OtlpFlags& m_flags;
  FilledEnvironment m_environment;
  OtlpSection m_section;
  OtlpSettings m_settings;
};

}  // namespace

std::string_view name_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::grpc:
      return "grpc";
    case Protocol::http_protobuf:
      return "http/protobuf";
    case Protocol::http_json:
      return "http/json";
  }
  return "grpc";
}

net::Transport transport_of(Protocol protocol) {
  return protocol == Protocol::grpc ? net::Transport::grpc : net::Transport::http;
}

std::string_view name_of(Compression compression) {
  return compression == Compression::gzip ? "gzip" : "none";
}

const Setting* OtlpSettings::find(std::string_view name) const {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& each) { return each.name == name; });
  return found == settings.end() ? nullptr : &*found;
}

Result<OtlpSettings> resolve_otlp(const OtlpFlags& flags, const Environment& environment,
                                  Signal signal) {
  auto filled = fill_environment(environment, flags.env_file);
  if (!filled) {
    return fail(std::move(filled.error()).within("--env-file"));
  }
  OtlpSection section;
  if (flags.config_file) {
    auto read = read_otlp_section(*flags.config_file, flags.section, filled->variables, signal);
    if (!read) {
      return fail(read.error());
    }
    section = std::move(*read);
  }
  return OtlpResolver(flags, std::move(*filled), std::move(section), signal).resolve();
}

}  // namespace otelctl::settings
