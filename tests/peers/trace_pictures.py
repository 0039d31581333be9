# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""The traces that the tests of pictures draw, through `otelctl serve`."""

import json
import urllib.request

from support import HERE, PeerTest

TRACES = HERE.parent / "data" / "pictures"
SHOP = "0af7651916cd43dd8448eb211c80319c"
SECRET = "do-not-show-me"


class PictureTest(PeerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.serve = cls.start_serve()

    @classmethod
    def post(cls, document):
        request = urllib.request.Request(
            cls.serve.endpoint("http/json") + "/v1/traces",
            data=json.dumps(document).encode(),
            headers={"Content-Type": "application/json"},
        )
        # What is not taken is an exception.
        urllib.request.urlopen(request, timeout=60).close()

    @classmethod
    def send(cls, name, trace_id):
        """Sends one of the traces of tests/data/pictures under an id of its own."""
        text = (TRACES / name).read_text().replace(SHOP, trace_id)
        cls.post(json.loads(text))

    def draw(self, form, trace_id):
        backend = ("--backend", self.serve.query_url())
        text = self.otelctl("show-trace", trace_id, *backend, "--format", form).stdout
        self.assertNotIn(SECRET, text)
        return text
