# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""A proxy that hides some paths of a server: with it, one Jaeger plays older and newer ones."""

import contextlib
import http.server
import threading
import urllib.error
import urllib.request


def handler(upstream, is_hidden):
    """A handler that passes GET on to upstream, and answers 404 where is_hidden(path)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            if is_hidden(self.path):
                self.reply(404, "text/plain", b"404 page not found\n")
                return
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            try:
                with direct.open(upstream + self.path, timeout=10) as answer:
                    self.reply(answer.status, answer.headers["Content-Type"], answer.read())
            except urllib.error.HTTPError as error:
                self.reply(error.code, error.headers["Content-Type"], error.read())

        def reply(self, status, content_type, body):
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """The default writes every request to stderr."""

    return Handler


@contextlib.contextmanager
def hiding(upstream, is_hidden):
    """Yields the URL of such a proxy and the list of the paths that it is asked for."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(upstream, is_hidden))
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
