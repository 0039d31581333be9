# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The server is killed while spans are sent to it: the ledger says what became of every one of them.
start_serve otelctl serve --record record.jsonl
otelctl send-spans --endpoint "$grpc" --protocol grpc --rate 2000 --duration 5s --timeout 1s \
  --format json -o ledger.json --quiet 2>sender.err &
sender=$!
note_started "$sender"
wait_for otelctl show-traces --backend "$query" --require 10
wait_for [ -s record.jsonl ]
kill -KILL "$server"
process_ends 137 "$server"
process_ends 1 "$sender"
balances ledger.json
is_json ledger.json '.accepted > 0 and .failed > 0 and (.errors | map(.count) | add) == .rejected + .failed'
cp sender.err "$err"
says '^otelctl: send-spans: .*refused'
says '^hint: '
# What was recorded so far can be read; the kill may have torn the last line, no other.
ends 0 otelctl show-traces --backend record.jsonl --require 10

# One more is sent to nobody.
ends_with_help 3 otelctl send-spans --endpoint "$grpc" --protocol grpc --timeout 1s -o ledger.json --format json
balances ledger.json
is_json ledger.json '.accepted == 0 and .failed == .generated'
