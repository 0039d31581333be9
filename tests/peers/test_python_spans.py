# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What the Python SDK sends to `otelctl serve`, `otelctl show-trace` shows as the SDK had it."""

import sdk_spans
from support import main


class PythonSpans(sdk_spans.SdkSpans):
    language = "python"

    def test_from_serve(self):
        self.check_protocols(self.start_serve())


if __name__ == "__main__":
    main("python")
