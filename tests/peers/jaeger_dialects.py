# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The paths of Jaeger's query APIs, and what the legacy one leaves of a span of spans.py."""

import json


def is_api(path):
    return path.startswith("/api/")


def is_v3(path):
    return path.startswith("/api/v3/")


def is_legacy_search(path):
    return is_api(path) and not is_v3(path) and not path.startswith("/api/traces/")


def as_legacy(span):
    """Whole microseconds, of lists their JSON text, of links no attributes.

    It has the service's name apart from the attributes of the process.
    """
    events = [
        event
        | {"time_ns": event["time_ns"] // 1000, "attributes": scalar_texts(event["attributes"])}
        for event in span["events"]
    ]
    resource = {key: text for key, text in span["resource"].items() if key != "service.name"}
    return span | {
        "start_ns": span["start_ns"] // 1000,
        "duration_ns": span["duration_ns"] // 1000,
        "resource": scalar_texts(resource),
        "attributes": scalar_texts(span["attributes"]),
        "events": events,
        "links": [link | {"attributes": {}} for link in span["links"]],
    }


def scalar_texts(attributes):
    return {key: scalar_text(text) for key, text in attributes.items()}


def scalar_text(text):
    value = json.loads(text)
    if isinstance(value, list):
        return json.dumps(json.dumps(value, separators=(",", ":"), ensure_ascii=False))
    return text
