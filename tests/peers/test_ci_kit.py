# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What we give to CI systems is taken by pre-commit, by the published schemas, and by shellcheck."""

import shutil

import yaml
from support import HERE, PeerTest, main

ROOT = HERE.parents[1]
GOOD = "telemetry: {enabled: false, service_name: shop}\n"
BAD = "telemetry: {enabled: false, service_nam: shop}\n"


class Kit(PeerTest):
    def program(self, name):
        return self.peers["pre-commit"] / "venv/bin" / name

    def test_shellcheck_finds_nothing(self):
        scripts = [ROOT / "scripts/ci" / name for name in ("check", "install", "common.sh")]
        self.run_command(self.program("shellcheck"), "-x", "-P", "SCRIPTDIR", *scripts)

    def check_schema(self, schema, file, *options, status=0):
        self.run_command(
            self.program("check-jsonschema"),
            "--builtin-schema",
            schema,
            *options,
            file,
            status=status,
        )

    def test_the_action_is_what_the_schema_of_actions_wants(self):
        file = ROOT / "scripts/ci/action.yml"
        self.check_schema("vendor.github-actions", file)
        action = yaml.safe_load(file.read_text())
        # GitHub shows no description that is longer in its marketplace.
        self.assertLessEqual(len(action["description"]), 125)
        del action["runs"]["steps"][0]["shell"]
        broken = self.scratch / "action.yml"
        broken.write_text(yaml.safe_dump(action))
        self.check_schema("vendor.github-actions", broken, status=1)

    def test_the_templates_are_what_the_schema_of_gitlab_wants(self):
        templates = yaml.safe_load((ROOT / "scripts/ci/gitlab.yml").read_text())
        base = templates.pop(".otelctl")
        # The schema wants nothing of hidden jobs, so they are made jobs.
        jobs = {name.removeprefix("."): base | template for name, template in templates.items()}
        self.assertEqual({job.pop("extends") for job in jobs.values()}, {".otelctl"})
        file = self.scratch / "gitlab.yml"
        for when, status in ((base["artifacts"]["when"], 0), ("sometimes", 1)):
            base["artifacts"]["when"] = when
            file.write_text(yaml.safe_dump(jobs | {"base": base | {"script": ["true"]}}))
            self.check_schema(
                "vendor.gitlab-ci", file, "--data-transform", "gitlab-ci", status=status
            )


class Hook(PeerTest):
    def setUp(self):
        folder = self.scratch / self.id().rsplit(".", 1)[-1]
        self.hooks = folder / "hooks"
        self.project = folder / "project"
        programs = folder / "bin"
        for each in (self.hooks, self.project, programs):
            each.mkdir(parents=True)
        (programs / "otelctl").symlink_to(self.otelctl_path)
        self.environment = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
        }
        for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
            self.environment |= {f"{name}_NAME": "test", f"{name}_EMAIL": "test@example.org"}
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", self.hooks)
        self.git(self.hooks, "init", "--quiet")
        self.git(self.hooks, "add", ".")
        self.git(self.hooks, "commit", "--quiet", "-m", "hooks")
        self.git(self.hooks, "tag", "v1")
        self.git(self.project, "init", "--quiet")

    def git(self, folder, *arguments):
        self.run_command("git", "-C", folder, *arguments, environment=self.environment)

    def write(self, name, text):
        (self.project / name).write_text(text)
        self.git(self.project, "add", name)

    def pre_commit(self, *arguments, status=0):
        done = self.run_command(
            "sh",
            "-c",
            'cd "$0" && exec "$@"',
            self.project,
            self.program(),
            *arguments,
            status=status,
            environment=self.environment,
        )
        return done.stdout

    def program(self):
        return self.peers["pre-commit"] / "venv/bin/pre-commit"

    def test_try_repo(self):
        self.write("telemetry.yaml", GOOD)
        self.write("app.yaml", BAD)
        command = ("try-repo", self.hooks, "otelctl-config-validate", "--all-files")
        self.assertIn("Passed", self.pre_commit(*command))
        self.write("otel.yaml", BAD)
        output = self.pre_commit(*command, status=1)
        self.assertIn("Failed", output)
        self.assertIn("otel.yaml:1:29", output)
        self.assertNotIn("app.yaml", output)

    def test_a_commit_with_files_and_arguments_of_the_project(self):
        self.write("app.yaml", BAD)
        self.write(
            ".pre-commit-config.yaml",
            (
                f"repos:\n- repo: {self.hooks.as_uri()}\n  rev: v1\n  hooks:\n"
                "  - id: otelctl-config-validate\n    files: ^app\\.yaml$\n"
                "    args: [--no-env, --format=concise]\n"
            ),
        )
        self.pre_commit("install")
        self.run_command(
            "git",
            "-C",
            self.project,
            "commit",
            "--quiet",
            "-m",
            "bad",
            status=1,
            environment=self.environment,
        )
        self.write("app.yaml", GOOD)
        self.git(self.project, "commit", "--quiet", "-m", "good")

    def test_the_manifest_is_valid(self):
        self.pre_commit("validate-manifest", ROOT / ".pre-commit-hooks.yaml")


if __name__ == "__main__":
    main("pre-commit")
