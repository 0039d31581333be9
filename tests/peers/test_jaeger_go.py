# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Go SDK sends to Jaeger, `otelctl show-trace` shows as the SDK had it."""

import sdk_spans
from support import main


class JaegerGo(sdk_spans.SdkSpans):
    language = "go"

    def test_from_jaeger(self):
        self.check_protocols(self.start_jaeger())


if __name__ == "__main__":
    main("jaeger", "go")
