# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`test-connection` tells Jaeger's OTLP ports from its others, and traces from what it refuses."""

from connection import PROTOCOLS, SIGNALS, WAYS, failed_stages
from support import PeerTest, main


class ConnectionJaeger(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jaeger = cls.start_jaeger()

    def probe(self, address, *arguments, status):
        report = self.otelctl_json(
            "test-connection", "--endpoint", f"http://{address}", *arguments, status=status
        )
        self.assertEqual(report["schema"], "otelctl.probe/1")
        self.assertEqual(report["result"]["exit_code"], status)
        self.assertEqual(report["result"]["ok"], status == 0)
        self.assertEqual(report["result"]["hint"] != "", status != 0)
        return report

    def check_wrong_port(self, address, protocol):
        for signal in SIGNALS:
            with self.subTest(protocol=protocol, signal=signal):
                arguments = ["--protocol", protocol, "--signal", signal]
                report = self.probe(address, *arguments, status=5)
                self.assertNotEqual(failed_stages(report), [])
                self.assertNotIn("tcp", failed_stages(report))

    def test_traces(self):
        for protocol, way in WAYS:
            with self.subTest(way=way):
                report = self.probe(self.jaeger.address(protocol), *way, status=0)
                self.assertEqual(failed_stages(report), [])

    def test_metrics_and_logs_are_not_taken(self):
        for protocol, way in WAYS:
            for signal in ("metrics", "logs"):
                with self.subTest(way=way, signal=signal):
                    address = self.jaeger.address(protocol)
                    report = self.probe(address, *way, "--signal", signal, status=5)
                    self.assertEqual(failed_stages(report), ["export"])

    def test_jaeger_takes_traces_alone(self):
        for protocol, way in WAYS:
            with self.subTest(way=way):
                address = self.jaeger.address(protocol)
                report = self.probe(address, *way, "--signal", "all", status=5)
                exports = [stage for stage in report["stages"] if stage["name"] == "export"]
                verdicts = {stage["facts"]["signal"]: stage["status"] for stage in exports}
                self.assertEqual(verdicts, {"traces": "ok", "metrics": "fail", "logs": "fail"})

    def test_the_ui(self):
        for protocol in PROTOCOLS:
            self.check_wrong_port(self.jaeger.query, protocol)

    def test_the_query_service(self):
        for protocol in PROTOCOLS:
            self.check_wrong_port(self.jaeger.query_grpc, protocol)

    def test_the_otlp_port_of_the_other_protocol(self):
        for protocol in PROTOCOLS:
            other = self.jaeger.http if protocol == "grpc" else self.jaeger.grpc
            self.check_wrong_port(other, protocol)


if __name__ == "__main__":
    main("jaeger")
