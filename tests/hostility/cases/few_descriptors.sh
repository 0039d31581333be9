# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# 64 descriptors, 16, and fewer than a program needs to start: what can be done is done, and what
# cannot says that descriptors are short.
make_traces traces.jsonl
# Those that a test's runner leaves open would count.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
limited() {
  limit=$1
  shift
  ends "$1" sh -c "ulimit -n $limit; shift; exec otelctl \"\$@\"" otelctl "$@"
}
start_serve sh -c 'ulimit -n 64; exec otelctl serve "$@"' serve
for limit in 64 32; do
  limited $limit 0 version
  limited $limit 0 show-trace traces.jsonl
  limited $limit 0 show-traces --backend traces.jsonl -o list
  limited $limit 0 test-connection --endpoint "$grpc" --protocol grpc
  limited $limit 0 send-spans --endpoint "$grpc" --protocol grpc --traces 1000 --workers 2 --format json
  balances "$out"
  limited $limit 0 send-spans --endpoint "$http" --protocol http/protobuf --traces 1000 --in-flight 16 --batch 50 --format json
  balances "$out"
  limited $limit 0 smoke --endpoint "$grpc" --protocol grpc --backend "$query"
  limited $limit 0 exec --endpoint "$grpc" --protocol grpc -- true
done
# UndefinedBehaviorSanitizer with its texts asks through a pipe whether memory can be read, and takes
# the answer that it cannot open one for no. The asan preset is built without them.
! grep -qa __ubsan_handle "$(command -v otelctl)" || { [ "$broken" = 0 ] && skip 'fewer descriptors: a sanitizer needs some itself'; }
# More requests at a time than there are descriptors for connections: some wait or fail, all are
# accounted for.
ends 0 sh -c "ulimit -n 40; otelctl send-spans --endpoint $http --protocol http/protobuf --traces 2000 --in-flight 100 \
  --batch 20 --timeout 5s --format json -o ledger.json; true"
balances ledger.json
# A server with more connections than it can have: it goes on serving as soon as some are gone.
clients=''
for number in $(seq 6); do
  otelctl send-spans --endpoint "$http" --protocol http/protobuf --traces 500 --in-flight 30 --batch 20 \
    --timeout 20s --format json -o "ledger.$number" --quiet 2>>clients.err &
  clients="$clients $!"
  note_started $!
done
for client in $clients; do wait "$client"; done
for number in $(seq 6); do balances "ledger.$number"; done
ends 0 otelctl test-connection --endpoint "$http" --protocol http/protobuf
ends 0 otelctl show-traces --backend "$query" --require 10
stop_serve 0

# So few that nothing goes: an error of its own, not a crash. With less than four the loader finds no
# library.
# LeakSanitizer looks through /proc when the program ends, which takes some of its own.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0"
for limit in 4 5 6 7 8 10 12; do
  checked=$((checked + 1))
  for command in 'version' 'show-traces --backend traces.jsonl' 'test-connection --endpoint http://127.0.0.1:1 --protocol grpc' \
    'send-spans --endpoint http://127.0.0.1:1 --protocol grpc --timeout 200ms' \
    'send-spans --endpoint http://127.0.0.1:1 --protocol http/json --timeout 200ms' \
    'smoke --endpoint http://127.0.0.1:1 --protocol grpc' \
    'serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --exit-after-spans 1 --ready-file short'; do
    status=0
    # A server that does start is ended; the others end by themselves, on a slow machine too.
    case $command in serve*) patience=1 ;; *) patience=60 ;; esac
    timeout -k 1 "$patience" sh -c "ulimit -n $limit; exec otelctl $command" >"$out" 2>"$err" || status=$?
    case $command:$status in
      *:0 | serve*:124) ;;
      *:2 | *:3) holds grep -q 'hint: ' "$out" "$err" ;;
      *) fails "ulimit -n $limit: exit status $status: $command"; head -n 3 "$err" ;;
    esac
  done
done
