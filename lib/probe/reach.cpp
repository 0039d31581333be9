// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/reach.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "base/text.hpp"
#include "net/socket.hpp"
#include "net/tls_files.hpp"
#include "net/tls_probe.hpp"
#include "net/tls_words.hpp"
#include "probe/explain.hpp"
#include "probe/identify.hpp"
#include "probe/siblings.hpp"

namespace otelctl::probe {
namespace {

// One stage that hangs must leave time to say so and to look further.
constexpr nanoseconds k_dns_time = std::chrono::seconds(3);
constexpr nanoseconds k_tcp_time = std::chrono::seconds(3);
constexpr nanoseconds k_tls_time = std::chrono::seconds(5);
// No stage takes all that is left of a short --timeout: the rest is for naming the cause.
constexpr int k_share = 4;  // of which a stage has three
// A certificate is usually renewed by a machine 30 days ahead; two weeks mean that this failed.
constexpr std::int64_t k_days_to_warn = 14;

class Walk {
 public:
  Walk(const settings::OtlpSettings& settings, const net::Deadline& deadline, const Clock& clock)
      : m_settings(settings), m_deadline(deadline), m_clock(clock) {
    m_host = settings.endpoint.host;
    m_port = settings.endpoint.port_or_default();
    // A proxy's URL was checked when it was chosen; one that is unreadable fails in dns.
    if (!settings.proxy.direct()) {
      if (const auto proxy = net::parse_url(settings.proxy.url)) {
        m_host = proxy->host;
        m_port = proxy->port_or_default();
      }
    }
  }

  Reach run() {
    using Step = std::optional<Error> (Walk::*)(Stage&);
    struct Named {
      const char* name;
      Step step;
    };
    std::vector<Named> steps;
    if (m_settings.tls.any()) {
      steps.push_back({"files", &Walk::check_files});
    }
    steps.push_back({"dns", &Walk::resolve});
    steps.push_back({"tcp", &Walk::connect});
    steps.push_back({"tls", &Walk::shake_hands});
    for (const auto& [name, step] : steps) {
      Stage stage;
      stage.name = name;
      if (m_result.error) {
        stage.status = StageStatus::skip;
      } else {
        const nanoseconds start = m_clock.monotonic();
        if (auto error = (this->*step)(stage)) {
          stage.status = StageStatus::fail;
          stage.message = error->message;
          stage.hint = error->hint;
          // Of what goes wrong in a handshake, a peer that breaks it off may be on its way up.
          m_result.may_heal = error->kind == ErrorKind::unreachable && !m_has_certificate;
          m_result.error = std::move(error);
        }
        stage.duration = m_clock.monotonic() - start;
      }
      m_result.stages.push_back(std::move(stage));
    }
    return std::move(m_result);
  }

 private:
  nanoseconds share_of(nanoseconds most) const {
    return std::min(most, m_deadline.left() / k_share * (k_share - 1));
  }

  std::string place() const { return net::join_host_port(m_host, m_port); }

  // What goes wrong on the way to a proxy is the proxy's, and the target may be fine.
  Error of_proxy(Error error) const {
    if (m_settings.proxy.direct()) {
      return error;
    }
    return {error.kind, "the proxy of " + m_settings.proxy.variable + ": " + error.message,
            proxy_hint(m_settings)};
  }

  std::optional<Error> check_files(Stage& stage) {
    if (!m_settings.endpoint.is_tls()) {
      stage.status = StageStatus::skip;
      stage.message = "not used: the endpoint is http://";
      return std::nullopt;
    }
    if (auto checked = net::check_tls_files(m_settings.tls, m_clock.now()); !checked) {
      return checked.error();
    }
    for (const auto& [name, path] :
         {std::pair{"ca", &m_settings.tls.ca_file}, std::pair{"cert", &m_settings.tls.cert_file},
          std::pair{"key", &m_settings.tls.key_file}}) {
      if (!path->empty()) {
        stage.facts.push_back({name, *path});
      }
    }
    stage.message = counted(stage.facts.size(), "file") + " readable and fit";
    return std::nullopt;
  }

  std::optional<Error> resolve(Stage& stage) {
    if (!m_settings.proxy.direct()) {
      stage.facts.push_back({"proxy", place()});
    }
    auto addresses = net::resolve(m_host, m_port, share_of(k_dns_time));
    if (!addresses) {
      return of_proxy(std::move(addresses).error());
    }
    m_addresses = std::move(*addresses);
    std::vector<std::string> shown;
    for (const net::Address& address : m_addresses) {
      shown.push_back(address.host());
    }
    stage.message = net::is_ip_address(m_host) ? "an address, nothing to resolve"
                                               : m_host + " is " + join(shown, ", ");
    stage.facts.push_back({"addresses", std::move(shown)});
    return std::nullopt;
  }

  std::optional<Error> connect(Stage& stage) {
    const nanoseconds time = share_of(k_tcp_time);
    m_connection = net::connect_any(m_addresses, time);
    std::vector<std::string> attempts;
    for (const net::ConnectAttempt& attempt : m_connection.attempts) {
      attempts.push_back(attempt.address.to_string() + " " + words_of(attempt));
    }
    stage.facts.push_back({"attempts", attempts});
    if (!m_connection.socket.is_open()) {
      Error error = m_connection.error(place(), time);
      add_siblings(error);
      return of_proxy(std::move(error));
    }
    m_result.address = m_connection.address;
    stage.facts.push_back({"address", m_connection.address->to_string()});
    stage.message = attempts.size() == 1 ? attempts.front() : join(attempts, "; ");
    return std::nullopt;
  }

  static std::string words_of(const net::ConnectAttempt& attempt) {
    if (attempt.connected) {
      return "connected";
    }
    if (attempt.os_error == 0) {
      return "silent";
    }
    return attempt.os_error == ECONNREFUSED ? "refused"
                                            : std::generic_category().message(attempt.os_error);
  }

  // Whether OTLP's ports are open on a host that refused this one. Only a connection is made.
  void add_siblings(Error& error) const {
    const bool refused = std::any_of(
        m_connection.attempts.begin(), m_connection.attempts.end(),
        [](const net::ConnectAttempt& attempt) { return attempt.os_error == ECONNREFUSED; });
    if (!refused || !m_settings.proxy.direct()) {
      return;
    }
    if (const auto sibling = open_sibling(m_settings, m_addresses, m_deadline)) {
      error.hint = *sibling + "; otherwise start what should listen on " + std::to_string(m_port);
      return;
    }
    error.hint += m_port == 4317   ? "; port 4318 is closed too"
                  : m_port == 4318 ? "; port 4317 is closed too"
                                   : "; ports 4317 and 4318 are closed too";
  }

  std::optional<Error> shake_hands(Stage& stage) {
    if (!m_settings.endpoint.is_tls()) {
      stage.status = StageStatus::skip;
      stage.message = "plaintext, as the endpoint is http://";
      return std::nullopt;
    }
    const net::Deadline time(share_of(k_tls_time));
    if (!m_settings.proxy.direct()) {
      if (auto opened = net::open_tunnel(m_connection.socket, m_settings.endpoint.host_and_port(),
                                         m_settings.proxy.url, time);
          !opened) {
        return Error{opened.error().kind, opened.error().message, proxy_hint(m_settings)};
      }
    }
    net::TlsProbeRequest request;
    request.host = m_settings.endpoint.host;
    request.host_and_port = m_settings.endpoint.host_and_port();
    request.files = m_settings.tls;
    request.timeout = time.left();
    request.now = m_clock.now();
    const net::TlsProbeResult result = net::probe_tls(m_connection.socket, request);
    if (result.facts) {
      m_has_certificate = true;
      add_facts(*result.facts, result.days_left, stage);
      m_result.wants_client_certificate = result.facts->wants_client_certificate;
    }
    if (result.error) {
      return tls_error(*result.error, result);
    }
    if (m_settings.protocol == settings::Protocol::grpc && result.facts->alpn != "h2") {
      return Error{ErrorKind::not_understood,
                   "the server offers TLS without HTTP/2, which gRPC needs",
                   "use --protocol http/protobuf, or allow h2 (ALPN) on the load balancer"};
    }
    judge(result, stage);
    return std::nullopt;
  }

  static void add_facts(const net::TlsFacts& facts, std::optional<std::int64_t> days_left,
                        Stage& stage) {
    stage.facts = {{"version", facts.version}, {"cipher", facts.cipher}, {"alpn", facts.alpn},
                   {"subject", facts.subject}, {"issuer", facts.issuer}, {"names", facts.names}};
    if (facts.not_before) {
      stage.facts.push_back({"not_before", format_rfc3339(*facts.not_before, 0)});
    }
    if (facts.not_after) {
      stage.facts.push_back({"not_after", format_rfc3339(*facts.not_after, 0)});
    }
    if (days_left) {
      stage.facts.push_back({"days_left", *days_left});
    }
    stage.facts.push_back({"chain_length", static_cast<std::int64_t>(facts.chain_length)});
    stage.facts.push_back({"verified", facts.verify_result == 0});
    stage.facts.push_back({"client_certificate_wanted", facts.wants_client_certificate});
  }

  // The reason with what the certificate says, so that nobody needs another tool to look at it.
  Error tls_error(Error error, const net::TlsProbeResult& result) const {
    if (!result.facts) {
      if (error.kind != ErrorKind::refused && m_settings.proxy.direct()) {
        add_identification(error);
      }
      return error;
    }
    const net::TlsFacts& facts = *result.facts;
    if (error.message.find("expired") != std::string::npos && facts.not_after) {
      error.message += " on " + format_rfc3339(*facts.not_after, 0);
    } else if (error.message.find("not valid yet") != std::string::npos && facts.not_before) {
      error.message += ", only from " + format_rfc3339(*facts.not_before, 0);
    } else if (error.message.find("is not for") != std::string::npos) {
      error.message += facts.names.empty()
                           ? " and holds no name"
                           : ", but for " + escape_for_terminal(join(facts.names, ", "));
    } else if (error.message.find("authority") != std::string::npos) {
      error.message += " (" + escape_for_terminal(facts.issuer) + ")";
    }
    return error;
  }

  void add_identification(Error& error) const {
    const Peer peer = identify(*m_connection.address, m_settings.endpoint.host,
                               m_deadline.at_most(k_identify_time), m_clock.now());
    if (auto cause = explain_tls(m_settings, peer)) {
      error = std::move(*cause);
    }
  }

  void judge(const net::TlsProbeResult& result, Stage& stage) const {
    const net::TlsFacts& facts = *result.facts;
    stage.message = facts.version + (facts.alpn.empty() ? "" : ", " + facts.alpn);
    if (facts.verify_result != 0) {
      stage.status = StageStatus::warn;
      stage.message +=
          "; not verified: " +
          net::certificate_error(facts.verify_result, m_settings.endpoint.host).message;
      stage.hint = "remove --insecure-skip-verify before real data is sent";
    } else if (result.days_left && *result.days_left < k_days_to_warn) {
      stage.status = StageStatus::warn;
      stage.message += "; the certificate expires on " + format_rfc3339(*facts.not_after, 0);
      stage.hint = "renew it on the server";
    } else {
      stage.message += ", certificate trusted";
    }
  }

  const settings::OtlpSettings& m_settings;
  const net::Deadline& m_deadline;
  const Clock& m_clock;
  std::string m_host;
  std::uint16_t m_port = 0;
  std::vector<net::Address> m_addresses;
  net::Connection m_connection;
  bool m_has_certificate = false;  // the handshake came to its end
  Reach m_result;
};

}  // namespace

Reach reach(const settings::OtlpSettings& settings, const net::Deadline& deadline,
            const Clock& clock) {
  return Walk(settings, deadline, clock).run();
}

}  // namespace otelctl::probe
