# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What show-trace draws, read by the programs that it is drawn for."""

import collections
import decimal
import json
import subprocess
import xml.etree.ElementTree

from support import HERE, clean_environment, main
from trace_pictures import PictureTest

SHOP = "a" * 32
HOSTILE = "b" * 32
SCENARIOS = ("kinds", "unicode", "aob", "deep:300", "wide:300")


class Pictures(PictureTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.send("shop.json", SHOP)
        cls.send("hostile.json", HOSTILE)
        cls.traces = [SHOP, HOSTILE]
        for scenario in SCENARIOS:
            endpoint = ("--endpoint", cls.serve.endpoint("grpc"), "--protocol", "grpc")
            options = ("--scenario", scenario, "--format", "json")
            ledger = json.loads(cls.otelctl("send-spans", *endpoint, *options).stdout)
            cls.traces += ledger["trace_ids"]

    def feed(self, text, *command):
        done = subprocess.run(
            [str(word) for word in command],
            input=text,
            capture_output=True,
            text=True,
            env=clean_environment(self.scratch),
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"{done.stderr}\n{text[:2000]}")
        return done

    def each(self, form):
        for trace_id in self.traces:
            with self.subTest(form=form, trace=trace_id):
                yield trace_id, self.draw(form, trace_id)

    def test_graphviz_takes_dot(self):
        for _, text in self.each("dot"):
            done = self.feed(text, "dot", "-Tsvg")
            self.assertEqual(done.stderr, "")
            self.assertIn("<svg", done.stdout)

    def test_graphviz_shows_hostile_names_as_they_are(self):
        svg = self.feed(self.draw("dot", HOSTILE), "dot", "-Tsvg").stdout
        texts = [node.text for node in xml.etree.ElementTree.fromstring(svg).iter() if node.text]
        self.assertTrue(any('x"\'`;#:&<>]]></script><script>' in text for text in texts), texts)

    def read_mermaid(self, text):
        script = HERE / "pictures" / "mermaid.mjs"
        return json.loads(self.feed(text, "node", script, self.peers["pictures"]).stdout)

    def test_mermaid_takes_the_diagram(self):
        for _, text in self.each("mermaid"):
            self.assertLess(len(text), 50_000)
            self.assertEqual(self.read_mermaid(text)["type"], "sequence")

    def test_mermaid_understands_what_was_meant(self):
        shop = self.read_mermaid(self.draw("mermaid", SHOP))
        self.assertEqual(shop["actors"], ["checkout", "cart", "payment", "email"])
        self.assertIn("SELECT cards ×37, 37.0ms (max 1.00ms)", shop["messages"])
        hostile = self.read_mermaid(self.draw("mermaid", HOSTILE))
        self.assertEqual(hostile["actors"][1:], ["end", "(no service)"])
        for text in (hostile["actors"][0], hostile["title"]):
            self.assertTrue(text.startswith('x"\'`;#:&<>]]></script><script>window'), text)
        self.assertIn("wrap:x, 50.0ms", hostile["messages"])

    def test_speedscope_files_are_what_the_schema_says(self):
        schema = self.peers["pictures"] / "node_modules/speedscope/dist/release"
        python = self.peers["formats"] / "venv/bin/python"
        judge = (python, "-B", HERE / "formats/judge.py", "json", schema / "file-format-schema.json")
        for _, text in self.each("speedscope"):
            self.assertEqual(json.loads(self.feed(text, *judge).stdout), [])
        bad = self.draw("speedscope", SHOP).replace('"unit":"nanoseconds"', '"unit":"ns"')
        self.assertNotEqual(json.loads(self.feed(bad, *judge).stdout), [])

    def check_slices_nest(self, events):
        """As the Trace Event Format wants it of the complete events of a thread."""
        threads = collections.defaultdict(list)
        for event in events:
            if event["ph"] == "X":
                self.assertGreaterEqual(event["dur"], 0)
                threads[event["pid"], event["tid"]].append((event["ts"], -event["dur"]))
        for slices in threads.values():
            open_until = []
            for start, negative in sorted(slices):
                while open_until and open_until[-1] <= start:
                    open_until.pop()
                if open_until:
                    self.assertLessEqual(start - negative, open_until[-1])
                open_until.append(start - negative)

    def test_chrome_traces_follow_the_event_format(self):
        for trace_id, text in self.each("chrome-trace"):
            events = json.loads(text, parse_float=decimal.Decimal)["traceEvents"]
            self.check_slices_nest(events)
            named = {event["pid"] for event in events if event["name"] == "process_name"}
            lanes = {event["tid"] for event in events if event["name"] == "thread_name"}
            arrows = collections.Counter()
            for event in events:
                self.assertIn(event["ph"], "MXisf")
                self.assertIn(event["pid"], named)
                self.assertIn(event["tid"], lanes)
                if event["ph"] in "sf":
                    arrows[event["id"]] += 1 if event["ph"] == "s" else 100
            self.assertTrue(all(ends == 101 for ends in arrows.values()))
            spans = self.otelctl_json("show-trace", trace_id, "--backend", self.serve.query_url())
            slices = {e["args"]["span_id"]: e["dur"] for e in events if e["ph"] == "X"}
            durations = {s["span_id"]: s["duration_ns"] for s in spans["spans"]}
            self.assertEqual({id_: int(us * 1000) for id_, us in slices.items()}, durations)

    def test_svg_is_xml_without_scripts(self):
        for _, text in self.each("svg"):
            tags = {
                node.tag.removeprefix("{http://www.w3.org/2000/svg}")
                for node in xml.etree.ElementTree.fromstring(text).iter()
            }
            known = "svg title style rect clipPath text tspan line path circle g"
            self.assertLessEqual(tags, set(known.split()))

    def test_folded_stacks_have_the_form_of_flamegraph(self):
        for trace_id, text in self.each("folded"):
            for line in text.splitlines():
                self.assertRegex(line, r"^[^;]+: [^;]*(;[^;]+)* [1-9][0-9]*$")
            self.assertEqual(len(set(text.splitlines())), len(text.splitlines()), trace_id)


if __name__ == "__main__":
    main("pictures", "formats", program="dot")
