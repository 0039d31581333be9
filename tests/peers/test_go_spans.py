# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Go SDK sends to `otelctl serve`, `otelctl show-trace` shows as the SDK had it."""

import sdk_spans
from support import main


class GoSpans(sdk_spans.SdkSpans):
    language = "go"

    def test_from_serve(self):
        self.check_protocols(self.start_serve())


if __name__ == "__main__":
    main("go")
