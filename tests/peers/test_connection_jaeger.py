# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`test-connection` tells Jaeger's OTLP ports from its other ports."""

from support import PeerTest, main


class ConnectionJaeger(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jaeger = cls.start_jaeger()

    def probe(self, address, protocol, status):
        arguments = ["--endpoint", f"http://{address}", "--protocol", protocol]
        report = self.otelctl_json("test-connection", *arguments, status=status)
        self.assertEqual(report["schema"], "otelctl.probe/1")
        self.assertEqual(report["result"]["exit_code"], status)
        self.assertEqual(report["result"]["ok"], status == 0)
        failed = [stage["name"] for stage in report["stages"] if stage["status"] == "fail"]
        return report, failed

    def check_wrong_port(self, address, protocol):
        report, failed = self.probe(address, protocol, status=5)
        self.assertNotEqual(failed, [])
        self.assertNotIn("tcp", failed)
        self.assertNotEqual(report["result"]["hint"], "")

    def test_grpc(self):
        self.assertEqual(self.probe(self.jaeger.grpc, "grpc", status=0)[1], [])

    def test_http_protobuf(self):
        self.assertEqual(self.probe(self.jaeger.http, "http/protobuf", status=0)[1], [])

    def test_jaeger_takes_traces_alone(self):
        for protocol in ("grpc", "http/protobuf"):
            endpoint = ["--endpoint", self.jaeger.endpoint(protocol), "--protocol", protocol]
            report = self.otelctl_json("test-connection", "--signal", "all", *endpoint, status=5)
            exports = [stage for stage in report["stages"] if stage["name"] == "export"]
            verdicts = {stage["facts"]["signal"]: stage["status"] for stage in exports}
            self.assertEqual(verdicts, {"traces": "ok", "metrics": "fail", "logs": "fail"})

    def test_http_protobuf_to_the_ui(self):
        self.check_wrong_port(self.jaeger.query, "http/protobuf")

    def test_grpc_to_the_ui(self):
        self.check_wrong_port(self.jaeger.query, "grpc")

    def test_grpc_to_the_query_service(self):
        self.check_wrong_port(self.jaeger.query_grpc, "grpc")

    def test_grpc_to_the_http_port(self):
        self.check_wrong_port(self.jaeger.http, "grpc")

    def test_http_protobuf_to_the_grpc_port(self):
        self.check_wrong_port(self.jaeger.grpc, "http/protobuf")


if __name__ == "__main__":
    main("jaeger")
