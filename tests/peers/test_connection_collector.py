# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`test-connection` against a Collector: open, and one that wants a user and a password."""

import base64
import json

from support import PeerTest, main


def basic(credentials):
    return ["--header", "authorization=Basic " + base64.b64encode(credentials.encode()).decode()]


class ConnectionCollector(PeerTest):
    def probe(self, collector, protocol, *arguments, status):
        """Checks the verdict of test-connection; returns what it printed."""
        target = ["--endpoint", collector.endpoint(protocol), "--protocol", protocol]
        printed = self.otelctl(
            "test-connection", *target, *arguments, "--format", "json", status=status
        ).stdout
        self.assertEqual(json.loads(printed)["result"]["exit_code"], status)
        return printed

    def test_open(self):
        collector = self.start_collector()
        for protocol in ("grpc", "http/protobuf"):
            for signal in ("traces", "metrics", "logs"):
                with self.subTest(protocol=protocol, signal=signal):
                    self.probe(collector, protocol, "--signal", signal, status=0)

    def test_with_basic_authentication(self):
        collector = self.start_collector("collector-basicauth.yaml")
        for protocol in ("grpc", "http/protobuf"):
            with self.subTest(protocol=protocol, header="none"):
                self.probe(collector, protocol, status=4)
            with self.subTest(protocol=protocol, header="wrong"):
                refused = self.probe(collector, protocol, *basic("otelctl:guess"), status=4)
                self.assertNotIn(basic("otelctl:guess")[1].split()[-1], refused)
            with self.subTest(protocol=protocol, header="right"):
                accepted = self.probe(collector, protocol, *basic("otelctl:secret"), status=0)
                self.assertNotIn(basic("otelctl:secret")[1].split()[-1], accepted)

    def test_a_refusal_is_the_status_of_send_spans_too(self):
        collector = self.start_collector("collector-basicauth.yaml")
        for protocol in ("grpc", "http/protobuf"):
            with self.subTest(protocol=protocol):
                target = ["--endpoint", collector.endpoint(protocol), "--protocol", protocol]
                ledger = self.otelctl_json("send-spans", "--traces", 2, *target, status=4)
                self.assertEqual(ledger["accepted"], 0)
                self.assertEqual(ledger["failed"], ledger["generated"])


if __name__ == "__main__":
    main("collector")
