# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The server is stopped, as by Ctrl-Z or a machine that swaps: everybody gives up in time, says why,
# and works again when it goes on.
start_serve
kill -STOP "$server"
for url in "$grpc grpc" "$http http/protobuf" "$http http/json"; do
  ends_with_help 3 otelctl send-spans --endpoint "${url% *}" --protocol "${url#* }" --timeout 500ms \
    --format json -o ledger.json
  balances ledger.json
  is_json ledger.json '.failed == .generated'
done
ends_with_help 3 otelctl send-metrics --endpoint "$http" --protocol http/protobuf --timeout 500ms
ends_with_help 3 otelctl send-logs --endpoint "$http" --protocol http/protobuf --timeout 500ms
ends 3 otelctl test-connection --endpoint "$grpc" --protocol grpc --timeout 500ms --format json
is_json "$out" '.result.exit_code == 3 and .result.hint != ""'
ends_with_help 3 otelctl show-traces --backend "$query" --query-timeout 500ms
ends_with_help 3 otelctl show-trace last --backend "$query" --query-timeout 500ms
ends_with_help 3 otelctl show-services --backend "$query" --query-timeout 500ms
ends 3 otelctl smoke --endpoint "$grpc" --protocol grpc --backend "$query" --timeout 500ms \
  --query-timeout 500ms --within 1s --format json
is_json "$out" '.result.exit_code == 3'
ends 7 otelctl exec --endpoint "$grpc" --protocol grpc --timeout 500ms -- sh -c 'exit 7'
says '^otelctl: note: the span .sh. was not delivered'
kill -CONT "$server"

# The same in the middle of a run.
otelctl send-spans --endpoint "$grpc" --protocol grpc --rate 2000 --duration 4s --timeout 500ms \
  --service stopped --scenario simple --format json -o ledger.json --quiet 2>sender.err &
sender=$!
note_started "$sender"
wait_for otelctl show-traces --backend "$query" --service stopped --require 10
kill -STOP "$server"
process_ends 1 "$sender"
balances ledger.json
is_json ledger.json '.accepted > 0 and .failed > 0'
cp sender.err "$err"
says '^otelctl: send-spans: '
kill -CONT "$server"
ends 0 otelctl send-spans --endpoint "$grpc" --protocol grpc --format json -o ledger.json
balances ledger.json
stop_serve 0
