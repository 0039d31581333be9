# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The canary of `test-connection` comes out of a Collector: one record, marked, of each signal."""

import json

from connection import SIGNALS, WAYS, ConnectionTest
from support import main

# Where OTLP has the resources, the scopes and the records of a signal.
LEVELS = {
    "traces": ("resourceSpans", "scopeSpans", "spans"),
    "metrics": ("resourceMetrics", "scopeMetrics", "metrics"),
    "logs": ("resourceLogs", "scopeLogs", "logRecords"),
}
MARK = {"otelctl.canary": {"boolValue": True}}


def attributes(holder):
    return {each["key"]: each["value"] for each in holder.get("attributes", [])}


def records(text, signal):
    """The records of a signal in a Collector's file, each with the attributes of its resource."""
    resources, scopes, kind = LEVELS[signal]
    return [
        (attributes(resource["resource"]), record)
        for line in text.splitlines()
        for resource in json.loads(line).get(resources, [])
        for scope in resource[scopes]
        for record in scope[kind]
    ]


def everything(text):
    return {signal: records(text, signal) for signal in SIGNALS}


def has_each(text):
    return all(everything(text).values())


class ConnectionCanary(ConnectionTest):
    def check_canaries(self, report, found, resource):
        """One record a signal, as test-connection has told, of a resource with these attributes."""
        for signal, got in found.items():
            with self.subTest(signal=signal):
                self.assertEqual(len(got), 1, got)
                self.assertEqual(got[0][0] | resource, got[0][0])
        span, metric, log = (found[signal][0][1] for signal in SIGNALS)
        exports = {
            stage["facts"]["signal"]: stage["facts"]
            for stage in report["stages"]
            if stage["name"] == "export"
        }
        self.assertEqual(span["name"], "otelctl canary")
        self.assertEqual(attributes(span), MARK)
        self.assertEqual(span["traceId"], exports["traces"]["trace_id"])
        self.assertGreater(int(span["endTimeUnixNano"]), int(span["startTimeUnixNano"]))
        self.assertEqual(metric["name"], "otelctl.canary")
        (point,) = metric["gauge"]["dataPoints"]
        self.assertEqual(attributes(point), MARK)
        self.assertEqual(log["body"], {"stringValue": "otelctl canary"})
        self.assertEqual(attributes(log), MARK)

    def send(self, collector, protocol, way, *arguments, environment=None):
        """Lets the canary out; returns the report, and what the Collector then has."""
        target = ["--endpoint", collector.endpoint(protocol), *way, "--signal", "all"]
        command = ["test-connection", *target, *arguments]
        report = self.otelctl_json(*command, environment=environment)
        return report, everything(self.read_file(collector, has_each))

    def test_every_way(self):
        for protocol, way in WAYS:
            with self.subTest(way=way):
                collector = self.start_collector()
                report, found = self.send(collector, protocol, way)
                service = {"service.name": {"stringValue": "otelctl-canary"}}
                self.check_canaries(report, found, service)
                collector.process.stop()

    def test_of_a_named_service(self):
        resource = {"service.name": "checkout", "team": "blue"}
        flags = ["--service", "checkout", "--resource", "team=blue"]
        variables = {"OTEL_SERVICE_NAME": "checkout", "OTEL_RESOURCE_ATTRIBUTES": "team=blue"}
        expected = {key: {"stringValue": value} for key, value in resource.items()}
        for arguments, environment in ((flags, None), ([], variables)):
            with self.subTest(arguments=arguments):
                collector = self.start_collector()
                report, found = self.send(collector, *WAYS[0], *arguments, environment=environment)
                self.check_canaries(report, found, expected)

    def test_none_with_no_send(self):
        """What came first would stand in the file first."""
        collector = self.start_collector()
        endpoint = collector.endpoint("grpc")
        self.otelctl("test-connection", "--endpoint", endpoint, "--signal", "all", "--no-send")
        report, found = self.send(collector, *WAYS[0])
        self.check_canaries(report, found, {})


if __name__ == "__main__":
    main("collector")
