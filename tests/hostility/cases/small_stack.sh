# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A stack of 1 MB, and of 256 KB, for the deepest there is: nothing recurses over what comes from
# outside.
make_traces traces.jsonl
otelctl send-spans --dry-run --scenario deep:20000 --traces 1 --seed 7 -o deep.jsonl --quiet
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "["; print "" }' >deep.json
awk 'BEGIN { printf "telemetry: "; for (i = 0; i < 100000; i++) printf "["; print "" }' >deep.yaml
# On one line: { "a": { "a": ...
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"resourceSpans\":"; print "" }' >objects.json
sizes='1024 256'
# The frames of AddressSanitizer are several times as large.
! grep -qa __asan_init "$(command -v otelctl)" || sizes=1024
for size in $sizes; do
  start_serve sh -c "ulimit -s $size; exec otelctl serve \"\$@\"" serve
  on_small_stack() {
    wanted=$1
    shift
    ends "$wanted" sh -c "ulimit -s $size; exec otelctl \"\$@\"" otelctl "$@"
  }
  on_small_stack 0 version
  on_small_stack 0 help send-spans
  on_small_stack 0 test-connection --endpoint "$grpc" --protocol grpc
  on_small_stack 0 test-connection --endpoint "$http" --protocol http/json
  on_small_stack 0 send-spans --endpoint "$grpc" --protocol grpc --scenario deep:20000 --format json
  balances "$out"
  on_small_stack 0 send-metrics --endpoint "$grpc" --protocol grpc --scenario kinds
  on_small_stack 0 send-logs --endpoint "$http" --protocol http/json --scenario kinds
  on_small_stack 0 show-traces --backend "$query" --require 1
  on_small_stack 0 show-trace last --backend "$query"
  for format in text json otlp-json jaeger-json zipkin-json csv markdown mermaid dot chrome-trace speedscope folded svg html; do
    on_small_stack 0 show-trace deep.jsonl --format "$format"
  done
  on_small_stack 0 diff-traces deep.jsonl deep.jsonl
  on_small_stack 0 check-traces --backend deep.jsonl --min-spans 20000
  on_small_stack 0 smoke --endpoint "$grpc" --protocol grpc --backend "$query"
  on_small_stack 0 exec --endpoint "$grpc" --protocol grpc -- true
  # The server's stack is small too.
  ends 0 otelctl show-services --backend "$query" --backend-header "Range=bytes=0-$(printf ',0-%.0s' $(seq 2600))"
  on_small_stack 5 show-traces --backend deep.json
  on_small_stack 5 show-traces --backend objects.json
  on_small_stack 1 config validate deep.yaml
  on_small_stack 1 config validate deep.json --kind telemetry
  stop_serve 0
done
