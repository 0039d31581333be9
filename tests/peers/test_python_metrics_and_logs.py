# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`otelctl serve` takes the metrics and logs of the Python SDK and counts them exactly."""

from support import PeerTest, get_json, main


class PythonMetricsAndLogs(PeerTest):
    def check(self, protocol):
        serve = self.start_serve()
        sent = self.run_python("send_metrics_and_logs.py", protocol, serve.endpoint(protocol))
        self.assertEqual(sent, {"data_points": 6, "log_records": 4})
        stats = get_json(serve.query_url() + "/stats")
        self.assertEqual(stats["schema"], "otelctl.stats/1")
        accepted = {"requests": 1, "rejected": 0}
        self.assertEqual(stats["metrics"], accepted | {"accepted": 6})
        self.assertEqual(stats["logs"], accepted | {"accepted": 4})
        self.assertEqual(stats["traces"]["requests"], 0)

    def test_by_grpc(self):
        self.check("grpc")

    def test_by_http_protobuf(self):
        self.check("http/protobuf")


if __name__ == "__main__":
    main("python")
