# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What a Collector refuses, `otelctl config validate` refuses for the same cause, and nothing else.

Each file of config/collector begins with what is expected: `# accepted`, or `# refused: TEXT` with
a part of what otelcol says and `# finding: CODE` with the error that otelctl must find.
"""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

from support import HERE, PeerTest, clean_environment, main

FOLDER = HERE / "config" / "collector"
VARIABLES = {
    "OTELCTL_PEER_HOST": "localhost",
    "OTELCTL_PEER_TRUE": "true",
    "OTELCTL_PEER_NUMBER": "42",
    "OTELCTL_PEER_EMPTY": "",
    "OTELCTL_PEER_LIST": "[otlp]",
    "OTELCTL_PEER_SIZE": "16",
    "OTELCTL_PEER_MAP": "{otlp: {protocols: {grpc: }}}",
}
FEWEST_FILES = 200


def expectation(path):
    """Whether otelcol takes the file, a part of what it says, and otelctl's code if it has one."""
    lines = path.read_text().splitlines()
    if lines[0] == "# accepted":
        return True, "", None
    refused, finding = lines[0].partition("# refused: ")[2], lines[1].partition("# finding: ")[2]
    if not refused or not finding:
        raise ValueError(f"{path.name} does not say what is expected")
    return False, refused, finding if finding.startswith("OTC") else None


class CollectorValidate(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = sorted(FOLDER.glob("*.yaml"))
        cls.expected = {path.name: expectation(path) for path in cls.files}
        cls.environment = clean_environment(cls.scratch, VARIABLES)

    def run_tool(self, *command):
        return subprocess.run(
            [str(word) for word in command],
            cwd=FOLDER,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def test_the_collector_says_what_the_files_say_of_it(self):
        self.assertGreaterEqual(len(self.files), FEWEST_FILES)
        otelcol = next((self.peers["collector"] / "bin").iterdir())
        with ThreadPoolExecutor(max_workers=2) as pool:
            results = pool.map(
                lambda path: self.run_tool(otelcol, "validate", "--config", path.name), self.files
            )
        for path, done in zip(self.files, results, strict=True):
            accepted, text, _ = self.expected[path.name]
            with self.subTest(path.name):
                self.assertEqual(done.returncode == 0, accepted, done.stderr)
                self.assertIn(text, done.stderr)

    def test_otelctl_refuses_for_the_same_cause_and_nothing_else(self):
        names = [path.name for path in self.files]
        options = ["--kind", "collector", "--format", "json"]
        done = self.run_tool(self.otelctl_path, "config", "validate", *options, *names)
        self.assertEqual(done.returncode, 1, done.stderr)
        errors = {name: {} for name in names}
        for finding in json.loads(done.stdout)["findings"]:
            if finding["severity"] == "error":
                errors[finding["file"]][finding["code"]] = finding["message"]
        for name in names:
            accepted, _, code = self.expected[name]
            with self.subTest(name):
                if accepted or code is None:
                    self.assertEqual(errors[name], {})
                else:
                    self.assertIn(code, errors[name])


if __name__ == "__main__":
    main("collector")
