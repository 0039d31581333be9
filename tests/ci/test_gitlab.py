# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The templates of scripts/ci/gitlab.yml, run as GitLab's runner would."""

import shutil
import subprocess

import yaml
from gitlab_runner import Pipeline
from support import BAD, KIT, ROOT, SECRET, KitTest, main, readme_blocks

CHECKS = ("validate", "test-connection", "smoke", "check-traces")
# What a user writes.
JOBS = """
validate:
  extends: .otelctl-validate
  variables: {OTELCTL_CI_FILES: "config/*.yaml"}
test-connection:
  extends: .otelctl-test-connection
smoke:
  extends: .otelctl-smoke
check-traces:
  extends: .otelctl-check-traces
  variables: {OTELCTL_CI_EXPECTATIONS: expectations.yaml}
"""


class Templates(KitTest):
    def setUp(self):
        super().setUp()
        self.add_to_path()
        self.environment["OTELCTL_CI_SOURCE"] = str(ROOT)

    def use(self, backend):
        self.environment |= {
            "OTEL_EXPORTER_OTLP_ENDPOINT": backend.grpc,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
            "OTELCTL_BACKEND": backend.query,
        }

    def run_job(self, name, **variables):
        return Pipeline(KIT / "gitlab.yml", JOBS).run(
            name, self.project, self.environment | variables
        )

    def check_job(self, name, status, failures, **variables):
        job = self.run_job(name, **variables)
        self.assertEqual(job.status, status, job.log)
        self.assertEqual([file.name for file in job.junit], [f"{name}.xml"])
        self.check_junit(job.junit[0], failures)
        self.assertLessEqual(set(job.junit), set(job.artifacts))
        self.assertIn(self.report(f"{name}.txt").read_text(), job.log)
        # Commands for another CI's runner would only be noise.
        self.assertNotIn("::", job.log.replace("telemetry::", ""))
        shutil.rmtree(self.project / "otelctl-reports")
        return job

    def test_a_good_run(self):
        backend = self.start_backend(f"--require-header=x-api-key={SECRET}")
        self.use(backend)
        self.environment["OTEL_EXPORTER_OTLP_HEADERS"] = f"x-api-key={SECRET}"
        self.send_trace(backend)
        for name in CHECKS:
            with self.subTest(name):
                job = self.check_job(name, status=0, failures=0)
                self.check_no_secret(job.log)

    def test_a_bad_section(self):
        self.write("config/bad.yaml", BAD)
        job = self.check_job("validate", status=1, failures=2)
        self.assertIn("config/bad.yaml:3:3", job.log)
        self.assertIn("otelctl validate: failed (exit status 1)", job.log)

    def test_a_backend_without_the_trace(self):
        self.use(self.start_backend())
        job = self.check_job(
            "check-traces",
            status=6,
            failures=1,
            OTELCTL_CI_EXPECTATIONS="",
            OTELCTL_CI_TRACE_ID="0af7651916cd43dd8448eb211c80319c",
            OTELCTL_CI_TIMEOUT="0s",
        )
        self.assertIn("not seen", job.log)

    def test_a_dead_collector(self):
        self.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1"
        self.environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc"
        for name in ("test-connection", "smoke"):
            with self.subTest(name):
                job = self.check_job(name, status=3, failures=1, OTELCTL_CI_WAIT="0s")
                self.assertIn("not reachable", job.log)

    def test_a_mistake_in_a_variable_is_named(self):
        job = self.run_job("test-connection", OTELCTL_CI_WAIT="soon")
        self.assertEqual(job.status, 2, job.log)
        self.assertIn("--wait", job.log)

    def test_a_job_clones_the_scripts_where_it_has_none(self):
        if not shutil.which("git"):
            self.skipTest("git is missing")
        origin = self.scratch / "otelctl.git"
        (origin / "scripts").mkdir(parents=True)
        shutil.copytree(KIT, origin / "scripts" / "ci")
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        for command in (
            ["init", "--quiet"],
            ["add", "."],
            [*identity, "commit", "--quiet", "-m", "kit"],
            ["tag", "v1"],
        ):
            subprocess.run(["git", *command], cwd=origin, env=self.environment, check=True)
        del self.environment["OTELCTL_CI_SOURCE"]
        repository = origin.as_uri()
        for reference in ("v1", ""):
            with self.subTest(reference):
                self.check_job(
                    "validate",
                    status=0,
                    failures=0,
                    OTELCTL_CI_REPOSITORY=repository,
                    OTELCTL_CI_REF=reference,
                )
        job = self.run_job("validate", OTELCTL_CI_REPOSITORY=repository, OTELCTL_CI_REF="v2")
        self.assertNotEqual(job.status, 0, job.log)
        job = self.run_job("validate")
        self.assertNotEqual(job.status, 0, job.log)
        self.assertIn("the URL to clone otelctl from is missing", job.log)

    def test_the_examples_of_the_readme_are_of_templates_that_there_are(self):
        (example,) = readme_blocks("GitLab")
        self.assertEqual(example["include"][0]["file"], f"/{KIT.relative_to(ROOT)}/gitlab.yml")
        pipeline = Pipeline(KIT / "gitlab.yml", yaml.safe_dump(example))
        jobs = [name for name, job in example.items() if isinstance(job, dict) and "extends" in job]
        self.assertEqual(len(jobs), 2)
        for name in jobs:
            self.assertIn("scripts/ci/check", pipeline.job(name)["script"][0])

    def test_a_job_without_the_program_says_so(self):
        job = self.run_job("validate", OTELCTL_CI_BINARY="/nowhere/otelctl")
        self.assertEqual(job.status, 2, job.log)
        self.assertIn("/nowhere/otelctl", job.log)
        self.assertEqual(job.junit, [])


if __name__ == "__main__":
    main()
