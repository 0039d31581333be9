# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The sender is stopped and goes on: nothing is lost, and both accounts are the same.
start_serve
otelctl send-spans --endpoint "$grpc" --protocol grpc --scenario simple --rate 2000 --duration 3s \
  --format json -o ledger.json --quiet 2>sender.err &
sender=$!
note_started "$sender"
wait_for otelctl show-traces --backend "$query" --require 10
kill -STOP "$sender"
wait_for grep -q '^State:.*T' "/proc/$sender/status"
# The server answers others meanwhile.
ends 0 otelctl show-traces --backend "$query"
kill -CONT "$sender"
process_ends 0 "$sender"
balances ledger.json
is_json ledger.json '.generated == 6000 and .accepted == 6000'
stop_serve 0
cp "$records/serve.err" "$err"
says '^otelctl: note: 6000 spans accepted, 0 rejected'
