# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# SIGTERM, SIGINT and SIGHUP during every command that takes its time: it ends at once, its report is
# whole, and its ledger balances. What is started with SIGHUP ignored, as by nohup, lives on.
start_serve
other=$query
start_serve
# ended_by SIGNAL STATUS COMMAND...: once the command runs, which its lines of `begun` show.
ended_by() {
  signal=$1
  wanted=$2
  shift 2
  env --default-signal=INT,TERM,HUP "$@" >"$out" 2>"$err" &
  process=$!
  note_started "$process"
  wait_for begun "$process"
  kill -"$signal" "$process"
  seen=0
  wait "$process" 2>/dev/null || seen=$?
  checked=$((checked + 1))
  [ "$seen" = "$wanted" ] || fails "exit status $seen, not $wanted, by SIG$signal: $*"
}
# The thread that takes the signals is there.
catches_signals() { [ "$(sed -n 's/^SigBlk:.*\(....\)$/\1/p' "/proc/$1/task/$1/status")" != 0000 ]; }
begun() { catches_signals "$1"; }

for pair in TERM:143 INT:130 HUP:129; do
  signal=${pair%:*}
  status=${pair#*:}
  for command in send-spans send-metrics send-logs; do
    ended_by "$signal" "$status" otelctl "$command" --endpoint "$grpc" --protocol grpc --rate 500 \
      --duration 1h --scenario kinds --format json
    is_json "$out" '.generated == .accepted + .rejected + .failed'
  done
  # A receiver that is not there: retries are given up at once.
  ended_by "$signal" "$status" otelctl send-spans --endpoint http://127.0.0.1:1 --protocol grpc --rate 500 \
    --duration 1h --timeout 1h --format json
  is_json "$out" '.generated == .accepted + .rejected + .failed'
  ended_by "$signal" "$status" otelctl send-spans --dry-run --traces 1000000000 --quiet -o requests
  holds [ ! -e requests ]
  holds [ "$(echo requests*)" = 'requests*' ]
  ended_by "$signal" "$status" otelctl test-connection --endpoint http://127.0.0.1:1 --protocol grpc --wait 1h --format json
  is_json "$out" '.exit_code == '"$status"
  ended_by "$signal" "$status" otelctl show-traces --backend "$query" --follow --format jsonl
  ended_by "$signal" "$status" otelctl check-traces --backend "$query" --service nobody --timeout 1h --format json
  is_json "$out"
  # The canary goes to the one and is looked for in the other.
  ended_by "$signal" "$status" otelctl smoke --endpoint "$grpc" --protocol grpc --backend "$other" --within 1h --format json
  is_json "$out"
  # The server ends in order, and what it has accepted is recorded.
  rm -f "$records/ready" record.jsonl
  env --default-signal=INT,TERM,HUP otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 \
    --ready-file "$records/ready" --record record.jsonl >"$records/serve.out" 2>"$err" &
  process=$!
  note_started "$process"
  wait_for [ -s "$records/ready" ]
  ends 0 otelctl send-spans --endpoint "http://$(jq -r .grpc "$records/ready")" --protocol grpc --traces 50 --format json
  sent=$(jq .accepted "$out")
  kill -"$signal" "$process"
  process_ends 0 "$process"
  holds [ "$(grep -o '"spanId"' record.jsonl | wc -l)" = "$sent" ]
done

# nohup
begun() { catches_signals "$1" && otelctl show-traces --backend "$query" --service nohup --require 1; }
env --ignore-signal=HUP otelctl send-spans --endpoint "$grpc" --protocol grpc --scenario simple \
  --service nohup --rate 500 --duration 3s --format json >ledger.json 2>/dev/null &
process=$!
note_started "$process"
wait_for begun "$process"
kill -HUP "$process"
process_ends 0 "$process"
is_json ledger.json '.accepted == 1500'

# A program under exec gets the signal, and decides.
begun() { [ -e up ]; }
for pair in TERM:143 INT:130 HUP:129; do
  rm -f up
  ended_by "${pair%:*}" "${pair#*:}" otelctl exec --endpoint "$grpc" --protocol grpc -- \
    sh -c ': >up; while :; do sleep 0.05; done'
done
stop_serve 0
