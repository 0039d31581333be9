# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the rows of environment_rows.py are made of.

In values and in what is expected {http}, {grpc}, {https}, {grpcs}, {https_client}, {grpcs_client}
stand for addresses of the recording server, {http_port} and so on for the ports in them, {ca},
{other_ca}, {cert}, {key} for files; in paths {signal} stands for traces, metrics, logs.
"""

import dataclasses

PREFIX = "OTEL_EXPORTER_OTLP_"
SIGNALS = ("traces", "metrics", "logs")
GRPC_PATHS = {
    "traces": "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    "metrics": "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    "logs": "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
}


@dataclasses.dataclass(frozen=True)
class Sent:
    """What arrives: where, by which path, with which headers beside the transport's own."""

    to: str = "http"
    path: str = "/v1/{signal}"
    headers: dict = dataclasses.field(default_factory=dict)
    authority: str = ""  # "" is the address of `to`
    content_type: str = "application/x-protobuf"
    encoding: str = "identity"
    client: str = ""  # the common name of the client's certificate

    def record(self, signal, addresses):
        """As test_environment_python.py has what the recording server wrote."""
        is_grpc = self.to.startswith("grpc")
        return {
            "transport": self.to,
            "authority": self.authority.format(**addresses) or addresses[self.to],
            "path": GRPC_PATHS[signal] if is_grpc else self.path.format(signal=signal),
            "headers": sorted(self.headers.items()),
            "content_type": "application/grpc" if is_grpc else self.content_type,
            "encoding": self.encoding,
            "client": self.client,
        }


# What an exporter does that refuses its environment.
NOTHING = None


@dataclasses.dataclass(frozen=True)
class Row:
    """One environment, and what it makes exporters send.

    `otelctl` is what otelctl sends, `python` what the SDK sends where that is something else, and
    then `because` says why; a dict where the signals differ. Where otelctl sends NOTHING, its
    message holds `says`.
    """

    name: str
    environment: dict
    otelctl: object
    python: object = ...
    because: str = ""
    says: str = ""
    signals: tuple = SIGNALS

    def expected(self, who):
        """What is expected for each signal."""
        sent = self.python if who == "python" and self.python is not ... else self.otelctl
        return {signal: sent[signal] if isinstance(sent, dict) else sent for signal in self.signals}


def variables(protocol, **values):
    """The general variables, and with a first word of TRACES, METRICS or LOGS those of a signal."""
    return {PREFIX + "PROTOCOL": protocol} | {PREFIX + key: value for key, value in values.items()}


def http(**values):
    return variables("http/protobuf", **values)


def grpc(**values):
    return variables("grpc", **values)
