# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Exports a span, a data point and a log record as the OTEL_* variables of its environment say.

usage: export_by_environment.py

Only the signals whose OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER are `otlp`.
Prints JSON: {"refused": why the SDK could not be set up, or ""}.
"""

import json

from opentelemetry import _logs, metrics, trace
from opentelemetry._logs import LogRecord
from opentelemetry.sdk._configuration import _OTelSDKConfigurator


def main():
    try:
        _OTelSDKConfigurator().configure()
    # Whatever the SDK raises for a variable that it cannot use is the result.
    except Exception as error:  # noqa: BLE001
        print(json.dumps({"refused": f"{type(error).__name__}: {error}"}))
        return
    trace.get_tracer("otelctl.peers").start_span("by environment").end()
    metrics.get_meter("otelctl.peers").create_counter("by.environment").add(1)
    _logs.get_logger("otelctl.peers").emit(LogRecord(body="by environment"))
    trace.get_tracer_provider().shutdown()
    metrics.get_meter_provider().shutdown()
    _logs.get_logger_provider().shutdown()
    print(json.dumps({"refused": ""}))


if __name__ == "__main__":
    main()
