# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The reports of `config validate` and of `test-connection`, and the schema of `config schema`,
judged by others' schemas."""

import http.server
import json
import subprocess
import threading
import xml.etree.ElementTree

from support import HERE, PeerTest, clean_environment, main

RULES = HERE.parent / "data" / "config" / "rules"
AGENTMAP = HERE.parent / "cli" / "config-validate" / "the section of agentmap" / "agentmap.yaml"

# What the schema must refuse, as the validator does, and what it must not.
REFUSED = (
    "{}",
    "telemetry: ",
    "telemetry: []",
    "telemetry: {enabled: enabled}",
    "telemetry: {enabeld: true}",
    "telemetry: {service_name: ''}",
    "telemetry: {service_version: 1.27}",
    "telemetry: {tracing: }",
    "telemetry: {tracing: {sampler: {type: ALWAYS_ON}}}",
    "telemetry: {tracing: {sampler: {ratio: 1.5}}}",
    "telemetry: {tracing: {sampler: {ratio: 10%}}}",
    "telemetry: {tracing: {propagators: 'tracecontext,baggage'}}",
    "telemetry: {tracing: {propagators: [nope]}}",
    "telemetry: {metrics: {export_interval_ms: 60s}}",
    "telemetry: {metrics: {export_interval_ms: 0}}",
    "telemetry: {exporters: {otlp: {endpoint: 'localhost:4317'}}}",
    "telemetry: {exporters: {otlp: {endpoint: ''}}}",
    "telemetry: {exporters: {otlp: {headers: 'api-key=xxx'}}}",
    "telemetry: {exporters: {otlp: {headers: {a: 1}}}}",
    "telemetry: {exporters: {otlp: {timeout_ms: -1}}}",
    "telemetry: {exporters: {otlp: {timeout: 10}}}",
    "telemetry: {exporters: {jaeger: {agent_port: 70000}}}",
    "telemetry: {resource_attributes: {replicas: 3}}",
    "telemetry: {instrumentation: {flask: true}}",
)
TAKEN = (
    "{telemetry: {}, other: {anything: [1, 2]}}",
    "telemetry: {enabled: '${ON:-true}', metrics: {export_interval_ms: '${MS}'}}",
    "telemetry: {tracing: {sampler: {type: '${SAMPLER}', ratio: '${env:RATIO:-0.1}'}}}",
    "telemetry: {tracing: {propagators: ['${P}', b3]}}",
    "telemetry: {exporters: {otlp: {endpoint: '${SCHEME}://c:4317', headers: {a: '${A}'}}}}",
    "telemetry: {exporters: {otlp: {endpoint: 'HTTPS://c:4317', timeout_ms: 0}}}",
)


class HostileServer(http.server.BaseHTTPRequestHandler):
    """Refuses every request with words that hurt an XML document."""

    def do_POST(self):
        body = b'{"code": 3, "message": "]]> <b>& \\"\\u001b[2J\\u0000\\ufffe\\nx"}'
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Formats(PeerTest):
    def judge(self, what, *files, text):
        """What others find wrong with a document."""
        peer = self.peers["formats"]
        done = subprocess.run(
            [str(peer / "venv/bin/python"), "-B", HERE / "formats/judge.py", what, *map(str, files)],
            input=text,
            capture_output=True,
            text=True,
            env=clean_environment(self.scratch),
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def examples(self):
        """A bad and a good file of every rule, and one whose name has all that hurts."""
        hostile = self.scratch / 'a:b,c%\n::error::"<&>\x1b.yaml'
        hostile.write_text("telemetry: {enabled: no, exporter: 1, exporter: 2}\n")
        files = sorted(path for path in RULES.glob("*/*.*") if path.is_file())
        self.assertGreater(len(files), 100)
        return [hostile, *files]

    def report(self, form):
        options = ("--fail-on", "never", "--no-env", "--format", form)
        return self.otelctl("config", "validate", *options, *self.examples()).stdout

    def test_sarif_is_what_its_schema_says(self):
        text = self.report("sarif")
        schema = self.peers["formats"] / "sarif-2.1.0-rtm.5.json"
        self.assertEqual(self.judge("json", schema, text=text), [])
        run = json.loads(text)["runs"][0]
        self.assertGreater(len(run["results"]), 50)
        for result in run["results"]:
            rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
            self.assertEqual(rule["id"], result["ruleId"])

    def test_a_mistake_in_sarif_would_be_found(self):
        schema = self.peers["formats"] / "sarif-2.1.0-rtm.5.json"
        text = self.report("sarif").replace('"startLine": 1,', '"startLine": 0,')
        self.assertNotEqual(self.judge("json", schema, text=text), [])

    def test_sarif_of_a_clean_file(self):
        schema = self.peers["formats"] / "sarif-2.1.0-rtm.5.json"
        clean = self.scratch / "clean.yaml"
        clean.write_text("telemetry: {}\n")
        text = self.otelctl("config", "validate", "--format", "sarif", clean).stdout
        self.assertEqual(self.judge("json", schema, text=text), [])

    def test_junit_is_what_jenkins_reads(self):
        text = self.report("junit")
        peer = self.peers["formats"]
        self.assertEqual(self.judge("junit", peer / "jenkins-junit.xsd", text=text), [])
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(len(root), len(self.examples()))
        for suite in root:
            self.assertEqual(int(suite.get("tests")), len(suite))
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
            names = [case.get("name") for case in suite]
            self.assertEqual(len(names), len(set(names)))

    def probe(self, *options, status):
        """The one test suite of a probe, held to the schema."""
        command = ("test-connection", *options, "--format", "junit")
        text = self.otelctl(*command, status=status).stdout
        peer = self.peers["formats"]
        self.assertEqual(self.judge("junit", peer / "jenkins-junit.xsd", text=text), [])
        (suite,) = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(int(suite.get("tests")), len(suite))
        self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
        self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")))
        return suite

    def test_junit_of_a_probe_is_what_jenkins_reads(self):
        server = self.start_serve()
        grpc = ("--protocol", "grpc", "--signal", "all")
        suite = self.probe("--endpoint", server.endpoint("grpc"), *grpc, status=0)
        names = [case.get("name") for case in suite]
        self.assertEqual(names[-3:], ["export traces", "export metrics", "export logs"])
        suite = self.probe("--endpoint", server.endpoint("http/protobuf"), *grpc, status=5)
        self.assertEqual(suite.find("testcase/failure").get("type"), "not_understood")

    def test_junit_of_a_probe_holds_what_a_hostile_server_says(self):
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), HostileServer) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                suite = self.probe("--endpoint", f"http://127.0.0.1:{server.server_port}", status=5)
            finally:
                server.shutdown()
                thread.join()
        self.assertIn("]]> <b>&", suite.find("testcase/failure").get("message"))

    def test_the_schema_of_the_section_is_one(self):
        for section in ("telemetry", "app.telemetry", "-"):
            text = self.otelctl("config", "schema", "--section", section).stdout
            self.assertEqual(self.judge("meta", text=text), [])

    def verdicts(self, documents):
        schema = self.scratch / "telemetry.schema.json"
        schema.write_text(self.otelctl("config", "schema").stdout)
        return self.judge("section", schema, text="\n---\n".join(documents))

    def test_the_schema_takes_and_refuses_what_the_validator_does(self):
        for documents, is_refused in ((REFUSED, True), (TAKEN, False)):
            for document, errors in zip(documents, self.verdicts(documents), strict=True):
                with self.subTest(document):
                    self.assertEqual(bool(errors), is_refused, errors)
                    file = self.scratch / "one.yaml"
                    file.write_text(document)
                    options = ("--no-env", "--kind", "telemetry", "--select", "OTC1,OTC310")
                    self.otelctl("config", "validate", *options, file, status=int(is_refused))

    def test_the_schema_takes_the_plan_of_agentmap(self):
        self.assertEqual(self.verdicts([AGENTMAP.read_text()]), [[]])


main("formats")
