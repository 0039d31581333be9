# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Given the same OTEL_* variables, otelctl sends to the URL and with the headers that Python does.

A server records what arrives; environment_rows.py is the table. Where the two differ it says what
each does, and why.
"""

import json

import environment_rows
from certificates import Authority
from environments import NOTHING, SIGNALS, Sent, grpc, http
from support import PeerTest, main

# What transports write themselves.
OWN_HEADERS = {
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "host",
}
OWN_AGENTS = ("OTel-OTLP-Exporter-Python/", "otelctl/")
# A variable of Python's own, so that a row in which it does not get through takes no 10 s.
NO_RETRIES = {"OTEL_PYTHON_EXPORTER_OTLP_GRPC_RETRYABLE_ERROR_CODES": "ABORTED"}


def is_own(name, value):
    return name in OWN_HEADERS or (name == "user-agent" and value.startswith(OWN_AGENTS))


def comparable(record, sent=None):
    """Of a record what is compared, without the headers that are not the user's."""
    kept = {key: record[key] for key in Sent().record("traces", {"http": ""})}
    headers = [(name, value) for name, value in record["headers"] if not is_own(name, value)]
    kept["headers"] = sorted(headers)
    if kept["encoding"] is None and sent:
        kept["encoding"] = sent.encoding
    return kept


class EnvironmentPython(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        authority = Authority(cls.scratch, "authority")
        server, client = authority.issue("server"), authority.issue("client")
        ready, cls.records_file = cls.scratch / "ready.json", cls.scratch / "records.jsonl"
        files = [ready, cls.records_file, server.cert, server.key, authority.ca_file]
        recorder = cls.start("recorder", cls.python_command("record_exports.py", *files))
        recorder.wait_until(ready.exists, "has written its ready file")
        cls.places = json.loads(ready.read_text())
        ports = {f"{name}_port": where.rpartition(":")[2] for name, where in cls.places.items()}
        cls.places |= ports | {
            "ca": authority.ca_file,
            "other_ca": Authority(cls.scratch, "other").ca_file,
            "cert": client.cert,
            "key": client.key,
        }
        cls.read_lines = 0

    def filled(self, environment):
        return {name: value.format(**self.places) for name, value in environment.items()}

    def new_records(self):
        """What has arrived since the last call; requests are recorded before they are answered."""
        lines = self.records_file.read_text().splitlines()
        new = [json.loads(line) for line in lines[self.read_lines :]]
        type(self).read_lines = len(lines)
        return new

    def run_sdk(self, environment, signals):
        exporters = {f"OTEL_{signal.upper()}_EXPORTER": "otlp" for signal in signals}
        return self.run_python(
            "export_by_environment.py", environment=environment | exporters | NO_RETRIES
        )

    def check_python(self, row, environment):
        self.run_sdk(environment, row.signals)
        got = [comparable(record) for record in self.new_records()]
        sent = row.expected("python").items()
        expected = [
            each.record(signal, self.places) for signal, each in sent if each is not NOTHING
        ]
        self.assertCountEqual(got, expected)

    def check_otelctl(self, signal, command, row, environment):
        sent = row.expected("otelctl")[signal]
        status = 2 if sent is NOTHING else 0
        done = self.otelctl(*command, environment=environment, status=status)
        got = [comparable(record, sent) for record in self.new_records()]
        if sent is NOTHING:
            self.assertEqual(got, [])
            self.assertIn(row.says, done.stderr)
        else:
            self.assertNotEqual(got, [])
            for record in got:
                self.assertEqual(record, sent.record(signal, self.places))

    def check_rows(self, rows):
        for row in rows:
            environment = self.filled(row.environment)
            with self.subTest(row=row.name, who="python", because=row.because):
                self.check_python(row, environment)
            for signal in row.signals:
                commands = [["test-connection", "--signal", signal]]
                if signal == "traces":
                    commands.append(["send-spans", "--traces", 1])
                for command in commands:
                    with self.subTest(row=row.name, who=command[0], signal=signal):
                        self.check_otelctl(signal, command, row, environment)

    def test_rows_that_differ_say_why(self):
        for rows in (value for value in vars(environment_rows).values() if isinstance(value, list)):
            for row in rows:
                differs = row.python is not ... and row.python != row.otelctl
                with self.subTest(row=row.name):
                    self.assertEqual(differs, row.python is not ...)
                    self.assertTrue(row.because or not differs)
                    self.assertTrue(row.says or row.otelctl is not NOTHING)

    def test_endpoints_by_http(self):
        self.check_rows(environment_rows.ENDPOINTS_BY_HTTP)

    def test_endpoints_by_grpc(self):
        self.check_rows(environment_rows.ENDPOINTS_BY_GRPC)

    def test_protocols(self):
        self.check_rows(environment_rows.PROTOCOLS)

    def test_headers(self):
        self.check_rows(environment_rows.HEADERS)

    def test_compressions(self):
        self.check_rows(environment_rows.COMPRESSIONS)

    def test_tls(self):
        self.check_rows(environment_rows.WITH_TLS)

    def test_the_timeout_is_milliseconds(self):
        """3,000,000 are 50 minutes by the specification; Python takes seconds, 34 days."""
        for variable in ("TIMEOUT", "TRACES_TIMEOUT"):
            with self.subTest(variable=variable):
                environment = self.filled(grpc(ENDPOINT="http://{grpc}", **{variable: "3000000"}))
                self.otelctl("send-spans", environment=environment)
                (by_otelctl,) = self.new_records()
                self.run_sdk(environment, ["traces"])
                (by_python,) = self.new_records()
                self.assertLessEqual(by_otelctl["seconds_left"], 3000)
                self.assertGreater(by_otelctl["seconds_left"], 300)
                self.assertGreater(by_python["seconds_left"], 3000)

    def resources(self, environment):
        """The resource attributes that Python and that otelctl sends, of every signal."""
        environment = self.filled(http(ENDPOINT="http://{http}")) | environment
        self.run_sdk(environment, SIGNALS)
        by_python = [record["resource"] for record in self.new_records()]
        self.otelctl("send-spans", "--scenario", "simple", environment=environment)
        self.otelctl("test-connection", "--signal", "all", environment=environment)
        # An empty request has no resource.
        sent = [record["resource"] for record in self.new_records()]
        by_otelctl = [resource for resource in sent if resource is not None]
        self.assertEqual((len(by_python), len(by_otelctl)), (3, 4))
        return by_python, by_otelctl

    def check_resource(self, expected, **environment):
        with self.subTest(environment=environment):
            for resources in self.resources(environment):
                for got in resources:
                    self.assertEqual(got | expected, got)

    def test_resource(self):
        self.check_resource({"service.name": "checkout"}, OTEL_SERVICE_NAME="checkout")
        self.check_resource(
            {"service.name": "pay", "team": "blue"},
            OTEL_RESOURCE_ATTRIBUTES="service.name=pay,team=blue",
        )
        self.check_resource(
            {"service.name": "checkout", "team": "blue"},
            OTEL_SERVICE_NAME="checkout",
            OTEL_RESOURCE_ATTRIBUTES="team=blue,service.name=pay",
        )
        self.check_resource(
            {"a": "x,y=z %", "b": "1=2", "c": "\u00fc", "d": ""},
            OTEL_RESOURCE_ATTRIBUTES="a=x%2Cy%3Dz%20%25, b = 1=2 ,c=%C3%BC,d=",
        )
        self.check_resource(
            {"service.name": "pay"},
            OTEL_SERVICE_NAME="",
            OTEL_RESOURCE_ATTRIBUTES="service.name=pay",
        )
        self.check_resource({"count": "3"}, OTEL_RESOURCE_ATTRIBUTES="count=3")

    def test_escapes_in_a_resource_key(self):
        """The specification encodes ',' and '=' in keys too; Python decodes values alone."""
        by_python, by_otelctl = self.resources({"OTEL_RESOURCE_ATTRIBUTES": "a%3Db=1"})
        self.assertEqual([got.get("a%3Db") for got in by_python], ["1"] * 3)
        self.assertEqual([got.get("a=b") for got in by_otelctl], ["1"] * 4)

    def test_a_resource_that_cannot_be_read(self):
        """By the specification all of it is void. Python drops the item; otelctl sends nothing."""
        environment = self.filled(http(ENDPOINT="http://{http}"))
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=blue,broken"
        self.run_sdk(environment, ["traces"])
        (by_python,) = self.new_records()
        self.assertEqual(by_python["resource"]["team"], "blue")
        done = self.otelctl("send-spans", environment=environment, status=2)
        self.assertIn("OTEL_RESOURCE_ATTRIBUTES: item 2", done.stderr)
        self.assertEqual(self.new_records(), [])


if __name__ == "__main__":
    main("python", program="openssl")
