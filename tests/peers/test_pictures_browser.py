# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The page, the picture and the profile of a trace in headless Chromium, used as a person would."""

import functools
import http.server
import json
import shutil
import threading

from support import HERE, main
from trace_pictures import SECRET, PictureTest

SHOP = "c" * 32
HOSTILE = "d" * 32
LARGE = "e" * 32
LARGE_SPANS = 20_000


def large_trace():
    spans = [
        {
            "traceId": LARGE,
            "spanId": f"{number:016x}",
            "parentSpanId": f"{number // 8:016x}" if number > 1 else "",
            "name": f"SELECT {number}" if number % 100 == 0 else f"step {number}",
            "startTimeUnixNano": str(1787220000000000000 + number),
            "endTimeUnixNano": str(1787220000100000000 - number),
        }
        for number in range(1, LARGE_SPANS + 1)
    ]
    return {"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class Browser(PictureTest):
    def open(self, what, target):
        """Opens it in Chromium and returns what was seen there."""
        script = HERE / "browser" / "page.cjs"
        shot = self.scratch / "shot.png"
        command = ("node", script, self.peers["browser"], what, target, shot)
        done = self.run_command(*command, environment={"CHROMIUM": shutil.which("chromium")})
        self.assertGreater(shot.stat().st_size, 1000)
        return json.loads(done.stdout)

    def open_file(self, what, form, trace_id):
        file = self.scratch / f"{trace_id}.{form}"
        file.write_text(self.draw(form, trace_id))
        seen = self.open(what, file.as_uri())
        self.assertEqual(seen["complaints"], [])
        # Beside itself a page asks for its own empty icon.
        elsewhere = [url for url in seen["requests"] if not url.startswith("data:")]
        self.assertEqual(elsewhere, [file.as_uri()])
        return seen

    def check_page_works(self, seen):
        self.assertEqual(seen["labels"][0], "0")
        for name in ("labelsZoomed", "labelsDragged", "labelsWheel"):
            self.assertNotEqual(seen[name], seen["labels"], name)
        self.assertLess(seen["heightFolded"], seen["height"])
        self.assertIsNone(seen["hacked"])
        self.assertEqual(seen["images"], 0)

    def test_page(self):
        self.send("shop.json", SHOP)
        seen = self.open_file("page", "html", SHOP)
        self.check_page_works(seen)
        self.assertEqual(seen["title"], "checkout: POST /orders")
        self.assertEqual(seen["height"], 46)
        self.assertEqual(seen["heightFolded"], 1)
        self.assertEqual(seen["chosenByKey"], "POST /orders")
        self.assertIn("[REDACTED]", seen["details"])
        self.assertIn("12345678901234567", seen["details"])
        self.assertEqual(seen["found"], "37 found")
        self.assertEqual(seen["chosenBySearch"], "SELECT cards")

    def test_page_of_hostile_text(self):
        self.send("hostile.json", HOSTILE)
        file = self.scratch / "hostile.html"
        file.write_text(self.draw("html", HOSTILE).replace("wrap:x", "SELECT"))
        seen = self.open("page", file.as_uri())
        self.assertEqual(seen["complaints"], [])
        self.check_page_works(seen)
        hostile = 'x"\'`;#:&<>]]></script><script>window.hacked=1</script><img src=x'
        self.assertTrue(seen["chosenByClick"].startswith(hostile), seen["chosenByClick"])
        self.assertTrue(any("\\u{202e}\\u{7}\\u{1b}[31m" in text for text in seen["clicked"]))
        self.assertNotIn(SECRET, json.dumps(seen))

    def test_page_of_many_spans_draws_only_what_is_seen(self):
        self.post(large_trace())
        seen = self.open_file("page", "html", LARGE)
        self.check_page_works(seen)
        self.assertEqual(seen["height"], LARGE_SPANS)
        self.assertLess(seen["rows"], 60)
        self.assertEqual(seen["found"], f"{LARGE_SPANS // 100} found")

    def test_svg(self):
        self.send("shop.json", SHOP[:-1] + "1")
        seen = self.open_file("svg", "svg", SHOP[:-1] + "1")
        self.assertIn("checkout: POST /orders", seen["texts"])
        self.send("hostile.json", HOSTILE[:-1] + "1")
        seen = self.open_file("svg", "svg", HOSTILE[:-1] + "1")
        self.assertTrue(any("</script><script>" in text for text in seen["texts"]))

    def test_speedscope_opens_the_profile(self):
        trace_id = SHOP[:-1] + "2"
        self.send("shop.json", trace_id)
        site = self.scratch / "speedscope"
        shutil.copytree(self.peers["pictures"] / "node_modules/speedscope/dist/release", site)
        (site / "shop.json").write_text(self.draw("speedscope", trace_id))
        handler = functools.partial(Quiet, directory=site)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}"
        seen = self.open("speedscope", f"{url}/index.html#profileURL={url}/shop.json")
        self.assertIn("checkout", seen["title"])
        self.assertEqual(seen["complaints"], [])


if __name__ == "__main__":
    main("browser", "pictures", program="node")
