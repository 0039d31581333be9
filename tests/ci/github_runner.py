# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the steps of a composite action as GitHub's runner does.

`run` is executed by bash with GitHub's options, with the files behind GITHUB_OUTPUT, GITHUB_ENV
and GITHUB_STEP_SUMMARY, and its log is searched for workflow commands. `uses` is only recorded,
with its inputs, as a step that succeeds.
"""

import dataclasses
import re

import yaml
from expressions import Evaluation, asks_for_status, contains, substitute
from support import run_as_runner

COMMAND = re.compile(r"\s*::(?P<name>[^ :]+)(?: (?P<properties>[^:]*))?::(?P<message>.*)")
# The names that the runner has listened to through its history.
KNOWN = (
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "add-matcher",
    "set-env",
    "set-output",
    "save-state",
    "add-path",
    "echo",
    "stop-commands",
)


@dataclasses.dataclass
class Command:
    """A workflow command of a log: `::error file=a.yaml,line=1::text`."""

    name: str
    properties: dict
    message: str


@dataclasses.dataclass
class Step:
    outcome: str
    status: int = 0
    log: str = ""
    commands: list = dataclasses.field(default_factory=list)
    outputs: dict = dataclasses.field(default_factory=dict)
    uses: str = ""
    inputs: dict = dataclasses.field(default_factory=dict)

    def annotations(self, severity):
        return [each for each in self.commands if each.name == severity]


@dataclasses.dataclass
class Run:
    """What became of an action: its steps by id (or name), outputs, and the job's summary."""

    steps: dict
    outputs: dict
    summary: str

    def failed(self):
        return any(step.outcome == "failure" for step in self.steps.values())

    def log(self):
        return "".join(step.log for step in self.steps.values())


def decode(text):
    for code, meaning in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, meaning)
    return text


def read_commands(log):
    """The commands of a log, with what ::stop-commands:: keeps away left out."""
    found = []
    stopped_by = None
    for line in log.splitlines():
        match = COMMAND.fullmatch(line)
        if not match:
            continue
        if stopped_by is not None:
            if match["name"] == stopped_by:
                stopped_by = None
            continue
        if match["name"] == "stop-commands":
            stopped_by = match["message"]
            continue
        if match["name"] not in KNOWN:
            continue
        pairs = (pair.split("=", 1) for pair in (match["properties"] or "").split(",") if pair)
        properties = {name: decode(value) for name, value in pairs}
        found.append(Command(match["name"], properties, decode(match["message"])))
    if stopped_by is not None:
        raise AssertionError("the log ends with commands still stopped")
    return found


def read_file_commands(text):
    """NAME=VALUE, or NAME<<END and lines up to END."""
    values = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, equals, value = line.partition("=")
        if "<<" in name:
            name, _, end = line.partition("<<")
            values[name] = "\n".join(iter(lambda end=end: next(lines), end))
        elif equals:
            values[name] = value
        else:
            raise AssertionError(f"the runner refuses this line: {line!r}")
    return values


class ActionRunner:
    """`folder` holds action.yml; `environment` is the job's, `workspace` its checkout."""

    def __init__(self, folder, workspace, scratch, environment):
        self._folder = folder
        self._action = yaml.safe_load((folder / "action.yml").read_text())
        self._workspace = workspace
        self._scratch = scratch
        self._environment = environment

    def inputs(self):
        return self._action["inputs"]

    def outputs(self):
        return self._action["outputs"]

    def run(self, **inputs):
        """Underscores in the names of inputs stand for hyphens."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        unknown = set(given) - set(self._action["inputs"])
        if unknown:
            raise AssertionError(f"the action has no inputs {unknown}")
        defaults = {name: each.get("default", "") for name, each in self._action["inputs"].items()}
        self._inputs = defaults | given
        self._steps = {}
        self._added = {}
        self._summary = ""
        for step in self._action["runs"]["steps"]:
            self._steps[step.get("id", step["name"])] = self._run_step(step)
        outputs = {
            name: substitute(output["value"], self._evaluate)
            for name, output in self._action["outputs"].items()
        }
        return Run(self._steps, outputs, self._summary)

    def _has_failed(self):
        return any(step.outcome == "failure" for step in self._steps.values())

    def _lookup(self, name):
        words = name.split(".")
        if words[0] == "inputs" and len(words) == 2:
            if words[1] not in self._inputs:
                raise AssertionError(f"action.yml uses {name}, which is no input")
            return self._inputs[words[1]]
        if words[0] == "steps":
            if not any(step.get("id") == words[1] for step in self._action["runs"]["steps"]):
                raise AssertionError(f"action.yml uses {name}, and no step has this id")
            step = self._steps.get(words[1])
            if words[2:] == ["outcome"]:
                return step.outcome if step else None
            if words[2] == "outputs" and len(words) == 4:
                return step.outputs.get(words[3]) if step else None
        raise AssertionError(f"action.yml uses {name}, which is not known here")

    def _evaluate(self, text):
        functions = {
            "always": lambda: True,
            "cancelled": lambda: False,
            "failure": self._has_failed,
            "success": lambda: not self._has_failed(),
            "contains": contains,
        }
        return Evaluation(text, self._lookup, functions).value()

    def _is_wanted(self, step):
        condition = str(step.get("if", "success()")).strip()
        condition = condition.removeprefix("${{").removesuffix("}}")
        if not asks_for_status(condition) and self._has_failed():
            return False
        return bool(self._evaluate(condition))

    def _run_step(self, step):
        if not self._is_wanted(step):
            return Step("skipped")
        if "uses" in step:
            given = {
                name: substitute(str(value), self._evaluate)
                for name, value in step.get("with", {}).items()
            }
            return Step("success", uses=step["uses"], inputs=given)
        if "${{" in step["run"]:
            raise AssertionError(f"an expression becomes shell text: {step['run']}")
        return self._run_script(step)

    def _run_script(self, step):
        if step["shell"] != "bash":
            raise AssertionError(f"no such shell here: {step['shell']}")
        script = self._scratch / "step.sh"
        script.write_text(step["run"] + "\n")
        files = {}
        for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"):
            files[name] = self._scratch / name.lower()
            files[name].write_text("")
        environment = self._environment | self._added
        environment |= {
            name: substitute(str(value), self._evaluate)
            for name, value in step.get("env", {}).items()
        }
        environment |= {name: str(path) for name, path in files.items()}
        environment |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self._folder),
            "GITHUB_WORKSPACE": str(self._workspace),
        }
        done = run_as_runner(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            self._workspace,
            environment,
        )
        self._added |= read_file_commands(files["GITHUB_ENV"].read_text())
        self._summary += files["GITHUB_STEP_SUMMARY"].read_text()
        return Step(
            "failure" if done.returncode else "success",
            done.returncode,
            done.stdout,
            read_commands(done.stdout),
            read_file_commands(files["GITHUB_OUTPUT"].read_text()),
        )
