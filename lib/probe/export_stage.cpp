// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/export_stage.hpp"

#include <string>
#include <utility>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "otlp/exporter.hpp"
#include "probe/describe_headers.hpp"
#include "probe/explain.hpp"
#include "probe/identify.hpp"
#include "probe/platforms.hpp"
#include "probe/siblings.hpp"

namespace otelctl::probe {
namespace {

// Date headers count whole seconds and answers take a while; beyond this, spans look misplaced.
constexpr nanoseconds k_tolerated_skew = std::chrono::seconds(30);

class ExportWalk {
 public:
  ExportWalk(const settings::OtlpSettings& settings, const Reach& way, const Canary& canary,
             const net::Deadline& deadline, const Clock& clock, const ExportManner& manner)
      : m_settings(settings),
        m_way(way),
        m_canary(canary),
        m_deadline(deadline),
        m_clock(clock),
        m_manner(manner) {}

  ExportStage run() {
    Stage& stage = m_result.stage;
    stage.name = "export";
    stage.facts.push_back({"signal", signal()});
    const nanoseconds start = m_clock.monotonic();
    if (auto exporter = otlp::make_exporter(m_settings); !exporter) {
      m_result.error = exporter.error();
    } else {
      export_over(**exporter);
    }
    if (m_result.error) {
      stage.status = StageStatus::fail;
      stage.message = m_result.error->message;
      stage.hint = m_result.error->hint;
    }
    stage.duration = m_clock.monotonic() - start;
    return std::move(m_result);
  }

 private:
  std::string signal() const { return std::string(name_of(m_settings.signal)); }

  void export_over(otlp::Exporter& exporter) {
    std::optional<otlp::ExportOutcome> empty;
    if (m_manner.begins_empty) {
      empty = exporter.send(m_settings.signal, {}, m_deadline.left());
      if (!empty->delivered && !refuses_what_is_empty(*empty)) {
        add_facts(*empty);
        fail_with(*empty);
        return;
      }
    }
    const otlp::ExportOutcome sent = send_canary(exporter);
    m_result.canary = sent;
    add_facts(sent);
    if (m_canary.trace_id) {
      m_result.stage.facts.push_back({"trace_id", to_hex(*m_canary.trace_id)});
    }
    if (!sent.delivered) {
      fail_with(sent);
      return;
    }
    judge_delivery(sent);
    if (empty && !empty->delivered) {
      warn("it refuses an empty request (" + empty->code + ")",
           "OTLP says that it should take one; exporters send none, so this harms nobody");
    }
  }

  otlp::ExportOutcome send_canary(otlp::Exporter& exporter) const {
    const nanoseconds left = m_deadline.left();
    return m_manner.retries == nullptr
               ? exporter.send(m_settings.signal, m_canary.payload, left)
               : otlp::send_with_retries(exporter, m_settings.signal, m_canary.payload, left,
                                         *m_manner.retries);
  }

  static bool refuses_what_is_empty(const otlp::ExportOutcome& outcome) {
    return outcome.answered && (outcome.code == "400" || outcome.code == "INVALID_ARGUMENT");
  }

  void add_facts(const otlp::ExportOutcome& outcome) {
    std::vector<Fact>& facts = m_result.stage.facts;
    facts.push_back({"code", outcome.code});
    facts.push_back({"rejected", outcome.rejected});
    if (!outcome.partial_message.empty()) {
      facts.push_back({"partial_message", outcome.partial_message});
    }
    if (outcome.retry_after) {
      facts.push_back({"retry_after_ns", outcome.retry_after->count()});
    }
  }

  void fail_with(const otlp::ExportOutcome& outcome) {
    m_result.error = outcome.error;
    if (outcome.answered) {
      explain_refusal(outcome);
    } else {
      look_for_cause();
    }
    if (!m_settings.proxy.direct()) {
      blame_proxy(*m_result.error);
    }
    const bool is_server_error =
        outcome.answered && outcome.code.size() == 3 && outcome.code.starts_with('5');
    const bool is_passing =
        m_result.error->kind == ErrorKind::unreachable && (outcome.answered || outcome.retryable);
    m_result.may_heal = is_server_error || is_passing;
  }

  void blame_proxy(Error& error) const {
    const std::string hint = proxy_hint(m_settings);
    const bool is_its_word = error.message.starts_with("the proxy ");
    error.hint = is_its_word ? hint : error.hint + "; it may be the proxy that answers: " + hint;
  }

  // What web servers and query APIs answer to an export.
  static bool is_of_another_server(const otlp::ExportOutcome& outcome) {
    return outcome.error->kind == ErrorKind::not_understood &&
           (outcome.code == "200" || outcome.code == "404" || outcome.code == "405" ||
            outcome.code == "501" || outcome.code == "UNIMPLEMENTED");
  }

  // A platform that is known wants something of its own; and who is refused must know what was
  // sent, by name, length and what is odd about it.
  void explain_refusal(const otlp::ExportOutcome& outcome) {
    Error& error = *m_result.error;
    if (std::string hint = refusal_hint(m_settings, outcome.code); !hint.empty()) {
      error.hint = std::move(hint);
    } else if (is_of_another_server(outcome) && m_settings.proxy.direct()) {
      if (const auto sibling = open_sibling(m_settings, {*m_way.address}, m_deadline)) {
        error.hint += "; " + *sibling;
      }
    }
    if (error.kind != ErrorKind::refused) {
      return;
    }
    const std::vector<std::string> sent = describe_headers(m_settings.headers);
    error.hint += sent.empty() ? "; no header of yours was sent" : "; sent was " + join(sent, ", ");
    m_result.stage.facts.push_back({"headers_sent", sent});
  }

  // Looks for the cause when no OTLP server gave a verdict.
  void look_for_cause() {
    const Silence silence =
        explain_silence(m_settings, m_way, *m_result.error, m_deadline, m_clock);
    if (silence.peer) {
      m_result.stage.facts.push_back({"identified", describe(*silence.peer)});
    }
    if (silence.cause) {
      m_result.error = silence.cause;
    }
  }

  void judge_delivery(const otlp::ExportOutcome& sent) {
    const std::string words = escape_for_terminal(sent.partial_message);
    if (sent.rejected > 0) {
      m_result.error =
          Error{ErrorKind::failed,
                "the server rejects " + counted(static_cast<std::size_t>(sent.rejected), "record") +
                    (words.empty() ? "" : ": " + words),
                "check the server's limits and its log"};
      return;
    }
    m_result.stage.message = "the server takes " + signal() + " (" + sent.code + ")";
    if (!words.empty()) {
      warn("it warns: " + words, "check the server's log");
    }
    check_clock(sent);
  }

  // Backends hide or drop what lies in the future, and AWS what is older than 14 days.
  void check_clock(const otlp::ExportOutcome& sent) {
    if (!sent.server_time) {
      return;
    }
    const nanoseconds ahead = m_clock.now() - *sent.server_time;
    const nanoseconds apart = ahead < nanoseconds::zero() ? -ahead : ahead;
    if (apart <= k_tolerated_skew) {
      return;
    }
    m_result.stage.facts.push_back({"clock_ahead_ns", std::int64_t{ahead.count()}});
    warn("this machine's clock is " + format_duration(apart) +
             (ahead > nanoseconds::zero() ? " ahead of" : " behind") + " the server's",
         "let both follow a time server: backends misplace or drop what lies in the future");
  }

  void warn(const std::string& what, const std::string& hint) {
    Stage& stage = m_result.stage;
    stage.status = StageStatus::warn;
    stage.message += "; " + what;
    stage.hint += (stage.hint.empty() ? "" : "; ") + hint;
  }

  const settings::OtlpSettings& m_settings;
  const Reach& m_way;
  const Canary& m_canary;
  const net::Deadline& m_deadline;
  const Clock& m_clock;
  const ExportManner& m_manner;
  ExportStage m_result;
};

}  // namespace

ExportStage run_export(const settings::OtlpSettings& settings, const Reach& way,
                       const Canary& canary, const net::Deadline& deadline, const Clock& clock,
                       const ExportManner& manner) {
  return ExportWalk(settings, way, canary, deadline, clock, manner).run();
}

}  // namespace otelctl::probe
