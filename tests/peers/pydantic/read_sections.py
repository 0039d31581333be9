# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Reads YAML files as an application in Python does: with PyYAML, then with AgentMap's model.

usage: read_sections.py FILE

FILE holds a JSON object of texts by name. Prints a JSON object: for each name `yaml` and `model`,
true where the text was taken. The model is that of AgentMap's plan, key by key.
"""

import enum
import json
import pathlib
import sys

import pydantic
import yaml


class SamplerType(str, enum.Enum):
    ALWAYS_ON = "always_on"
    ALWAYS_OFF = "always_off"
    TRACEIDRATIO = "traceidratio"
    PARENTBASED_TRACEIDRATIO = "parentbased_traceidratio"


class Sampler(pydantic.BaseModel):
    type: SamplerType = SamplerType.PARENTBASED_TRACEIDRATIO
    ratio: float = pydantic.Field(1.0, ge=0.0, le=1.0)


class Tracing(pydantic.BaseModel):
    enabled: bool = True
    sampler: Sampler = Sampler()
    propagators: list[str] = ["tracecontext", "baggage"]


class Metrics(pydantic.BaseModel):
    enabled: bool = True
    export_interval_ms: int = 60000


class Logging(pydantic.BaseModel):
    enabled: bool = True
    inject_trace_context: bool = True


class Otlp(pydantic.BaseModel):
    enabled: bool = False
    endpoint: str = "http://localhost:4317"
    headers: dict[str, str] = {}
    compression: str = "gzip"
    timeout_ms: int = 10000


class Jaeger(pydantic.BaseModel):
    enabled: bool = False
    agent_host: str = "localhost"
    agent_port: int = 6831


class Prometheus(pydantic.BaseModel):
    enabled: bool = False
    port: int = 9464


class Console(pydantic.BaseModel):
    enabled: bool = False
    pretty_print: bool = True


class Exporters(pydantic.BaseModel):
    otlp: Otlp = Otlp()
    jaeger: Jaeger = Jaeger()
    prometheus: Prometheus = Prometheus()
    console: Console = Console()


class Instrumentation(pydantic.BaseModel):
    fastapi: bool = True
    requests: bool = True
    langchain: bool = True


class Telemetry(pydantic.BaseModel):
    enabled: bool = False
    service_name: str = "agentmap"
    service_version: str = "0.3.0"
    tracing: Tracing = Tracing()
    metrics: Metrics = Metrics()
    logging: Logging = Logging()
    exporters: Exporters = Exporters()
    resource_attributes: dict[str, str] = {}
    instrumentation: Instrumentation = Instrumentation()


def verdict(text):
    try:
        document = yaml.safe_load(text)
    # PyYAML lets ValueError through for dates and numbers that do not exist, and others.
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return {"yaml": False, "model": False}
    if not isinstance(document, dict) or "telemetry" not in document:
        return {"yaml": True, "model": False}
    try:
        Telemetry(**document["telemetry"])
    except (pydantic.ValidationError, TypeError):
        return {"yaml": True, "model": False}
    return {"yaml": True, "model": True}


def main():
    texts = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps({name: verdict(text) for name, text in texts.items()}))


if __name__ == "__main__":
    main()
