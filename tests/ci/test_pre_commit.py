# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The hook of .pre-commit-hooks.yaml, run as pre-commit does with a hook of language `system`."""

import re
import shlex
import subprocess

import yaml
from support import BAD, GOOD, ROOT, KitTest, main, readme_blocks


class Hook(KitTest):
    def setUp(self):
        super().setUp()
        self.add_to_path()
        (self.hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        self.assertEqual(self.hook["id"], "otelctl-config-validate")
        self.assertEqual(self.hook["language"], "system")

    def matching(self, *names):
        return [name for name in names if re.search(self.hook["files"], name)]

    def commit(self, *names):
        """What of these files the hook is given, and what became of it."""
        chosen = self.matching(*names)
        command = [*shlex.split(self.hook["entry"]), *self.hook["args"], *chosen]
        done = subprocess.run(
            command,
            cwd=self.project,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.returncode, done.stdout + done.stderr

    def test_its_files_are_those_whose_names_tell(self):
        wanted = [
            "telemetry.yaml",
            "config/otel.yml",
            "deploy/otel-collector-config.yaml",
            "prod.otel.env",
            "otel.env",
            "opentelemetry.yaml",
            "src/app-telemetry.yaml",
        ]
        others = [
            "app.yaml",
            "README.md",
            "otel.md",
            "collector.py",
            ".github/workflows/ci.yml",
            "otel/values.yaml",
            "telemetry.yaml.j2",
            "otelenv",
        ]
        self.assertEqual(self.matching(*wanted, *others), wanted)

    def test_the_example_of_the_readme_is_of_a_hook_that_there_is(self):
        (example,) = readme_blocks("pre-commit")
        (hook,) = example["repos"][0]["hooks"]
        self.assertEqual(hook["id"], self.hook["id"])
        self.hook |= hook
        self.assertEqual(self.commit("config/app.yaml", "config/app.yml")[0], 0)
        self.write("config/app.yaml", BAD)
        self.assertEqual(self.commit("config/app.yaml")[0], 1)

    def test_good_files_pass(self):
        self.write("telemetry.yaml", GOOD.replace("shop", "${SHOP_NAME}"))
        self.write("otel.env", "OTEL_SERVICE_NAME=shop\n")
        # Neither a shell's own settings nor what they lack has a say.
        self.environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "carrier-pigeon"
        self.assertEqual(self.commit("telemetry.yaml", "otel.env", "config/app.yaml")[0], 0)

    def test_a_bad_file_stops_the_commit(self):
        self.write("telemetry.yaml", GOOD)
        self.write("config/otel.yaml", BAD)
        status, output = self.commit("telemetry.yaml", "config/otel.yaml")
        self.assertEqual(status, 1, output)
        self.assertIn("config/otel.yaml:3:3", output)


if __name__ == "__main__":
    main()
