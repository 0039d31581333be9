# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Python SDK sends to Jaeger, `otelctl show-trace` shows as the SDK had it."""

import sdk_spans
from support import main


class JaegerPython(sdk_spans.SdkSpans):
    language = "python"

    def test_from_jaeger(self):
        self.check_protocols(self.start_jaeger())


if __name__ == "__main__":
    main("jaeger", "python")
