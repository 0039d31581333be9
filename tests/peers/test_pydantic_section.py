# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What an application's own reader refuses, PyYAML or AgentMap's pydantic model, we refuse."""

import json
import random
import subprocess

from support import HERE, PeerTest, clean_environment, main

AGENTMAP = (HERE.parent / "data" / "config" / "agentmap.yaml").read_text()

BOOLEANS = ("true", "False", "TRUE", "tRue", "yes", "off", "y", "n", "1", "0", "2", "1.0", "1.5",
            '"true"', "'no'", '"on"', '"1"', "enabled", '""', "~", "null", "", "[]", "{}",
            "2025-11-19", "!!bool true", "!!str true", "!!int 1", "-1")
INTEGERS = ("1", "60000", "+60000", "0", "-1", "70000", "99999999999", "60s", "60000.0", "60000.5",
            "1e3", "1.0e+3", '"60000"', '"1e3"', "'60000.0'", "017", "0o17", "08", "0x1F", "1_000",
            "0b101", "12:30:45", "2025-11-19", ".inf", ".nan", "true", "~", "", "[1]", "{a: 1}",
            '""', '" 7 "', "ten", '"0x1F"', '"1_000"', "!!str 60000", "1e400")
NUMBERS = ("0.5", ".5", "1", "0", "1.0", "1.5", "-0.1", "10%", "0,5", ".nan", ".inf", "-.inf",
           '"0.5"', "1e-1", "1.0e-1", "true", "~", "", "[]", "all", "1_0", "0x1", "!!float 1",
           "2025-11-19", '""', "1e400", '"nan"', "'1e-1'", "-0.0")
TEXTS = ("agentmap", '""', "1.27", "1", "true", "no", "y", "2025-11-19", "2025-11-19T10:00:00Z",
         "12:30:45", "1_000", "1e3", "0o17", "08", ".inf", "~", "null", "", "[a]", "{a: b}",
         '"1.27"', "'no'", "!!str 1.27", "!!int 1", "=", "<<", "0b101", "1.", "-", "|\n      a\n")
LISTS = ("[]", "[tracecontext]", "[nope]", '"tracecontext,baggage"', "tracecontext", "~", "",
         "{a: b}", "[1]", "[~]", "[[a]]", "[true]", "[2025-11-19]", '["1"]', "!!seq []", "[no]")
MAPS = ("{}", "{a: b}", "a=b", "[a]", "~", "", "{a: 1}", "{a: true}", "{a: ~}", "{a: [b]}",
        '{a: "1"}', "{1: b}", "{true: b}", "{~: b}", "{a: 2025-11-19}", "{? [a] : b}", "{a: {b: c}}")
SAMPLERS = ("always_on", "ALWAYS_ON", "traceidratio", "parentbased_always_on", "nope", '""', "1",
            "~", "", "[always_on]", "True", "'always_off'", "always-on")

FIELDS = {
    "enabled": BOOLEANS,
    "service_name": TEXTS,
    "service_version": TEXTS,
    "tracing": MAPS,
    "tracing.enabled": BOOLEANS,
    "tracing.sampler": MAPS,
    "tracing.sampler.type": SAMPLERS,
    "tracing.sampler.ratio": NUMBERS,
    "tracing.propagators": LISTS,
    "metrics.export_interval_ms": INTEGERS,
    "logging.inject_trace_context": BOOLEANS,
    "exporters": MAPS,
    "exporters.otlp.endpoint": TEXTS,
    "exporters.otlp.headers": MAPS,
    "exporters.otlp.compression": TEXTS,
    "exporters.otlp.timeout_ms": INTEGERS,
    "exporters.jaeger.agent_host": TEXTS,
    "exporters.jaeger.agent_port": INTEGERS,
    "exporters.prometheus.port": INTEGERS,
    "exporters.console.pretty_print": BOOLEANS,
    "resource_attributes": MAPS,
    "instrumentation": MAPS,
    "instrumentation.fastapi": BOOLEANS,
}

# Pieces of YAML, good and bad, that random texts are made of. No tab: we take it where JSON has it,
# PyYAML does not.
PIECES = ("a", "b", "telemetry", ":", ": ", " ", "  ", "\n", "\n  ", "\n    ", "- ", "[", "]", "{",
          "}", ",", ", ", '"', "'", "#", " #", "&x ", "*x", "!!str ", "!t ", "|", ">", "|\n", "%",
          "@", "`", "?", "? ", "---\n", "...\n", "1", "1.5", "true", "~", "\\", "\\n", "<<", "é",
          "\u00a0", "enabled: true", "\r\n", "=", "-", "!", "*", "&", "%YAML 1.1\n", "0x1", "\ufeff")


def section(values):
    """A section with these values by dotted key, in YAML."""
    lines = ["telemetry:"]
    open_keys = []
    for path, value in sorted(values.items()):
        keys = path.split(".")
        common = 0
        while common < min(len(keys) - 1, len(open_keys)) and open_keys[common] == keys[common]:
            common += 1
        for depth in range(common, len(keys) - 1):
            lines.append("  " * (depth + 1) + keys[depth] + ":")
        open_keys = keys[:-1]
        lines.append("  " * len(keys) + f"{keys[-1]}: {value}")
    return "\n".join(lines) + "\n"


def sections():
    """Sections by name: each key with each value that is good or bad for its type, and several."""
    texts = {f"{path}={number}": section({path: value})
             for path, values in FIELDS.items() for number, value in enumerate(values)}
    dice = random.Random(1)
    leaves = [path for path in FIELDS if not any(other.startswith(path + ".") for other in FIELDS)]
    for number in range(200):
        chosen = dice.sample(leaves, dice.randint(2, 5))
        texts[f"several {number}"] = section({path: dice.choice(FIELDS[path]) for path in chosen})
    texts |= {"whole": AGENTMAP, "null": "telemetry:\n", "list": "telemetry: []\n",
              "text": "telemetry: on\n", "none": "other: 1\n", "empty": "", "twice": AGENTMAP * 2}
    return texts


def random_texts(count):
    dice = random.Random(2)
    return {f"random {number}": "".join(dice.choices(PIECES, k=dice.randint(1, 12)))
            for number in range(count)}


class PydanticSection(PeerTest):
    def judge(self, texts):
        """Both verdicts by name: theirs, and the codes of our errors."""
        names = {f"{number}.yaml": name for number, name in enumerate(texts)}
        folder = self.scratch / self.id()
        folder.mkdir()
        for file, name in names.items():
            (folder / file).write_text(texts[name], encoding="utf-8", newline="")
        given = folder / "texts.json"
        given.write_text(json.dumps(texts), encoding="utf-8")
        python = self.peers["pydantic"] / "venv/bin/python"
        script = HERE / "pydantic" / "read_sections.py"
        theirs = json.loads(self.run_command(python, script, given).stdout)
        # The files are named, so that random ones of other kinds are judged as sections too.
        command = [self.otelctl_path, "config", "validate", "--kind", "telemetry", "--no-env",
                   "--format", "json", *names]
        done = subprocess.run(command, cwd=folder, env=clean_environment(self.scratch),
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        ours = {name: [] for name in texts}
        for finding in json.loads(done.stdout)["findings"]:
            if finding["severity"] == "error":
                ours[names[finding["file"]]].append(finding["code"])
        return theirs, ours

    def test_what_the_model_refuses_is_an_error(self):
        texts = sections()
        theirs, ours = self.judge(texts)
        refused = [name for name in texts if not theirs[name]["model"]]
        missed = {name: texts[name] for name in refused if not ours[name]}
        print(f"{len(texts)} sections, {len(refused)} refused by the model")
        self.assertEqual(missed, {})
        self.assertGreater(len(refused), 120)
        self.assertGreater(len(texts) - len(refused), 120)
        # AgentMap's own is taken, and so is what both call fine.
        self.assertTrue(theirs["whole"]["model"])
        self.assertEqual(ours["tracing.enabled=0"], [])

    def test_what_pyyaml_refuses_is_an_error(self):
        texts = random_texts(4000)
        theirs, ours = self.judge(texts)
        refused = [name for name in texts if not theirs[name]["yaml"]]
        print(f"{len(texts)} random texts, {len(refused)} refused by PyYAML")
        self.assertEqual({name: texts[name] for name in refused if not ours[name]}, {})
        self.assertGreater(len(refused), 500)
        self.assertGreater(len(texts) - len(refused), 500)


if __name__ == "__main__":
    main("pydantic")
