# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# No home, one that does not exist, one that is a file; no place for temporary files: nothing needs any.
make_traces traces.jsonl
start_serve
printf 'telemetry:\n  enabled: true\n  service_name: shop\n' >app.yaml
: >file
everything() {
  ends 0 "$@" otelctl version
  ends 0 "$@" otelctl scenarios
  ends 0 "$@" otelctl config validate app.yaml --fail-on never
  ends 0 "$@" otelctl test-connection --endpoint "$grpc" --protocol grpc
  ends 0 "$@" otelctl send-spans --endpoint "$grpc" --protocol grpc -o ledger
  ends 0 "$@" otelctl show-traces --backend "$query" --require 1
  ends 0 "$@" otelctl show-trace traces.jsonl
  ends 0 "$@" otelctl smoke --endpoint "$grpc" --protocol grpc --backend "$query"
  ends 0 "$@" otelctl exec --endpoint "$grpc" --protocol grpc -- true
  is_silent
}
everything env -u HOME
everything env HOME=
everything env HOME=/nonexistent
everything env HOME="$PWD/file"
everything env -u HOME TMPDIR=/nonexistent XDG_CONFIG_HOME=/nonexistent XDG_CACHE_HOME=/dev/null
# Not even PATH: programs under exec are looked for in the standard places.
program=$(command -v otelctl)
ends 0 env -i "$program" version
ends 0 env -i "$program" show-trace traces.jsonl
ends 0 env -i "$program" exec --endpoint "$grpc" --protocol grpc -- true
is_silent
