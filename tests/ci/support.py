# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of scripts/ci share: a project's folder, a backend, and looks at reports.

A test file is run as `python3 test_x.py OTELCTL [unittest arguments]`.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
import xml.etree.ElementTree

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
KIT = ROOT / "scripts" / "ci"
SECRET = "s3cr3t-of-the-test"

GOOD = """telemetry:
  enabled: true
  service_name: shop
  exporters:
    otlp: {enabled: true, endpoint: "http://localhost:4317"}
"""
# An unknown key, and a value of the wrong type.
BAD = """telemetry:
  enabled: false
  service_nam: shop
  metrics: {export_interval_ms: often}
"""
EXPECTATIONS = """version: 1
defaults: {timeout: 20s, settle: 0s}
expect:
  - name: a brief is saved
    find: {service: agentmap}
    trace: {errors: 0, orphans: 0}
"""


def readme_blocks(heading):
    """The YAML of the README's examples below a heading."""
    text = (KIT / "README.md").read_text()
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [
        yaml.safe_load(textwrap.dedent(block))
        for block in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    ]


def run_as_runner(command, folder, environment):
    """What a CI system does with a step: no input, one stream of output, an end to waiting."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=100,
        check=False,
    )


class Backend:
    """`otelctl serve` on ports of its own choice."""

    def __init__(self, otelctl, scratch, environment, *arguments):
        ready = scratch / "ready.json"
        ready.unlink(missing_ok=True)
        listeners = [f"--{name}=127.0.0.1:0" for name in ("grpc", "http", "query")]
        self._log = (scratch / "serve.log").open("wb")
        self._process = subprocess.Popen(
            [otelctl, "serve", *listeners, f"--ready-file={ready}", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 60
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(
                    f"serve is not ready: {pathlib.Path(self._log.name).read_text()}"
                )
            time.sleep(0.02)
        addresses = json.loads(ready.read_text())
        self.grpc, self.http, self.query = (
            "http://" + addresses[name] for name in ("grpc", "http", "query")
        )

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=30)
        self._log.close()


class KitTest(unittest.TestCase):
    """Each test has a project's folder, `project`, with an environment that CI would give it."""

    otelctl = None
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="otelctl-ci-")
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name)
        # The blank shows what is not quoted.
        self.project = self.scratch / "the project"
        (self.project / "config").mkdir(parents=True)
        self.home = self.scratch / "home"
        self.home.mkdir()
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.write("config/app.yaml", GOOD)
        self.write("expectations.yaml", EXPECTATIONS)

    def write(self, name, text):
        (self.project / name).write_text(text)

    def start_backend(self, *arguments):
        backend = Backend(self.otelctl, self.scratch, self.environment, *arguments)
        self.addCleanup(backend.stop)
        return backend

    def send_trace(self, backend, *arguments):
        """One that is as EXPECTATIONS has it: of the traces that chance draws, some have failed."""
        subprocess.run(
            [
                self.otelctl,
                "send-spans",
                "--seed=7",
                f"--endpoint={backend.grpc}",
                "--protocol=grpc",
                "--quiet",
                *arguments,
            ],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def add_to_path(self):
        """otelctl as an image of CI would have it."""
        (self.home / "otelctl").symlink_to(self.otelctl)
        self.environment["PATH"] = f"{self.home}:{self.environment['PATH']}"

    def report(self, name):
        return self.project / "otelctl-reports" / name

    def check_junit(self, path, failures):
        """It is JUnit's XML, and says how many tests failed or could not be judged."""
        root = xml.etree.ElementTree.parse(path).getroot()
        self.assertEqual(root.tag, "testsuites")
        cases = root.findall("testsuite/testcase")
        self.assertTrue(cases)
        bad = [
            case
            for case in cases
            if case.find("failure") is not None or case.find("error") is not None
        ]
        self.assertEqual(len(bad), failures, path.read_text())

    def check_sarif(self, path, rules, files):
        """It is SARIF as code scanning takes it, with results of these rules in these files."""
        sarif = json.loads(pathlib.Path(path).read_text())
        self.assertEqual(sarif["version"], "2.1.0")
        (run,) = sarif["runs"]
        self.assertEqual(run["tool"]["driver"]["name"], "otelctl")
        self.assertEqual({result["ruleId"] for result in run["results"]}, set(rules))
        known = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        for result in run["results"]:
            self.assertEqual(known[result["ruleIndex"]], result["ruleId"])
            self.assertTrue(result["message"]["text"])
            place = result["locations"][0]["physicalLocation"]
            self.assertIn(place["artifactLocation"]["uri"], files)
            self.assertGreaterEqual(place["region"]["startLine"], 1)

    def check_no_secret(self, *texts):
        for text in texts:
            self.assertNotIn(SECRET, text)
        for file in self.project.rglob("*"):
            if file.is_file():
                self.assertNotIn(SECRET, file.read_text(errors="replace"), file)


def main():
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} OTELCTL [unittest arguments]")
    KitTest.otelctl = shutil.which(str(pathlib.Path(sys.argv[1]).resolve()))
    unittest.main(argv=[sys.argv[0], "--verbose", *sys.argv[2:]])
