# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Records of OTLP JSON lines, whichever signal, in a form in which two writers' can be compared.

A record (a span, a data point, a log record) is JSON text with everything that it stands in, so
that many of them make a multiset. Attributes keep their order, their values types and digits.
"""

import collections
import json

# Here empty or zero says something else than nothing.
CHOSEN = (
    *("stringValue", "bytesValue", "arrayValue", "kvlistValue"),
    *("asInt", "asDouble", "sum", "min", "max"),
)
DATA = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")


def plain(value):
    """Without what means the same as nothing, which one writer leaves out and another does not."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        members = {key: plain(item) for key, item in value.items()}
        return {
            key: item
            for key, item in members.items()
            if key in CHOSEN or item not in ("", {}, [], None)
        }
    return value


def value_text(value):
    """JSON in which 1 and 1.0 are one number, as a double's digits are the writer's choice."""
    if isinstance(value, dict):
        return {
            key: float(item) if key == "doubleValue" else value_text(item)
            for key, item in value.items()
        }
    return [value_text(item) for item in value] if isinstance(value, list) else value


def numbers(record):
    """64-bit integers may be numbers or strings, zeros may be left out."""
    return {
        key: item for key, item in record.items() if key in CHOSEN or item not in (0, "0", False)
    }


def entry_of(holder, lists):
    """What an entry says besides the list in it."""
    return {key: item for key, item in holder.items() if key not in lists}


def points_of(metric):
    for data in DATA:
        if data in metric:
            own = entry_of(metric, (data,)) | {data: entry_of(metric[data], ("dataPoints",))}
            for point in metric[data].get("dataPoints", []):
                yield own, point


def records_of(document):
    """Each record of a TracesData, MetricsData or LogsData: (what it stands in, itself)."""
    for signal, scopes, items in (
        ("resourceSpans", "scopeSpans", "spans"),
        ("resourceMetrics", "scopeMetrics", "metrics"),
        ("resourceLogs", "scopeLogs", "logRecords"),
    ):
        for resource in document.get(signal, []):
            for scope in resource.get(scopes, []):
                around = [entry_of(resource, (scopes,)), entry_of(scope, (items,))]
                for item in scope.get(items, []):
                    if items != "metrics":
                        yield around, item
                        continue
                    for metric, point in points_of(item):
                        yield [*around, metric], point


def canonical(around, record):
    return json.dumps(value_text(plain([*around, numbers(record)])), sort_keys=True)


def documents(text):
    """Those of JSON lines. Not splitlines(): strings may hold line ends that only Unicode has."""
    return [json.loads(line) for line in text.split("\n") if line]


def multiset(text):
    """All records of OTLP JSON lines, each with how often it is there."""
    return collections.Counter(
        canonical(around, record)
        for document in documents(text)
        for around, record in records_of(document)
    )


def count(text):
    return sum(1 for document in documents(text) for _ in records_of(document))
