# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Sends every kind of instrument and log records of several severities.

usage: send_metrics_and_logs.py grpc|http/protobuf ENDPOINT

Prints JSON: how many data points and log records were exported.
"""

import json
import sys
import time

from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.grpc import _log_exporter as grpc_logs
from opentelemetry.exporter.otlp.proto.grpc import metric_exporter as grpc_metrics
from opentelemetry.exporter.otlp.proto.http import _log_exporter as http_logs
from opentelemetry.exporter.otlp.proto.http import metric_exporter as http_metrics
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import (
    InMemoryLogRecordExporter,
    LogRecordExportResult,
    SimpleLogRecordProcessor,
)
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, MetricExportResult
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View


def metric_exporter(protocol, endpoint):
    if protocol == "grpc":
        return grpc_metrics.OTLPMetricExporter(endpoint=endpoint, insecure=True, timeout=10)
    return http_metrics.OTLPMetricExporter(endpoint=endpoint + "/v1/metrics", timeout=10)


def log_exporter(protocol, endpoint):
    if protocol == "grpc":
        return grpc_logs.OTLPLogExporter(endpoint=endpoint, insecure=True, timeout=10)
    return http_logs.OTLPLogExporter(endpoint=endpoint + "/v1/logs", timeout=10)


def record_metrics():
    reader = InMemoryMetricReader()
    exponential = View(
        instrument_name="exponential", aggregation=ExponentialBucketHistogramAggregation()
    )
    provider = MeterProvider(metric_readers=[reader], views=[exponential])
    meter = provider.get_meter("otelctl.peers")
    counter = meter.create_counter("counter", unit="1")
    counter.add(1, {"color": "red"})
    counter.add(2, {"color": "blue"})
    meter.create_up_down_counter("up_down").add(-3)
    meter.create_gauge("gauge").set(0.5)
    for name in ("histogram", "exponential"):
        histogram = meter.create_histogram(name, unit="ms")
        histogram.record(1.5)
        histogram.record(250)
    return reader.get_metrics_data()


def record_logs():
    kept = InMemoryLogRecordExporter()
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(kept))
    logger = provider.get_logger("otelctl.peers")
    bodies = ("text", {"nested": {"list": [1, 2.5, True]}}, ["a", 1], 7)
    severities = ("DEBUG", "INFO", "WARN", "FATAL")
    for body, severity in zip(bodies, severities, strict=True):
        logger.emit(
            LogRecord(
                timestamp=time.time_ns(),
                severity_number=SeverityNumber[severity],
                severity_text=severity,
                body=body,
                attributes={"attempt": 1},
            )
        )
    return kept.get_finished_logs()


def count_points(data):
    return sum(
        len(metric.data.data_points)
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    )


def main():
    protocol, endpoint = sys.argv[1:]
    metrics, logs = record_metrics(), record_logs()
    if metric_exporter(protocol, endpoint).export(metrics) is not MetricExportResult.SUCCESS:
        sys.exit("the SDK could not export its metrics")
    if log_exporter(protocol, endpoint).export(logs) is not LogRecordExportResult.SUCCESS:
        sys.exit("the SDK could not export its logs")
    print(json.dumps({"data_points": count_points(metrics), "log_records": len(logs)}))


if __name__ == "__main__":
    main()
