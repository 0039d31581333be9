# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What an SDK sends, `otelctl show-trace` shows as the SDK had it, from `serve` and from Jaeger.

The programs of all languages make the same trace and print, as JSON, the spans that they sent. A
test file derives a class from SdkSpans for its language.
"""

import json

from spans import (
    rare_fields,
    rare_fields_from_otlp,
    spans_from_otelctl,
    spans_from_otlp,
    spans_from_sdk,
)
from support import HERE, PeerTest

PROTOCOLS = ("grpc", "http/protobuf")
SPANS = 6

# The exporters of these leave out the trace state of a link.
WITHOUT_STATES_OF_LINKS = ("go", "python")


def java_command(peer):
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{peer}/lib/*:{peer}/classes", "SendSpans"]


# The command of a language's program, from the folder of its peer.
COMMANDS = {
    "go": lambda peer: [peer / "bin/send_spans"],
    "java": java_command,
    "javascript": lambda peer: ["node", HERE / "javascript/send_spans.cjs", peer],
    "python": lambda peer: [peer / "venv/bin/python", HERE / "python/send_spans.py"],
}


def otlp_spans_by_id(document):
    return {
        (span["traceId"], span["spanId"]): span
        for group in document["resourceSpans"]
        for scope in group["scopeSpans"]
        for span in scope["spans"]
    }


class SdkSpans(PeerTest):
    language = None

    @classmethod
    def sdk_command(cls, language, protocol, endpoint):
        return [*COMMANDS[language](cls.peers[language]), protocol, endpoint]

    def rare_fields(self, span):
        state, states_of_links, dropped = rare_fields(span)
        if self.language in WITHOUT_STATES_OF_LINKS:
            states_of_links = [""] * len(states_of_links)
        return state, states_of_links, dropped

    def check(self, peer, protocol):
        command = self.sdk_command(self.language, protocol, peer.endpoint(protocol))
        printed = json.loads(self.run_command(*command).stdout)
        self.assertEqual(len(printed), SPANS)
        rare = {(span["trace_id"], span["span_id"]): self.rare_fields(span) for span in printed}
        sent = spans_from_sdk(printed)
        (trace_id,) = {key[0] for key in sent}
        of_trace = ("show-trace", trace_id, "--backend", peer.query_url())

        shown = self.otelctl_json(*of_trace)
        self.assertEqual(shown["schema"], "otelctl.trace/1")
        self.check_same_spans(spans_from_otelctl(shown), sent)

        document = json.loads(self.otelctl(*of_trace, "--format", "otlp-json").stdout)
        self.check_same_spans(spans_from_otlp(document), sent)
        spans = otlp_spans_by_id(document)
        self.assertEqual({key: rare_fields_from_otlp(span) for key, span in spans.items()}, rare)

    def check_protocols(self, peer):
        for protocol in PROTOCOLS:
            with self.subTest(protocol=protocol):
                self.check(peer, protocol)
