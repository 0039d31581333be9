# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""A Collector receives of every scenario exactly what the ledger says and the dry run shows."""

import otlp_records
from spans import recently
from support import PeerTest, main

PROTOCOLS = ("grpc", "http/protobuf", "http/json")
SEED = 20260104
# The last option takes the time of the first record.
COMMANDS = {
    "traces": ("send-spans", "--traces", 6, "--batch", 64, "--start"),
    # Several passes, in requests that end in the middle of one.
    "metrics": ("send-metrics", "--count", 150, "--batch", 40, "--time"),
    "logs": ("send-logs", "--count", 150, "--batch", 40, "--time"),
}


class CollectorScenarios(PeerTest):
    def scenarios(self, signal):
        listed = self.otelctl_json("scenarios")["scenarios"]
        names = [scenario["name"] for scenario in listed if signal in scenario["signals"]]
        self.assertGreater(len(names), 0)
        return names

    def check(self, signal, protocol):
        collector = self.start_collector()
        connection = ("--endpoint", collector.endpoint(protocol), "--protocol", protocol)
        seen = 0
        for name in self.scenarios(signal):
            with self.subTest(scenario=name, protocol=protocol):
                command = (*COMMANDS[signal], recently(), "--scenario", name, "--seed", SEED)
                expected = otlp_records.multiset(self.otelctl(*command, "--dry-run").stdout)
                ledger = self.otelctl_json(*command, *connection)
                self.assertEqual(ledger["signal"], signal)
                self.assertEqual(ledger["generated"], expected.total())
                self.assertEqual(ledger["accepted"], ledger["generated"])
                self.assertEqual((ledger["rejected"], ledger["failed"]), (0, 0))
                whole = self.read_file(
                    collector,
                    lambda text: otlp_records.count(text[seen:]) >= ledger["accepted"],
                )
                written = otlp_records.multiset(whole[seen:])
                seen = len(whole)
                self.assertEqual(written - expected, {}, "not sent, but received")
                self.assertEqual(expected - written, {}, "sent, but not received")


def add_tests():
    """One for each signal and protocol."""
    for signal in COMMANDS:
        for protocol in PROTOCOLS:

            def test(self, signal=signal, protocol=protocol):
                self.check(signal, protocol)

            name = f"test_{signal}_by_{protocol.replace('/', '_')}"
            setattr(CollectorScenarios, name, test)


add_tests()

if __name__ == "__main__":
    main("collector")
