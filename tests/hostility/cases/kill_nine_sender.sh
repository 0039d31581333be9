# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Who writes a result is killed before it is done: the former result stays, and the server goes on.
start_serve
echo '{"former": "result"}' >ledger.json
cp ledger.json before
otelctl send-spans --endpoint "$grpc" --protocol grpc --rate 2000 --duration 1h --format json \
  -o ledger.json --quiet 2>/dev/null &
sender=$!
note_started "$sender"
wait_for otelctl show-traces --backend "$query" --require 10
kill -KILL "$sender"
process_ends 137 "$sender"
holds cmp before ledger.json
ends 0 otelctl send-spans --endpoint "$grpc" --protocol grpc --quiet
stop_serve 0

# The same in the middle of writing: what is there beside the file begins with its name, and the file
# is that of before.
cp before requests.jsonl
otelctl send-spans --dry-run --traces 1000000000 --seed 7 -o requests.jsonl --quiet 2>/dev/null &
writer=$!
note_started "$writer"
is_being_written() { for part in requests.jsonl.*; do [ -s "$part" ] && return; done; return 1; }
wait_for is_being_written
kill -KILL "$writer"
process_ends 137 "$writer"
holds cmp before requests.jsonl

# --fix replaces a file in one step too: it is the old one or the new one.
make_mendable() { printf 'telemetry:\n  enabled: "true"\n  service_name: shop\n  sampling_rate: "0.5"\n'; }
make_mendable >app.yaml
ends 0 sh -c 'otelctl config validate app.yaml --fix --fail-on never >/dev/null; exit 0'
holds [ ! -e app.yaml.?????? ]
