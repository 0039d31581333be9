# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The clock stands at 1970, before it, or past where nanoseconds end in 64 bits with a sign.
command -v faketime >/dev/null || skip 'faketime is missing'
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
# Waiting goes by a clock that nobody sets, and which this leaves as it is.
faketime --exclude-monotonic '1970-01-02 00:00:00 UTC' otelctl version >/dev/null 2>&1 ||
  skip 'this otelctl cannot be given another clock'
make_traces traces.jsonl
start_serve
for time in '1970-01-01 00:00:00 UTC' '1970-01-01 00:10:00 UTC' '2038-01-19 03:14:08 UTC' \
  '2106-02-07 06:28:16 UTC' '2200-01-01 00:00:00 UTC'; do
  ends 0 faketime --exclude-monotonic "$time" otelctl version
  ends 0 faketime --exclude-monotonic "$time" otelctl test-connection --endpoint "$grpc" --protocol grpc
  ends 0 faketime --exclude-monotonic "$time" otelctl send-spans --endpoint "$grpc" --protocol grpc --format json
  balances "$out"
  id=$(jq -r '.trace_ids[0]' "$out")
  ends 0 faketime --exclude-monotonic "$time" otelctl show-trace "$id" --backend "$query" --format json
  is_json "$out" '.span_count > 0'
  ends 0 faketime --exclude-monotonic "$time" otelctl show-traces --backend "$query" --require 1
  ends 0 faketime --exclude-monotonic "$time" otelctl show-traces --backend traces.jsonl --format json
  is_json "$out" '.traces | length == 3'
  ends 0 faketime --exclude-monotonic "$time" otelctl show-trace traces.jsonl
  ends 0 faketime --exclude-monotonic "$time" otelctl smoke --endpoint "$grpc" --protocol grpc --backend "$query"
  ends 0 faketime --exclude-monotonic "$time" otelctl exec --endpoint "$grpc" --protocol grpc -- true
  is_silent
done
stop_serve 0
# A server that lives in 1970. faketime waits for it, and would leave it alone if it were ended itself.
start_serve faketime --exclude-monotonic '1970-01-01 00:00:05 UTC' otelctl serve
children=/proc/$server/task/$server/children
[ -r "$children" ] || skip 'this kernel does not tell the children of a process'
# shellcheck disable=SC2046
note_started $(cat "$children")
ends 0 otelctl send-spans --endpoint "$grpc" --protocol grpc
ends 0 otelctl show-traces --backend "$query" --require 1
