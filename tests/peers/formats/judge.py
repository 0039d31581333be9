# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Holds documents to schemas that others wrote.

usage: judge.py json SCHEMA       a JSON document on stdin
       judge.py junit XSD         a JUnit document on stdin
       judge.py meta              a JSON Schema on stdin, held to its meta-schema
       judge.py schema SCHEMA     a JSON document on stdin, held to a JSON Schema
       judge.py section SCHEMA    YAML documents on stdin, divided by lines of '---'
       judge.py markdown          Markdown on stdin

Prints JSON: a list of what is wrong, with the place; for `section` one list a document; for
`markdown` the types of its tokens, each once.
"""

import json
import sys

import jsonschema
import markdown_it
import xmlschema
import yaml


def errors_of(schema, document):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def token_types(tokens):
    types = {token.type for token in tokens}
    return types.union(*(token_types(token.children or []) for token in tokens))


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def judge(what, files, text):
    if what == "json":
        return errors_of(read_json(files[0]), json.loads(text))
    if what == "junit":
        schema = xmlschema.XMLSchema(files[0])
        return [f"{error.path}: {error.reason}" for error in schema.iter_errors(text)]
    if what == "schema":
        return errors_of(read_json(files[0]), json.loads(text))
    if what == "markdown":
        return sorted(token_types(markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(text)))
    if what == "meta":
        schema = json.loads(text)
        return errors_of(jsonschema.validators.validator_for(schema).META_SCHEMA, schema)
    schema = read_json(files[0])
    return [errors_of(schema, document) for document in yaml.safe_load_all(text)]


if __name__ == "__main__":
    print(json.dumps(judge(sys.argv[1], sys.argv[2:], sys.stdin.read())))
