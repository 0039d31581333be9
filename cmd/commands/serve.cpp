// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <condition_variable>
#include <mutex>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "net/tls_server.hpp"
#include "net/url.hpp"
#include "server/fault.hpp"
#include "server/server.hpp"
#include "settings/key_values.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Takes traces, metrics and logs by OTLP, over gRPC and over HTTP, and answers the query APIs of
Jaeger, Tempo (search by a part of TraceQL) and Zipkin, all on this machine and in memory. Traces
are held within --max-memory: the oldest go first. Metrics and logs are checked and counted.

It runs until it is interrupted. GET /stats on the query address tells what became of everything
that was sent.

--fault makes it a bad server on purpose, to see what a sender makes of that. SPEC is of parts with
commas in between, each for a share of the requests (@10%, exact and even) or for all that no other
part takes. 429 (429:retry-after=SECONDS, 1 unless given) and unavailable refuse. partial=K takes a
request but for K of its records. slow=DURATION answers later, and goes together with the others.
reset breaks the connection off, by HTTP with a TCP reset; drop-connection-every=N closes it at
every N-th request. By gRPC both close it once its other answers have been read.

What is refused or broken off is not taken, nor is what the client gave up waiting for: /stats and
the account of the sender agree. Only an answer that is under way when the client's time is over is
accepted here and failed there.

--tls-cert and --tls-key make both OTLP addresses speak TLS; whoever comes without gets the answer
that Go's servers give. With --client-ca they demand a client's certificate as well. The query
address then takes https:// beside http://, and asks nobody for a certificate.

--record writes what is accepted into FILE, whose former content goes, as OTLP JSON lines, one
request each. When FILE cannot be written any more, serving goes on, and the exit status is 1.
)";

constexpr std::string_view k_examples = R"(
A backend to try things out
otelctl serve
In a script: free ports, and a file that says which once all are ready
otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --ready-file ready.json
In CI: end as soon as a hundred spans have come
otelctl serve --exit-after-spans 100
A server that is often too busy, and slow
otelctl serve --fault 429:retry-after=2@10%,slow=500ms
Keep what came for later
otelctl serve --record spans.jsonl
Over TLS, and only for clients with a certificate
otelctl serve --tls-cert server.pem --tls-key server.key --client-ca ca.pem
)";

constexpr auto k_grace = std::chrono::milliseconds(500);
// How often a wait for spans looks at the stop signal.
constexpr auto k_tick = std::chrono::milliseconds(50);

std::string ready_document(const server::Server& server) {
  std::ostringstream out;
  JsonWriter(out)
      .begin_object()
      .member("grpc", server.grpc_address())
      .member("http", server.http_address())
      .member("query", server.query_address())
      .end_object();
  return std::move(out).str();
}

std::string account(const server::Stats& stats) {
  return fmt::format("{} spans accepted, {} rejected, {} evicted; {} data points, {} log records",
                     stats.traces.accepted, stats.traces.rejected, stats.traces.evicted,
                     stats.metrics.accepted, stats.logs.accepted);
}

// What a fault's specification begins with; several are divided by commas.
void faults(ValueRequest& request) {
  const std::size_t comma = request.typed().rfind(',');
  const std::string before = comma == std::string::npos ? "" : request.typed().substr(0, comma + 1);
  for (const std::string& fault : server::fault_forms()) {
    request.add(before + fault);
  }
}

class Serve final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("Where to listen");
    options.value("--grpc", m_options.grpc, "ADDR",
                  "For OTLP over gRPC (default: 127.0.0.1:4317); port 0 picks a free one");
    options.value("--http", m_options.http, "ADDR", "For OTLP over HTTP (default: 127.0.0.1:4318)");
    options.value("--query", m_options.query, "ADDR",
                  "For the query APIs (default: 127.0.0.1:16686)");
    options.value("--ready-file", m_ready_file, "FILE",
                  "Write the addresses there as JSON once all are ready");
    options.values("--require-header", m_required, "KEY=VALUE",
                   "Refuse OTLP requests without it, 401 or UNAUTHENTICATED; @FILE: without those "
                   "in a file, one a line; repeatable");
    options.value("--tls-cert", m_tls_cert, "FILE",
                  "Speak TLS with this certificate (PEM, with its chain); needs --tls-key");
    options.value("--tls-key", m_tls_key, "FILE", "The key of the certificate (PEM)");
    options.value("--client-ca", m_client_ca, "FILE",
                  "Take OTLP only from clients with a certificate of this authority (PEM)");
    options.heading("Bounds");
    options.size("--max-memory", m_options.max_memory,
                 "For the traces held, their index included (default: 256MiB)");
    options.count("--exit-after-spans", m_exit_after, "N", "End once so many spans were accepted",
                  1);
    options.heading("What it does with what comes");
    options.values("--fault", m_faults, "SPEC",
                   "Be a bad server on purpose, as in 429@10%,slow=500ms; repeatable");
    options.completes("--fault", faults);
    options.value("--record", m_options.record, "FILE",
                  "Write there what is accepted, as OTLP JSON lines");
  }

  Result<Exit> run(Context& context) override {
    auto faults = server::parse_faults(m_faults);
    if (!faults) {
      return fail(std::move(faults).error().within("--fault"));
    }
    m_options.faults = *std::move(faults);
    if (auto read = read_required_headers(); !read) {
      return fail(std::move(read).error());
    }
    if (auto read = read_tls_files(context); !read) {
      return fail(std::move(read).error());
    }
    m_options.on_recording_failure = [this](const std::string& message) { note_failure(message); };
    const std::stop_token stop = context.signals().watch();
    auto server = server::Server::start(m_options, context.clock());
    if (!server) {
      return fail(std::move(server).error());
    }
    warn_about_others(context, **server);
    context.out() << fmt::format(
        "OTLP over gRPC  {0}://{1}\nOTLP over HTTP  {0}://{2}\nquery API       http://{3}\n",
        m_options.tls ? "https" : "http", (*server)->grpc_address(), (*server)->http_address(),
        (*server)->query_address());
    context.out().flush();
    if (m_ready_file) {
      if (auto written = write_file(*m_ready_file, ready_document(**server)); !written) {
        return fail(std::move(written).error());
      }
    }
    wait(context, **server, stop);
    (*server)->stop(k_grace);
    report_failure(context);
    const server::Stats stats = (*server)->stats();
    context.note(account(stats));
    return stats.recording.ok ? Exit::ok : Exit::failed;
  }

 private:
  Result<void> read_required_headers() {
    auto pairs = settings::read_header_flags("--require-header", m_required);
    if (!pairs) {
      return fail(std::move(pairs).error());
    }
    for (settings::KeyValue& pair : *pairs) {
      net::Header header{std::move(pair.key), std::move(pair.value)};
      if (auto problem = settings::header_problem(header, net::Transport::http)) {
        return fail(ErrorKind::usage, "--require-header: " + *problem,
                    "write it as KEY=VALUE, with a name that clients can send");
      }
      m_options.required_headers.push_back(std::move(header));
    }
    return {};
  }

  Result<void> read_tls_files(Context& context) {
    if (m_tls_cert.has_value() != m_tls_key.has_value()) {
      return fail(ErrorKind::usage,
                  m_tls_cert ? "--tls-cert is given without --tls-key"
                             : "--tls-key is given without --tls-cert",
                  "a server's certificate and its key go together");
    }
    if (!m_tls_cert) {
      return m_client_ca
                 ? fail(ErrorKind::usage, "--client-ca is given without --tls-cert",
                        "clients show certificates only in TLS: give --tls-cert and --tls-key")
                 : Result<void>();
    }
    auto pem =
        net::read_tls_server_files({*m_tls_cert, *m_tls_key, m_client_ca}, context.clock().now());
    if (!pem) {
      return fail(std::move(pem).error());
    }
    if (!pem->problem.empty()) {
      context.note(fmt::format("server certificate {}: {}; clients will refuse it",
                               escape_for_terminal(*m_tls_cert), pem->problem));
    }
    m_options.tls = *std::move(pem);
    return {};
  }

  void warn_about_others(Context& context, const server::Server& server) const {
    for (const std::string& address :
         {server.grpc_address(), server.http_address(), server.query_address()}) {
      const auto parsed = net::parse_host_port(address);
      if (parsed && !net::is_loopback(parsed->host)) {
        const bool is_query = address == server.query_address();
        const bool has_tls = m_options.tls && !is_query;
        const bool has_key = (!m_required.empty() || m_client_ca) && !is_query;
        if (!has_tls || !has_key) {
          context.note(fmt::format("{} can be reached by other machines, without {}", address,
                                   has_tls   ? "a password"
                                   : has_key ? "TLS"
                                             : "TLS and without a password"));
        }
      }
    }
  }

  void wait(Context& context, const server::Server& server, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      report_failure(context);
      if (!m_exit_after) {
        std::unique_lock lock(m_mutex);
        m_failed.wait(lock, stop, [this] { return m_failure.has_value(); });
      } else if (server.wait_for_spans(*m_exit_after, k_tick)) {
        return;
      }
    }
  }

  // Called by the recorder's thread, which must not print.
  void note_failure(const std::string& message) {
    const std::lock_guard lock(m_mutex);
    m_failure = message;
    m_failed.notify_all();
  }

  void report_failure(Context& context) {
    const std::lock_guard lock(m_mutex);
    if (m_failure) {
      context.print_error(
          {ErrorKind::failed, "recording stopped: " + *m_failure,
           "what comes from now on is not recorded; the file ends with a whole line"});
      m_failure.reset();
    }
  }

  server::ServerOptions m_options;
  std::optional<std::string> m_tls_cert;
  std::optional<std::string> m_tls_key;
  std::optional<std::string> m_client_ca;
  std::optional<std::string> m_ready_file;
  std::optional<std::uint64_t> m_exit_after;
  std::vector<std::string> m_faults;
  std::vector<std::string> m_required;
  std::mutex m_mutex;
  std::condition_variable_any m_failed;
  std::optional<std::string> m_failure;  // of the recording, not reported yet
};

}  // namespace

CommandSpec serve_command() {
  return {"serve",       topic::k_send, "Run a backend here: OTLP in, query APIs out",
          k_description, k_examples,    make_command<Serve>};
}

}  // namespace otelctl
