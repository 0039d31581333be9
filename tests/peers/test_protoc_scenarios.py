# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`protoc --decode` reads what every scenario sends, and finds no field that it does not know.

Its .proto files are those of lib/otlp/proto, which test_wire.py holds to the official ones.
"""

import contextlib
import http.server
import re
import subprocess
import threading

from support import HERE, PeerTest, main

PROTO = HERE.parent.parent / "lib" / "otlp" / "proto"
SEED = 20260106
# What protoc prints of a field that is not in the .proto: its number in place of its name.
UNKNOWN_FIELD = re.compile(r"^\s*\d+(:| \{)", re.MULTILINE)
SIGNALS = {
    "traces": ("send-spans", "trace", "Trace", ("spans",), ("--traces", 40)),
    "metrics": ("send-metrics", "metrics", "Metrics", ("data_points",), ("--count", 200)),
    "logs": ("send-logs", "logs", "Logs", ("log_records",), ("--count", 200)),
}


class KeepingServer(http.server.BaseHTTPRequestHandler):
    """Takes every request and keeps its body."""

    protocol_version = "HTTP/1.1"
    bodies = []

    def do_POST(self):
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def keeping_server():
    """The URL of such a server and the bodies that it keeps."""
    bodies = []
    handler = type("Handler", (KeepingServer,), {"bodies": bodies})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", bodies
        finally:
            server.shutdown()
            thread.join()


def decode(body, folder, service):
    """The request as text; an AssertionError if protoc does not take it."""
    message = f"opentelemetry.proto.collector.{folder}.v1.Export{service}ServiceRequest"
    file = f"opentelemetry/proto/collector/{folder}/v1/{folder}_service.proto"
    done = subprocess.run(
        ["protoc", f"--proto_path={PROTO}", f"--decode={message}", file],
        input=body,
        capture_output=True,
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"protoc: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


class ProtocScenarios(PeerTest):
    def check(self, signal):
        command, folder, service, items, amount = SIGNALS[signal]
        listed = self.otelctl_json("scenarios")["scenarios"]
        names = [scenario["name"] for scenario in listed if signal in scenario["signals"]]
        self.assertGreater(len(names), 0)
        for name in names:
            with self.subTest(scenario=name), keeping_server() as (url, bodies):
                where = ("--endpoint", url, "--protocol", "http/protobuf")
                options = ("--scenario", name, "--seed", SEED, *amount, *where)
                ledger = self.otelctl_json(command, *options)
                self.assertEqual(ledger["accepted"], ledger["generated"])
                self.assertEqual(ledger["bytes"], sum(map(len, bodies)))
                found = 0
                for body in bodies:
                    text = decode(body, folder, service)
                    self.assertIsNone(UNKNOWN_FIELD.search(text))
                    found += sum(len(re.findall(rf"^\s*{item} \{{$", text, re.M)) for item in items)
                self.assertEqual(found, ledger["accepted"])

    def test_traces(self):
        self.check("traces")

    def test_metrics(self):
        self.check("metrics")

    def test_logs(self):
        self.check("logs")

    def test_a_field_that_is_not_known_would_be_found(self):
        text = decode(b"\x0a\x03\x98\x06\x07", "trace", "Trace")  # field 99 of ResourceSpans
        self.assertIsNotNone(UNKNOWN_FIELD.search(text))


if __name__ == "__main__":
    main(program="protoc")
