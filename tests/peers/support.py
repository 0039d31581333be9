# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What every peer test needs: the peers, processes on free ports, otelctl in a clean environment.

A test file defines classes derived from PeerTest and ends with `main(PEER...)`. It is run as
`python3 test_x.py OTELCTL [unittest arguments]` and exits 77, with the reason, if a peer or a
program that it needs cannot be had on this machine.
"""

import json
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from spans import differences

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
LOG_TAIL_LINES = 20
MOST_DIFFERENCES = 20


class PeerError(Exception):
    """A peer or otelctl did not do what a test cannot go on without."""


def find_peer(name):
    """The folder of a prepared peer; ends the program as skipped or failed if there is none."""
    found = subprocess.run(
        [HERE / "prepare", "--where", name], capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        return pathlib.Path(found.stdout.strip())
    word = "SKIPPED" if found.returncode == SKIPPED else "FAILED"
    print(f"{word}: {found.stderr.strip()}")
    sys.exit(found.returncode)


def wait_until(condition, what, seconds=60):
    """Returns the first true value of condition(); raises PeerError if none comes in time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise PeerError(f"waited {seconds} s in vain until {what}")
        time.sleep(0.02)


def free_ports(count):
    """Ports that were free a moment ago: whoever takes one must be ready to be told it is busy."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


def clean_environment(scratch, extra=None):
    """No OTEL_* variable, no proxy, no settings of the user."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(scratch), "LANG": "C.UTF-8"}
    # What the sanitizer presets set must reach the binary under test.
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    environment.update(extra or {})
    return environment


def http_get(url):
    """The body of a 200 answer; None for everything else, a refused connection included."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=10) as answer:
            return answer.read()
    except (urllib.error.URLError, OSError):
        return None


def post_json(url, text):
    """Posts JSON text; whatever is not answered with 2xx is an error."""
    request = urllib.request.Request(
        url, data=text.encode(), headers={"Content-Type": "application/json"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=30) as answer:
        return answer.read()


def get_json(url):
    body = http_get(url)
    if body is None:
        raise PeerError(f"no answer from {url}")
    return json.loads(body)


class Process:
    """A server in the background, with its output in a file."""

    def __init__(self, name, arguments, scratch, environment):
        self.name = name
        self.log = scratch / f"{name}.log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                arguments,
                cwd=scratch,
                env=clean_environment(scratch, environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def status(self):
        """The exit status, None while it runs."""
        return self._process.poll()

    def log_text(self):
        return self.log.read_text(errors="replace")

    def log_tail(self):
        lines = self.log_text().splitlines()[-LOG_TAIL_LINES:]
        return "\n".join([f"--- the end of the log of {self.name}", *lines])

    def stop(self):
        """Asks it to end, and after 15 s makes it end; returns the exit status."""
        if self.status() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._process.kill()
        return self._process.wait()

    def wait_until(self, condition, what):
        """As wait_until, but does not go on waiting for a process that has ended."""
        wait_until(lambda: self.status() is not None or condition(), f"{self.name} {what}")
        if self.status() is not None:
            raise PeerError(f"{self.name} ended with {self.status()}\n{self.log_tail()}")


class Peer:
    """A running peer and where it listens, as host:port."""

    def __init__(self, process, addresses):
        self.process = process
        self.grpc = addresses.get("grpc")
        self.http = addresses.get("http")
        self.query = addresses.get("query")
        self.query_grpc = addresses.get("query_grpc")
        self.file = addresses.get("file")

    def address(self, protocol):
        """Where it takes OTLP by `grpc`, `http/protobuf` or `http/json`."""
        return self.grpc if protocol == "grpc" else self.http

    def endpoint(self, protocol):
        return "http://" + self.address(protocol)

    def query_url(self):
        return "http://" + self.query


class PeerTest(unittest.TestCase):
    """Stops what a test has started with the test, and what its class has started with the class.

    If a test fails, the ends of the logs of both are printed.
    """

    otelctl_path = None
    peers = {}
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="otelctl-peers-")
        cls.addClassCleanup(folder.cleanup)
        cls.scratch = pathlib.Path(folder.name)
        cls.processes = []

    def run(self, result=None):
        bad = len(result.failures) + len(result.errors)
        of_class = len(self.processes)
        super().run(result)
        if len(result.failures) + len(result.errors) > bad:
            for process in self.processes:
                print(process.log_tail(), file=sys.stderr)
        for process in self.processes[of_class:]:
            process.stop()
        del self.processes[of_class:]
        return result

    def check_same_spans(self, got, expected):
        found = differences(got, expected)
        if found:
            shown = "\n".join(found[:MOST_DIFFERENCES])
            self.fail(f"the spans differ in {len(found)} places\n{shown}")

    @classmethod
    def start(cls, name, arguments, environment=None):
        process = Process(name, arguments, cls.scratch, environment)
        cls.processes.append(process)
        cls.addClassCleanup(process.stop)
        return process

    @classmethod
    def run_command(cls, *command, status=0, environment=None):
        """Runs a command to its end and checks its exit status."""
        words = [str(word) for word in command]
        done = subprocess.run(
            words,
            cwd=cls.scratch,
            env=clean_environment(cls.scratch, environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode != status:
            raise AssertionError(
                f"{shlex.join(words)}\nended with {done.returncode}, expected {status}\n"
                f"--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}"
            )
        return done

    @classmethod
    def otelctl(cls, *arguments, **options):
        """Runs otelctl as run_command() does, with its options."""
        return cls.run_command(cls.otelctl_path, *arguments, **options)

    @classmethod
    def otelctl_json(cls, *arguments, **options):
        """As otelctl(), with `--format json`: the one document that it prints."""
        return json.loads(cls.otelctl(*arguments, "--format", "json", **options).stdout)

    @classmethod
    def python_command(cls, script, *arguments):
        """The command that runs a script of python/ with the SDK of the peer `python`."""
        return [cls.peers["python"] / "venv/bin/python", HERE / "python" / script, *arguments]

    @classmethod
    def run_python(cls, script, *arguments, **options):
        """Runs such a script: the JSON that it prints."""
        return json.loads(
            cls.run_command(*cls.python_command(script, *arguments), **options).stdout
        )

    @classmethod
    def start_serve(cls, *arguments, name="otelctl serve"):
        """`otelctl serve` on ports of its own choice."""
        ready = cls.scratch / f"{name}.ready.json"
        ready.unlink(missing_ok=True)
        any_port = "127.0.0.1:0"
        listeners = ["--grpc", any_port, "--http", any_port, "--query", any_port]
        process = cls.start(
            name,
            [cls.otelctl_path, "serve", *listeners, "--ready-file", str(ready), *arguments],
        )
        process.wait_until(ready.exists, "has written its ready file")
        return Peer(process, json.loads(ready.read_text()))

    def read_file(self, collector, is_enough):
        """What a Collector has written to its file, once is_enough() finds it to be all."""

        def text():
            written = collector.file.read_text() if collector.file.exists() else ""
            # The last line may be half written.
            lines = written[: written.rfind("\n") + 1]
            return lines if is_enough(lines) else None

        return wait_until(text, "the Collector has written everything to its file")

    @classmethod
    def start_jaeger(cls):
        return cls._start_go_peer("jaeger", "jaeger", "jaeger.yaml", "/status")

    @classmethod
    def start_collector(
        cls, config="collector.yaml", name="otelcol", environment=None, settings=()
    ):
        """A Collector; `settings` are keys above those of the file, `a::b: value` in YAML."""
        above = [f"yaml:{setting}" for setting in settings]
        return cls._start_go_peer("collector", name, config, "/", environment, above)

    @classmethod
    def start_zipkin(cls):
        """Zipkin with its traces in memory. Its API is on Peer.query, and takes spans too."""
        (jar,) = (cls.peers["zipkin"] / "lib").iterdir()

        def command(port):
            listener = {"ip": "127.0.0.1", "port": port, "protocols[0]": "http"}
            options = [f"--armeria.ports[0].{key}={value}" for key, value in listener.items()]
            # It has started sooner without the second compiler.
            return ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", jar, *options]

        process, (port,) = cls._start_on_free_ports(
            "zipkin", 1, lambda ports: (command(*ports), {"STORAGE_TYPE": "mem"}), 0, "/health"
        )
        return Peer(process, {"query": f"127.0.0.1:{port}"})

    @classmethod
    def _start_go_peer(cls, peer, name, config, health_path, environment=None, more_configs=()):
        binary = next((cls.peers[peer] / "bin").iterdir())
        file = cls.scratch / f"{name}.jsonl"
        file.unlink(missing_ok=True)
        kinds = ("GRPC", "HTTP", "QUERY", "QUERY_GRPC", "HEALTH")
        configs = [HERE / "config" / config, *more_configs]
        command = [binary, *(word for each in configs for word in ("--config", each))]

        def start(ports):
            listeners = {f"PEER_{kind}_PORT": str(port) for kind, port in zip(kinds, ports)}
            return command, listeners | {"PEER_FILE": str(file)} | (environment or {})

        process, ports = cls._start_on_free_ports(
            name, len(kinds), start, kinds.index("HEALTH"), health_path
        )
        located = {kind.lower(): f"127.0.0.1:{port}" for kind, port in zip(kinds, ports)}
        return Peer(process, located | {"file": file})

    @classmethod
    def _start_on_free_ports(cls, name, count, start, health, health_path, attempts=3):
        """Starts a peer that does not tell a port that it chose: on free ones, others if it must.

        start(ports) is its command and environment; the port of the index `health` answers for it
        at `health_path`. Returns the process and the ports.
        """
        ports = free_ports(count)
        process = cls.start(name, *start(ports))
        health_url = f"http://127.0.0.1:{ports[health]}{health_path}"
        try:
            process.wait_until(lambda: http_get(health_url), "says that it is ready")
        except PeerError:
            busy = "address already in use" in process.log_text().lower()
            process.stop()
            if busy and attempts > 1:
                return cls._start_on_free_ports(
                    name, count, start, health, health_path, attempts - 1
                )
            raise
        return process, ports


def main(*peers, program=None):
    """Runs the tests of the calling file with the otelctl that its first argument names.

    `program` is one that the tests need in PATH, beside the peers.
    """
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} OTELCTL [unittest arguments]")
    if program and not shutil.which(program):
        print(f"SKIPPED: {program} is missing")
        sys.exit(SKIPPED)
    PeerTest.otelctl_path = str(pathlib.Path(sys.argv[1]).resolve())
    PeerTest.peers = {name: find_peer(name) for name in peers}
    unittest.main(argv=[sys.argv[0], "--verbose", *sys.argv[2:]])
