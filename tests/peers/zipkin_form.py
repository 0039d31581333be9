# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What is left of a span of spans.py once it has been in Zipkin.

Times are whole microseconds, and no duration is shorter than one. Names of spans and services are in
lower case. Tags are texts, and the resource's attributes are among them, but for the service's name;
those of the span win. All else is kept: by tags and annotations of OpenTelemetry's mapping to
Zipkin, which otelctl reads back, and ports in Zipkin's endpoints.
"""

import json

MICROSECOND = 1000
# Of a peer: Zipkin has a service's name there.
IN_LOWER_CASE = ("peer.service",)


def rounded(nanoseconds):
    return (nanoseconds + MICROSECOND // 2) // MICROSECOND * MICROSECOND


def tag_text(text):
    """An attribute's value, which is JSON text, as a tag has it."""
    value = json.loads(text)
    if isinstance(value, str):
        return text
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dict) and list(value) == ["base64"]:
        return json.dumps(value["base64"])
    return json.dumps(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def as_tags(attributes, is_from_collector):
    tags = {key: tag_text(text) for key, text in attributes.items()}
    tags |= {key: tags[key].lower() for key in IN_LOWER_CASE if key in tags}
    # Endpoints have ports as numbers. The local one has at least the service's name.
    has_peer = "peer.service" in tags or "net.peer.ip" in tags
    tags |= {key: json.loads(tags[key]) for key in ports(has_peer) if key in tags}
    if is_from_collector and not has_peer:
        # Its exporter wants a name or an address for the endpoint, and leaves the port out.
        tags.pop("net.peer.port", None)
    return tags


def ports(has_peer):
    return ("net.host.port", "net.peer.port") if has_peer else ("net.host.port",)


def as_zipkin_has_it(span, is_from_collector=False):
    resource = {key: text for key, text in span["resource"].items() if key != "service.name"}
    service = span["service"].lower()
    events = [event | {"time_ns": rounded(event["time_ns"])} for event in span["events"]]
    return span | {
        "name": span["name"].lower(),
        "service": service,
        "resource": {"service.name": json.dumps(service)},
        "attributes": as_tags(resource | span["attributes"], is_from_collector),
        "start_ns": rounded(span["start_ns"]),
        "duration_ns": max(rounded(span["duration_ns"]), MICROSECOND),
        "events": sorted(events, key=lambda event: (event["time_ns"], event["name"])),
    }
