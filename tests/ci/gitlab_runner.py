# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a job of GitLab CI as a runner with a Docker executor does: `extends` is resolved, and the
lines of before_script and script are one script of bash.
"""

import dataclasses

import yaml
from support import run_as_runner


@dataclasses.dataclass
class Job:
    status: int
    log: str
    # The files that the job's artifacts and its JUnit reports come from.
    artifacts: list
    junit: list


def merged(below, above):
    """As GitLab merges what `extends` names: mappings key by key, anything else is replaced."""
    result = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        result[key] = merged(below[key], value) if both else value
    return result


class Pipeline:
    """The job definitions of a user's text, with those of gitlab.yml included."""

    def __init__(self, included, text):
        self._jobs = merged(yaml.safe_load(included.read_text()), yaml.safe_load(text))

    def job(self, name):
        job = self._jobs[name]
        if "extends" in job:
            job = merged(self.job(job["extends"]), job)
        return job

    def run(self, name, folder, environment):
        """Runs it in `folder`; `environment` holds the variables of the project."""
        job = self.job(name)
        variables = {key: str(value) for key, value in job.get("variables", {}).items()}
        given = {"CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": str(folder)}
        lines = job.get("before_script", []) + job["script"]
        done = run_as_runner(
            ["bash", "-c", "set -eo pipefail\n" + "\n".join(lines) + "\n"],
            folder,
            variables | environment | given,
        )
        return Job(done.returncode, done.stdout, *self._collect(job["artifacts"], folder, done))

    @staticmethod
    def _collect(artifacts, folder, done):
        if done.returncode and artifacts.get("when") not in ("always", "on_failure"):
            return [], []
        kept = [
            file for path in artifacts["paths"] for file in sorted((folder / path).glob("**/*"))
        ]
        return kept, sorted(folder.glob(artifacts["reports"]["junit"]))
