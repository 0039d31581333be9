# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Python SDK sends to Jaeger, `otelctl show-trace` shows as the SDK had it."""

from spans import spans_from_otelctl, spans_from_sdk
from support import PeerTest, main


class JaegerPython(PeerTest):
    def test_everything_that_a_span_can_have(self):
        jaeger = self.start_jaeger()
        sent = spans_from_sdk(self.run_python("send_spans.py", "grpc", jaeger.endpoint("grpc")))
        self.assertEqual(len(sent), 4)
        trace_id = next(iter(sent))[0]
        shown = self.otelctl_json("show-trace", trace_id, "--backend", jaeger.query_url())
        self.check_same_spans(spans_from_otelctl(shown), sent)


if __name__ == "__main__":
    main("jaeger", "python")
