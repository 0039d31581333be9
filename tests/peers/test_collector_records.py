# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What `send-metrics` and `send-logs` send comes out of a Collector as the dry run says."""

import json

from support import PeerTest, main, wait_until

START, TIME = "2026-08-20T09:00:00Z", "2026-08-20T10:00:00Z"
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
ATTRIBUTES = ("--attribute", "try:int=1", "--attribute", "ok:bool=false")
COMMON = ("--time", TIME, "--service", "ci", *ATTRIBUTES)
COMMANDS = (
    ("send-metrics", *COMMON),
    ("send-metrics", *COMMON, "--kind", "counter", "--value", "0.5", "--unit", "s"),
    ("send-metrics", *COMMON, "--kind", "up-down-counter", "--value", "-3", "--start", START),
    ("send-logs", *COMMON),
    ("send-logs", *COMMON, "--severity", "24", "--body", 'a "b"\n\u65e5\u672c'),
    ("send-logs", *COMMON, "--traceparent", f"00-{TRACE}-{SPAN}-01"),
)


def without_empty(value):
    """A Collector writes some empty fields that JSON may leave out."""
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    if isinstance(value, dict):
        return {key: without_empty(item) for key, item in value.items() if item not in ("", {})}
    return value


class CollectorRecords(PeerTest):
    def lines(self, collector, count):
        def written():
            text = collector.file.read_text() if collector.file.exists() else ""
            lines = text.split("\n")[:-1]  # the last one is empty or half written
            return lines if len(lines) >= count else None

        return wait_until(written, f"the Collector has written {count} lines")

    def check(self, protocol):
        collector = self.start_collector("collector-records.yaml")
        expected = []
        for command in COMMANDS:
            expected.append(json.loads(self.otelctl(*command, "--dry-run").stdout))
            connection = ("--endpoint", collector.endpoint(protocol), "--protocol", protocol)
            ledger = self.otelctl_json(*command, *connection)
            self.assertEqual((ledger["generated"], ledger["accepted"]), (1, 1))
            written = self.lines(collector, len(expected))
            self.assertEqual(len(written), len(expected))
            self.assertEqual(without_empty(json.loads(written[-1])), expected[-1])

    def test_by_grpc(self):
        self.check("grpc")

    def test_by_http_protobuf(self):
        self.check("http/protobuf")

    def test_by_http_json(self):
        self.check("http/json")


main("collector")
