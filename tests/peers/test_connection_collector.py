# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`test-connection` against a Collector: open, with a password or a token, and one that is late."""

import base64
import socket
import subprocess

from connection import PROTOCOLS, SIGNALS, WAYS, ConnectionTest
from support import clean_environment, main

PASSWORD = "kept-to-itself"
TOKEN = "kept-to-itself"


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


# How a value of `authorization` is given: the arguments and the environment.
def by_flag(value):
    return ["--header", f"authorization={value}"], {}


def by_variable(name, value):
    escaped = value.replace(" ", "%20")
    return [], {name: f"Authorization={escaped}"}


def by_signal_variables(value):
    environment = {}
    for signal in SIGNALS:
        name = f"OTEL_EXPORTER_OTLP_{signal.upper()}_HEADERS"
        environment |= by_variable(name, value)[1]
    return [], environment


class ConnectionCollector(ConnectionTest):
    def check_right(self, endpoint, way, value):
        """It is taken, however it is given, and never told."""
        given = [
            by_flag(value),
            by_variable("OTEL_EXPORTER_OTLP_HEADERS", value),
            by_signal_variables(value),
        ]
        for arguments, environment in given:
            with self.subTest(way=way, environment=list(environment)):
                options = {"environment": environment, "secrets": [value, value.split()[1]]}
                self.check_taken(endpoint, *way, *arguments, **options)

    def check_wrong(self, endpoint, way, value):
        with self.subTest(way=way, wrong=value):
            arguments, _ = by_flag(value)
            options = {"status": 4, "secrets": [value, value.split()[-1]]}
            self.check_failure("export", endpoint, *way, *arguments, **options)

    def check_credentials(self, config, right, wrong):
        collector = self.start_collector(config)
        for protocol, way in WAYS:
            endpoint = collector.endpoint(protocol)
            self.check_right(endpoint, way, right)
            for value in wrong:
                self.check_wrong(endpoint, way, value)
            with self.subTest(way=way, wrong="none"):
                self.check_failure("export", endpoint, *way, status=4)

    def test_open(self):
        collector = self.start_collector()
        for protocol, way in WAYS:
            with self.subTest(way=way):
                self.check_taken(collector.endpoint(protocol), *way)

    def test_one_signal_at_a_time(self):
        collector = self.start_collector()
        for protocol in PROTOCOLS:
            for signal in SIGNALS:
                with self.subTest(protocol=protocol, signal=signal):
                    target = ["--endpoint", collector.endpoint(protocol), "--protocol", protocol]
                    report = self.otelctl_json("test-connection", "--signal", signal, *target)
                    self.assertEqual(report["target"]["signal"], signal)
                    last = report["stages"][-1]
                    self.assertEqual((last["name"], last["status"]), ("export", "ok"))
                    self.assertEqual(last["facts"]["signal"], signal)

    def test_basic_authentication(self):
        wrong = [
            basic("otelctl", "guessed-password"),
            basic("somebody", PASSWORD),
            "Bearer " + PASSWORD,
        ]
        self.check_credentials("collector-basicauth.yaml", basic("otelctl", PASSWORD), wrong)

    def test_bearer_token(self):
        wrong = ["Bearer guessed-token", basic("otelctl", TOKEN), TOKEN]
        self.check_credentials("collector-bearertoken.yaml", "Bearer " + TOKEN, wrong)

    def test_a_refusal_is_the_status_of_send_spans_too(self):
        collector = self.start_collector("collector-basicauth.yaml")
        guess = basic("otelctl", "guessed-password")
        header, _ = by_flag(guess)
        for protocol, way in WAYS:
            with self.subTest(way=way):
                target = ["--endpoint", collector.endpoint(protocol), *way, *header]
                done = self.otelctl("send-spans", "--traces", 2, *target, status=4)
                self.assertNotIn(guess.split()[1], done.stdout + done.stderr)
                ledger = self.otelctl_json("send-spans", "--traces", 2, *target, status=4)
                self.assertEqual(ledger["accepted"], 0)
                self.assertEqual(ledger["failed"], ledger["generated"])

    def test_grpc_and_http_ports_mixed_up(self):
        collector = self.start_collector()
        for protocol, way in WAYS:
            is_grpc = protocol == "grpc"
            wrong_port = collector.http if is_grpc else collector.grpc
            with self.subTest(way=way):
                result = self.check_failure("export", "http://" + wrong_port, *way, status=5)
                fitting = "--protocol http/protobuf" if is_grpc else "--protocol grpc"
                self.assertIn(fitting, result["hint"])

    def test_a_wrong_path_is_not_taken(self):
        collector = self.start_collector()
        for protocol in ("http/protobuf", "http/json"):
            with self.subTest(protocol=protocol):
                endpoint = collector.endpoint(protocol) + "/otlp"
                self.check_failure("export", endpoint, "--protocol", protocol, status=5)

    def test_a_collector_that_comes_late(self):
        """--wait goes on until it is there. Who listens first hangs up on the first attempt."""
        for protocol in PROTOCOLS:
            with self.subTest(protocol=protocol), socket.create_server(("127.0.0.1", 0)) as early:
                port = early.getsockname()[1]
                target = ["--endpoint", f"http://127.0.0.1:{port}", "--protocol", protocol]
                waiting = subprocess.Popen(
                    [self.otelctl_path, "test-connection", *target, "--wait", "60s"],
                    env=clean_environment(self.scratch),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
                self.addCleanup(waiting.kill)
                early.settimeout(30)
                early.accept()[0].close()
                early.close()
                listener = "PEER_GRPC_PORT" if protocol == "grpc" else "PEER_HTTP_PORT"
                self.start_collector(name="late", environment={listener: str(port)})
                printed, _ = waiting.communicate(timeout=90)
                self.assertEqual(waiting.returncode, 0, printed)


if __name__ == "__main__":
    main("collector")
