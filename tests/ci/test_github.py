# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The steps of scripts/ci/action.yml, run as GitHub's runner would."""

import pathlib
import re
import shutil

import yaml
from github_runner import ActionRunner
from support import BAD, KIT, ROOT, SECRET, KitTest, main, readme_blocks, run_as_runner

CHECKS = ("validate", "test-connection", "smoke", "check-traces")
NOTHING_LISTENS = "http://127.0.0.1:1"
UPLOAD = "Hand the findings to code scanning"


class Action(KitTest):
    def run_action(self, checks="validate test-connection smoke check-traces", **inputs):
        runner = ActionRunner(KIT, self.project, self.scratch, self.environment)
        inputs = {"binary": self.otelctl, "files": "config/*.yaml"} | inputs
        return runner.run(checks=checks, **inputs)

    def run_all(self, backend, **inputs):
        defaults = {
            "endpoint": backend.grpc,
            "protocol": "grpc",
            "backend": backend.query,
            "expectations": "expectations.yaml",
            "upload_sarif": "true",
        }
        return self.run_action(**(defaults | inputs))

    def check_statuses(self, run, **expected):
        expected = {name.replace("_", "-"): status for name, status in expected.items()}
        found = {name: run.outputs[name] for name in CHECKS}
        self.assertEqual(found, {name: expected.get(name, "0") for name in CHECKS}, run.log())
        for name, status in found.items():
            outcome = {"": "skipped", "0": "success"}.get(status, "failure")
            self.assertEqual(run.steps[name].outcome, outcome, name)
            self.assertEqual(run.steps[name].status, int(status or 0))
        bad = any(status not in ("", "0") for status in found.values())
        self.assertEqual(run.failed(), bad or run.steps["install"].outcome == "failure")

    def test_a_good_run_is_green_and_reported(self):
        backend = self.start_backend(f"--require-header=x-api-key={SECRET}")
        self.environment["OTEL_EXPORTER_OTLP_HEADERS"] = f"x-api-key={SECRET}"
        self.send_trace(backend)
        run = self.run_all(backend, signal="all")
        self.check_statuses(run)
        self.assertEqual([each for step in run.steps.values() for each in step.commands], [])
        for name in CHECKS:
            self.check_junit(self.report(f"{name}.xml"), failures=0)
            self.assertIn(f"<summary>otelctl {name}: passed</summary>", run.summary)
            self.assertIn(self.report(f"{name}.txt").read_text(), run.steps[name].log)
        self.check_sarif(run.outputs["sarif"], [], [])
        self.assertEqual(run.steps[UPLOAD].inputs["sarif_file"], run.outputs["sarif"])
        self.assertEqual(run.outputs["binary"], self.otelctl)
        self.check_no_secret(run.log(), run.summary)

    def test_a_bad_section_fails_and_the_rest_still_runs(self):
        backend = self.start_backend()
        self.send_trace(backend)
        self.write("config/bad.yaml", BAD)
        run = self.run_all(backend)
        self.check_statuses(run, validate="1")
        errors = run.steps["validate"].annotations("error")
        self.assertEqual({each.properties["file"] for each in errors}, {"config/bad.yaml"})
        self.assertEqual({each.properties["line"] for each in errors}, {"3", "4"})
        codes = {each.properties["title"] for each in errors}
        self.check_sarif(run.outputs["sarif"], codes, ["config/bad.yaml"])
        self.check_junit(self.report("validate.xml"), failures=2)
        self.assertIn("<details open>\n<summary>otelctl validate: failed</summary>", run.summary)
        # The findings reach code scanning although the step before has failed.
        self.assertEqual(run.steps[UPLOAD].outcome, "success")
        self.assertEqual(run.steps[UPLOAD].inputs["sarif_file"], run.outputs["sarif"])

    def test_what_fails_is_for_fail_on_to_say(self):
        self.write("config/bad.yaml", BAD)
        run = self.run_action(checks="validate", fail_on="never")
        self.assertEqual(run.outputs["validate"], "0")
        self.assertTrue(run.steps["validate"].annotations("error"))
        self.assertIn("otelctl validate: passed", run.summary)

    def test_without_being_asked_nothing_is_handed_to_code_scanning(self):
        run = self.run_action(checks="validate", sarif="scan/otelctl.sarif")
        self.assertEqual(run.steps[UPLOAD].outcome, "skipped")
        self.assertEqual(run.outputs["sarif"], str(self.project / "scan/otelctl.sarif"))
        self.check_sarif(run.outputs["sarif"], [], [])
        self.check_statuses(run, test_connection="", smoke="", check_traces="")

    def test_a_backend_without_the_trace(self):
        backend = self.start_backend()
        run = self.run_all(
            backend, trace_id="0af7651916cd43dd8448eb211c80319c", expectations="", timeout="0s"
        )
        self.check_statuses(run, check_traces="6")
        (error,) = run.steps["check-traces"].annotations("error")
        self.assertIn("0af7651916cd43dd8448eb211c80319c", error.message)
        self.assertIn("otelctl check-traces: not seen", run.summary)
        self.check_junit(self.report("check-traces.xml"), failures=1)

    def test_an_expectation_that_is_not_met(self):
        backend = self.start_backend()
        self.send_trace(backend)
        expectations = (self.project / "expectations.yaml").read_text()
        self.write(
            "expectations.yaml", expectations + "    spans: [{match: {name: no such span}}]\n"
        )
        run = self.run_all(backend, timeout="0s")
        self.check_statuses(run, check_traces="1")
        (error,) = run.steps["check-traces"].annotations("error")
        self.assertEqual(error.properties["file"], "expectations.yaml")
        self.assertEqual(error.properties["line"], "7")

    def test_a_dead_collector_is_said_once_and_the_backend_is_still_asked(self):
        backend = self.start_backend()
        self.send_trace(backend)
        run = self.run_all(backend, endpoint=NOTHING_LISTENS, wait="0s")
        self.check_statuses(run, test_connection="3", smoke="")
        (error,) = run.steps["test-connection"].annotations("error")
        self.assertIn("127.0.0.1:1", error.message)
        self.assertIn("otelctl test-connection: not reachable", run.summary)
        self.check_junit(self.report("test-connection.xml"), failures=1)

    def test_smoke_alone_says_it_as_well(self):
        run = self.run_action(checks="smoke", endpoint=NOTHING_LISTENS, protocol="grpc")
        self.check_statuses(run, validate="", test_connection="", smoke="3", check_traces="")

    def test_a_refused_login_shows_no_secret(self):
        backend = self.start_backend("--require-header=x-api-key=another")
        self.environment["OTEL_EXPORTER_OTLP_HEADERS"] = f"x-api-key={SECRET}"
        run = self.run_action(checks="test-connection", endpoint=backend.grpc, protocol="grpc")
        self.check_statuses(run, validate="", test_connection="4", smoke="", check_traces="")
        self.check_no_secret(run.log(), run.summary)

    def test_the_settings_may_be_those_of_a_file_and_of_the_job(self):
        backend = self.start_backend()
        self.write(
            "config/app.yaml",
            (
                "app:\n  telemetry:\n    enabled: true\n    service_name: shop\n    exporters:\n"
                f"      otlp: {{enabled: true, endpoint: '{backend.http}/v1/traces'}}\n"
            ),
        )
        self.environment["OTELCTL_BACKEND"] = backend.query
        run = self.run_action(
            checks="validate\ntest-connection\nsmoke",
            config="config/app.yaml",
            section="app.telemetry",
        )
        self.check_statuses(run, check_traces="")

    def test_every_input_reaches_the_check_that_it_is_for(self):
        wrong = "n:o=t"
        rows = [
            ("validate", "fail_on", "--fail-on"),
            ("test-connection", "protocol", "protocol"),
            ("test-connection", "endpoint", "endpoint"),
            ("test-connection", "signal", "--signal"),
            ("test-connection", "wait", "--wait"),
            ("test-connection", "config", wrong),
            ("smoke", "protocol", "protocol"),
            ("smoke", "endpoint", "endpoint"),
            ("smoke", "within", "--within"),
            ("smoke", "config", wrong),
            ("smoke", "backend", "file"),
            ("check-traces", "timeout", "--timeout"),
            ("check-traces", "trace_id", "--trace-id"),
            ("check-traces", "expectations", wrong),
        ]
        for check, name, named in rows:
            with self.subTest(check=check, input=name):
                run = self.run_action(checks=check, **{name: wrong})
                self.assertEqual(run.outputs[check], "2", run.log())
                (error,) = run.steps[check].annotations("error")
                self.assertIn(named, error.message)
                self.assertIn("hint: ", error.message)
                self.assertIn("not run: usage or settings", run.summary)
        run = self.run_action(checks="check-traces", tags="a=b c", trace_id="")
        self.assertIn("--tag", run.steps["check-traces"].annotations("error")[0].message)

    def test_several_patterns_and_names_with_blanks_and_dashes(self):
        self.write("config/the app.yaml", BAD)
        self.write("prod.env", "OTEL_EXPORTER_OTLP_PROTOCOL=carrier-pigeon\n")
        self.write("-fix.yaml", BAD)
        run = self.run_action(checks="validate", files="config/the?app.yaml\nprod.env -fix.yaml")
        files = {each.properties["file"] for each in run.steps["validate"].annotations("error")}
        self.assertEqual(files, {"config/the app.yaml", "prod.env", "-fix.yaml"})

    def test_a_pattern_without_files_is_no_success(self):
        run = self.run_action(checks="validate", files="configuration/*.yaml")
        self.assertEqual(run.outputs["validate"], "2")
        self.assertIn("configuration/*.yaml", run.steps["validate"].annotations("error")[0].message)

    def test_a_report_of_an_earlier_run_is_none_of_this(self):
        self.run_action(checks="validate")
        run = self.run_action(checks="validate", files="missing.yaml")
        self.assertFalse(self.report("validate.xml").exists())
        self.assertEqual(run.outputs["sarif"], "")

    def test_no_input_becomes_a_command(self):
        runner = ActionRunner(KIT, self.project, self.scratch, self.environment)
        harmless = {
            "binary": self.otelctl,
            "checks": " ".join(CHECKS),
            "wait": "0s",
            "timeout": "0s",
            "endpoint": NOTHING_LISTENS,
            "backend": NOTHING_LISTENS,
        }
        # Whatever quotes stood around it, one of these would be executed.
        text = "$(touch pwned)`touch pwned`'; touch pwned; '\"; touch pwned; \""
        for name in runner.inputs():
            with self.subTest(input=name):
                runner.run(**(harmless | {name: text}))
                self.assertEqual(list(self.scratch.rglob("pwned")), [])

    def test_no_input_becomes_another_output(self):
        for name in ("binary", "sarif", "reports"):
            with self.subTest(input=name):
                run = self.run_action(checks="validate", **{name: "a\nsarif=/etc/passwd"})
                self.assertTrue(run.failed())
                self.assertEqual(run.outputs["sarif"], "")

    def test_no_text_of_files_and_backends_commands_the_runner(self):
        backend = self.start_backend()
        self.send_trace(backend, "--service=::error::forged", "--name=::add-mask::forged")
        self.write(
            "config/bad.yaml", "telemetry:\n  service_nam: '::error::forged'\n::error::forged: 1\n"
        )
        self.write(
            "expectations.yaml",
            (
                "version: 1\ndefaults: {settle: 0s}\nexpect:\n- name: '::warning::forged'\n"
                "  find: {service: '::error::forged'}\n  trace: {roots: 77}\n"
            ),
        )
        run = self.run_all(backend, timeout="0s")
        self.check_statuses(run, validate="1", check_traces="1")
        self.assertIn("::error::forged", run.steps["check-traces"].log)
        for step in run.steps.values():
            for command in step.commands:
                self.assertIn("title", command.properties)
                self.assertNotEqual(command.message, "forged")

    def test_no_text_of_a_backend_is_markup_in_the_summary(self):
        backend = self.start_backend()
        self.send_trace(backend, "--service=</details><img src=x>", "--name=```")
        self.write(
            "expectations.yaml",
            (
                "version: 1\ndefaults: {settle: 0s}\nexpect:\n- name: '</details><img src=x>'\n"
                "  find: {service: '</details><img src=x>'}\n  trace: {roots: 77}\n"
            ),
        )
        run = self.run_all(backend, timeout="0s")
        self.assertIn("<img src=x>", run.summary)
        for line in run.summary.splitlines():
            own = line in ("", "<details>", "<details open>", "</details>")
            self.assertTrue(own or line.startswith(("<summary>otelctl ", "    ")), line)

    def test_the_examples_of_the_readme_are_of_inputs_and_outputs_that_there_are(self):
        job, more_steps = readme_blocks("GitHub")
        steps = job["jobs"]["telemetry"]["steps"] + more_steps
        own = [step for step in steps if "otelctl" in step.get("uses", "")]
        self.assertEqual(len(own), 2)
        action = ActionRunner(KIT, self.project, self.scratch, self.environment)
        for step in own:
            self.assertTrue(step["uses"].startswith("OWNER/otelctl/scripts/ci@"))
            self.assertLessEqual(set(step["with"]), set(action.inputs()))
        named = re.findall(r"steps\.telemetry\.outputs\.([\w-]+)", yaml.safe_dump(steps))
        self.assertTrue(named)
        self.assertLessEqual(set(named), set(action.outputs()))

    def test_headers_of_the_backend_reach_it_and_are_not_shown(self):
        backend = self.start_backend()
        self.environment["OTELCTL_BACKEND"] = backend.query
        self.environment["OTELCTL_CI_BACKEND_HEADERS"] = f"Authorization={SECRET}\nno header"
        for check in ("smoke", "check-traces"):
            with self.subTest(check=check):
                run = self.run_action(checks=check, endpoint=backend.grpc, trace_id="a" * 32)
                # The second line is found to be none, and the first is not repeated.
                self.assertEqual(run.outputs[check], "2", run.log())
                self.assertIn("--backend-header", run.log())
                self.assertNotIn(SECRET, run.log() + run.summary)

    def test_every_setting_is_one_that_the_scripts_read(self):
        read = "".join((KIT / name).read_text() for name in ("check", "install"))
        for name in ("action.yml", "gitlab.yml", "README.md"):
            for variable in re.findall(r"OTELCTL_CI_\w+", (KIT / name).read_text()):
                own = variable in ("OTELCTL_CI_REPOSITORY", "OTELCTL_CI_REF", "OTELCTL_CI_SOURCE")
                self.assertTrue(own or f"${{{variable}" in read, f"{name}: {variable}")

    def test_a_misspelt_check_ends_it(self):
        run = self.run_action(checks="vaildate")
        self.check_statuses(run, validate="", test_connection="", smoke="", check_traces="")
        self.assertEqual(run.steps["install"].status, 2)
        self.assertIn("'vaildate'", run.steps["install"].annotations("error")[0].message)

    def test_nothing_to_check_is_no_success(self):
        for checks in ("", " \n"):
            with self.subTest(checks):
                run = self.run_action(checks=checks)
                self.assertTrue(run.failed())
                self.assertIn("no check is named", run.steps["install"].annotations("error")[0].message)
        done = run_as_runner([KIT / "check"], self.project, self.environment)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("there is no check ''", done.stdout)

    def test_a_tag_is_no_pattern_of_files(self):
        backend = self.start_backend()
        self.send_trace(backend, "--attribute=run.id=7")
        self.write("run.id=7", "")
        for tag, status in (("run.id=7", "0"), ("run.id=*", "6")):
            with self.subTest(tag):
                run = self.run_action(
                    checks="check-traces",
                    backend=backend.query,
                    expectations="expectations.yaml",
                    tags=tag,
                    timeout="0s",
                )
                self.assertEqual(run.outputs["check-traces"], status, run.log())

    def test_the_program_comes_from_the_input_or_from_path(self):
        self.add_to_path()
        run = self.run_action(checks="validate", binary="")
        self.assertEqual(pathlib.Path(run.outputs["binary"]).resolve(), pathlib.Path(self.otelctl))
        for missing in ("no/otelctl", "config/app.yaml"):
            with self.subTest(missing):
                run = self.run_action(checks="validate", binary=missing)
                self.assertEqual(run.steps["install"].status, 2)
                self.assertEqual(run.steps["validate"].outcome, "skipped")
                self.assertIn(missing, run.steps["install"].annotations("error")[0].message)

    def test_without_one_it_is_built_from_the_sources_of_the_action(self):
        sources = self.scratch / "the sources"
        shutil.copytree(KIT, sources / "scripts/ci")
        shutil.copy(ROOT / "scripts/common.sh", sources / "scripts")
        (sources / "scripts/packages.txt").write_text("# nothing is missing\n")
        # A compiler would take minutes: this one needs only to be called as the real one is.
        cmake = self.home / "cmake"
        self.environment["PATH"] = f"{self.home}:{self.environment['PATH']}"
        for build, status in (
            ("exit 1", 2),
            (f"mkdir -p build/release/cmd && cp '{self.otelctl}' build/release/cmd/", 0),
        ):
            cmake.write_text(
                f"#!/bin/sh\ncase $* in\n'--build --preset release') {build} ;;\n"
                "'--preset release '*) ;;\n*) exit 1 ;;\nesac\n"
            )
            cmake.chmod(0o755)
            runner = ActionRunner(
                sources / "scripts/ci", self.project, self.scratch, self.environment
            )
            run = runner.run(files="config/app.yaml")
            self.assertEqual(run.steps["install"].status, status, run.log())
            self.assertEqual(run.outputs["validate"], "" if status else "0", run.log())
            self.assertEqual(bool(run.steps["install"].annotations("error")), bool(status))
        self.assertEqual(run.outputs["binary"], str(sources / "build/release/cmd/otelctl"))

    def test_a_program_that_does_not_run_here_is_named(self):
        self.write("otelctl", "#!/bin/sh\nexit 127\n")
        (self.project / "otelctl").chmod(0o755)
        run = self.run_action(checks="validate", binary="otelctl")
        self.assertEqual(run.steps["install"].status, 2)
        self.assertIn("does not run here", run.steps["install"].annotations("error")[0].message)


if __name__ == "__main__":
    main()
