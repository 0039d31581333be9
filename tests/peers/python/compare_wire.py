# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Compares a set of compiled .proto files with the official descriptors, by full names.

usage: compare_wire.py DESCRIPTOR_SET

Prints JSON: how much was compared, and the differences. What only the official files have is no
difference: otelctl may leave out what it has no use for. Nor is the file that a type stands in.
"""

import importlib
import json
import pathlib
import sys

import opentelemetry.proto
from google.protobuf import descriptor_pb2
from google.rpc import error_details_pb2, status_pb2

FIELD_KEYS = ("name", "type", "label", "type_name", "json_name", "proto3_optional")
METHOD_KEYS = ("input_type", "output_type", "client_streaming", "server_streaming")


class Schema:
    """What some files declare, by full name."""

    def __init__(self, files):
        self.messages, self.enums, self.services = {}, {}, {}
        for file in files:
            self._add(file)

    def _add(self, file):
        waiting = [(file.package, message) for message in file.message_type]
        self.enums |= {f"{file.package}.{enum.name}": enum for enum in file.enum_type}
        self.services |= {f"{file.package}.{service.name}": service for service in file.service}
        while waiting:
            scope, message = waiting.pop()
            name = f"{scope}.{message.name}"
            self.messages[name] = message
            self.enums |= {f"{name}.{enum.name}": enum for enum in message.enum_type}
            waiting.extend((name, nested) for nested in message.nested_type)


class Comparison:
    def __init__(self):
        self.counts = {"messages": 0, "fields": 0, "enum_values": 0, "methods": 0}
        self.differences = []

    def expect(self, where, what, ours, official):
        if ours != official:
            self.differences.append(f"{where}: {what} is {ours!r}, officially {official!r}")

    def pairs(self, ours, official):
        """Yields the keys that both have; a key that only we have is a difference."""
        for key in ours:
            if key in official:
                yield key, ours[key], official[key]
            else:
                self.differences.append(f"there is officially no {key}")


def official_modules():
    root = pathlib.Path(opentelemetry.proto.__path__[0])
    for file in sorted(root.rglob("*_pb2.py")):
        parts = file.relative_to(root).with_suffix("").parts
        yield importlib.import_module(".".join((opentelemetry.proto.__name__, *parts)))
    yield status_pb2
    yield error_details_pb2


def official_files():
    for module in official_modules():
        described = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(described)
        yield described


def compiled_files(path):
    described = descriptor_pb2.FileDescriptorSet()
    with open(path, "rb") as compiled:
        described.ParseFromString(compiled.read())
    return described.file


def oneof_name(message, field):
    if field.HasField("oneof_index"):
        return message.oneof_decl[field.oneof_index].name
    return ""


def is_packed(field):
    """Whether a repeated number is packed: [packed] says, otherwise proto3 packs."""
    return field.options.packed if field.options.HasField("packed") else True


def default_json_name(name):
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def field_value(field, key):
    # A runtime's copy of a descriptor may leave out a json_name that is only the default.
    if key == "json_name" and not field.json_name:
        return default_json_name(field.name)
    return getattr(field, key)


def compare_message(comparison, name, ours, official):
    def fields(message):
        return {f"field {field.number} in {name}": field for field in message.field}

    for _, field, counterpart in comparison.pairs(fields(ours), fields(official)):
        comparison.counts["fields"] += 1
        where = f"{name}.{field.name}"
        for key in FIELD_KEYS:
            comparison.expect(where, key, field_value(field, key), field_value(counterpart, key))
        comparison.expect(
            where, "oneof", oneof_name(ours, field), oneof_name(official, counterpart)
        )
        comparison.expect(where, "packed", is_packed(field), is_packed(counterpart))


def compare_enum(comparison, name, ours, official):
    def values(enum):
        return {f"{value.name} in {name}": value for value in enum.value}

    for where, value, counterpart in comparison.pairs(values(ours), values(official)):
        comparison.counts["enum_values"] += 1
        comparison.expect(where, "number", value.number, counterpart.number)


def compare_service(comparison, name, ours, official):
    def methods(service):
        return {f"{name}/{method.name}": method for method in service.method}

    for where, method, counterpart in comparison.pairs(methods(ours), methods(official)):
        comparison.counts["methods"] += 1
        for key in METHOD_KEYS:
            comparison.expect(where, key, getattr(method, key), getattr(counterpart, key))


def main():
    ours, official = Schema(compiled_files(sys.argv[1])), Schema(official_files())
    comparison = Comparison()
    for name, message, other in comparison.pairs(ours.messages, official.messages):
        comparison.counts["messages"] += 1
        compare_message(comparison, name, message, other)
    for name, enum, other in comparison.pairs(ours.enums, official.enums):
        compare_enum(comparison, name, enum, other)
    for name, service, other in comparison.pairs(ours.services, official.services):
        compare_service(comparison, name, service, other)
    print(json.dumps({"compared": comparison.counts, "differences": comparison.differences}))


if __name__ == "__main__":
    main()
