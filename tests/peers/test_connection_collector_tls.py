# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`test-connection` against a Collector that speaks TLS, and one that wants client certificates."""

from certificates import Authority
from connection import WAYS, ConnectionTest
from support import main

VARIABLE = "OTEL_EXPORTER_OTLP_"


class ConnectionCollectorTls(ConnectionTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority(cls.scratch, "authority")
        cls.stranger = Authority(cls.scratch, "stranger")
        cls.server = cls.authority.issue("server")
        cls.trust = ["--ca", cls.authority.ca_file]

    def start_tls(self, certificate, client_ca=""):
        environment = {
            "PEER_CERT": str(certificate.cert),
            "PEER_KEY": str(certificate.key),
            "PEER_CLIENT_CA": str(client_ca),
        }
        return self.start_collector("collector-tls.yaml", environment=environment)

    def check_failures(self, collector, stage, *arguments, status, says):
        """Fails in every way at that stage; send-spans ends with the same status."""
        scheme = "https://" if stage == "tls" else "http://"
        for protocol, way in WAYS:
            with self.subTest(way=way, arguments=arguments):
                endpoint = scheme + collector.address(protocol)
                result = self.check_failure(
                    stage, endpoint, *way, *arguments, status=status, says=says
                )
                self.assertIn(says, result["message"])
                target = ["--endpoint", endpoint, *way, *arguments, "--timeout", "2s"]
                self.otelctl("send-spans", *target, status=status)

    def check_refusals(self, says, *arguments):
        """A Collector that wants client certificates refuses; TLS or the export shows it."""
        collector = self.start_tls(self.server, client_ca=self.authority.ca_file)
        for protocol, way in WAYS:
            with self.subTest(way=way, arguments=arguments):
                endpoint = "https://" + collector.address(protocol)
                result = self.probe(endpoint, *way, *self.trust, *arguments, status=4)["result"]
                self.assertIn(says, result["message"])
                self.assertIn("--cert", result["hint"])
                target = ["--endpoint", endpoint, *way, *self.trust, *arguments]
                self.otelctl("send-spans", *target, "--timeout", "2s", status=4)

    def check_successes(self, collector, *arguments, environment=None):
        for protocol, way in WAYS:
            with self.subTest(way=way, arguments=arguments):
                endpoint = "https://" + collector.address(protocol)
                self.check_taken(endpoint, *way, *arguments, environment=environment)
                target = ["--endpoint", endpoint, *way, *arguments]
                self.otelctl("send-spans", *target, environment=environment)

    def test_tls(self):
        collector = self.start_tls(self.server)
        self.check_successes(collector, *self.trust)
        variable = {VARIABLE + "CERTIFICATE": str(self.authority.ca_file)}
        self.check_successes(collector, environment=variable)

    def test_by_name(self):
        collector = self.start_tls(self.server)
        for protocol, way in WAYS:
            with self.subTest(way=way):
                port = collector.address(protocol).rpartition(":")[2]
                self.check_taken(f"https://localhost:{port}", *way, *self.trust)

    def test_unknown_authority(self):
        collector = self.start_tls(self.server)
        self.check_failures(collector, "tls", status=3, says="authority")
        wrong = ["--ca", self.stranger.ca_file]
        self.check_failures(collector, "tls", *wrong, status=3, says="authority")

    def test_expired(self):
        collector = self.start_tls(self.authority.issue("expired", days=-1))
        self.check_failures(collector, "tls", *self.trust, status=3, says="expired")

    def test_another_name(self):
        named = self.authority.issue("elsewhere", "DNS:otel.example,DNS:*.otel.example")
        collector = self.start_tls(named)
        self.check_failures(collector, "tls", *self.trust, status=3, says="otel.example")

    def test_unverified_on_demand(self):
        collector = self.start_tls(self.authority.issue("elsewhere", "DNS:otel.example", days=-1))
        self.check_successes(collector, "--insecure-skip-verify")

    def test_client_certificate(self):
        collector = self.start_tls(self.server, client_ca=self.authority.ca_file)
        client = self.authority.issue("client")
        pair = ["--cert", client.cert, "--key", client.key]
        self.check_successes(collector, *self.trust, *pair)
        variables = {
            VARIABLE + "CERTIFICATE": str(self.authority.ca_file),
            VARIABLE + "CLIENT_CERTIFICATE": str(client.cert),
            VARIABLE + "CLIENT_KEY": str(client.key),
        }
        self.check_successes(collector, environment=variables)

    def test_without_a_client_certificate(self):
        self.check_refusals("demands a client certificate")

    def test_client_certificate_of_another_authority(self):
        client = self.stranger.issue("client")
        pair = ["--cert", client.cert, "--key", client.key]
        self.check_refusals("does not accept the client certificate", *pair)

    def test_tls_to_the_plaintext_ports(self):
        collector = self.start_collector()
        self.check_failures(collector, "tls", *self.trust, status=5, says="does not speak TLS")

    def test_plaintext_to_the_tls_ports(self):
        collector = self.start_tls(self.server)
        self.check_failures(collector, "export", status=5, says="speaks TLS")


if __name__ == "__main__":
    main("collector", program="openssl")
