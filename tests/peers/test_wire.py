# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Our .proto files say what the official ones say."""

import pathlib
import shutil
import subprocess
import tempfile

from support import HERE, PeerTest, main

PROTO = HERE.parent.parent / "lib" / "otlp" / "proto"
TRACE = "opentelemetry/proto/trace/v1/trace.proto"
METRICS = "opentelemetry/proto/metrics/v1/metrics.proto"
SERVICE = "opentelemetry/proto/collector/trace/v1/trace_service.proto"
TRACE_STATE = "string trace_state = 3;"


class Wire(PeerTest):
    def compare(self, root):
        files = sorted(str(path.relative_to(root)) for path in root.rglob("*.proto"))
        compiled = self.scratch / "compiled.pb"
        command = ["protoc", f"--proto_path={root}", f"--descriptor_set_out={compiled}", *files]
        subprocess.run(command, check=True)
        return self.run_python("compare_wire.py", str(compiled))

    def differences_after(self, file, old, new):
        """What is found when `old` in one of our files is `new`."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            root = pathlib.Path(folder) / "proto"
            shutil.copytree(PROTO, root)
            text = (root / file).read_text()
            self.assertIn(old, text)
            (root / file).write_text(text.replace(old, new))
            return self.compare(root)["differences"]

    def test_everything_that_we_have_is_official(self):
        result = self.compare(PROTO)
        print(result["compared"])
        self.assertEqual(result["differences"], [])
        self.assertEqual(result["compared"]["methods"], 3)
        for what, count in result["compared"].items():
            self.assertGreater(count, 0, what)

    def test_a_deviation_would_be_found(self):
        deviations = {
            "another number": (TRACE, TRACE_STATE, "string trace_state = 33;"),
            "another name": (TRACE, TRACE_STATE, "string state = 3;"),
            "another type": (TRACE, TRACE_STATE, "bytes trace_state = 3;"),
            "another label": (TRACE, TRACE_STATE, "repeated string trace_state = 3;"),
            "no presence": (METRICS, "optional double sum = 5;", "double sum = 5;"),
            "an enum value": (TRACE, "SPAN_KIND_SERVER = 2;", "SPAN_KIND_SERVER = 12;"),
            "a method": (SERVICE, "rpc Export(", "rpc Send("),
            "a message": (TRACE, "message ScopeSpans {", "message Mine {}\nmessage ScopeSpans {"),
        }
        without = self.compare(PROTO)["differences"]
        for what, deviation in deviations.items():
            with self.subTest(what):
                self.assertGreater(len(self.differences_after(*deviation)), len(without))


if __name__ == "__main__":
    main("python")
