# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of `test-connection` have in common."""

import itertools
import json

from support import PeerTest

PROTOCOLS = ("grpc", "http/protobuf", "http/json")
COMPRESSIONS = ("none", "gzip")
SIGNALS = ("traces", "metrics", "logs")
# Every protocol without and with gzip, as the arguments that ask for it.
WAYS = [
    (protocol, ["--protocol", protocol, "--compression", compression])
    for protocol, compression in itertools.product(PROTOCOLS, COMPRESSIONS)
]
# What else a secret could be told in.
OTHER_FORMS = ("junit", "github")
KINDS = {0: "", 3: "unreachable", 4: "refused", 5: "not_understood"}


class ConnectionTest(PeerTest):
    def probe(self, endpoint, *arguments, status, environment=None, secrets=(), says=None):
        """Runs it for all signals and checks its verdict, and that it tells no secret in any form.

        Every form is a run of its own: where a server's answer may get lost, `says` is what the
        messages have in common; otherwise they are the same. Returns the report.
        """
        command = ["test-connection", "--endpoint", endpoint, "--signal", "all", *arguments]
        printed = {}
        for form in ("text", "json", *(OTHER_FORMS if secrets else ())):
            done = self.otelctl(
                *command, "--verbose", "--format", form, status=status, environment=environment
            )
            printed[form] = done.stdout
            for secret in secrets:
                self.assertNotIn(secret, done.stdout + done.stderr)
        report = json.loads(printed["json"])
        result = report["result"]
        self.assertEqual(result["exit_code"], status)
        self.assertEqual(result["ok"], status == 0)
        self.assertEqual(result["kind"], KINDS[status])
        self.assertEqual(result["hint"] != "", status != 0)
        self.assertIn(says or result["message"], printed["text"])
        exports = [stage for stage in report["stages"] if stage["name"] == "export"]
        self.assertEqual([stage["facts"]["signal"] for stage in exports], list(SIGNALS))
        return report

    def check_taken(self, endpoint, *arguments, **options):
        report = self.probe(endpoint, *arguments, status=0, **options)
        self.assertEqual(failed_stages(report), [])

    def check_failure(self, stage, endpoint, *arguments, **options):
        """The stage fails, for every signal that it is passed for."""
        report = self.probe(endpoint, *arguments, **options)
        times = len(SIGNALS) if stage == "export" else 1
        self.assertEqual(failed_stages(report), [stage] * times)
        return report["result"]


def failed_stages(report):
    return [stage["name"] for stage in report["stages"] if stage["status"] == "fail"]
