# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # variables go both ways
# Servers that benchmarks send to, one at a time, and sending from one core to another.
: "${benchmark:?}" "${root:?}" "${otelctl:?}" "${tools:?}" "${folder:?}"

# wait_for WHAT COMMAND...: until the command succeeds, which the server has to live to see.
wait_for() {
  _awaited=$1
  shift
  until "$@"; do
    kill -0 "$server" 2>/dev/null || give_up "$_awaited did not start"
    sleep 0.05
  done
}

# start_serve [PREFIX...] [-- OPTION...]: starts `otelctl serve` on free ports; they are then in
# $grpc, $http and $query. PREFIX is a command to start it with, as taskset.
start_serve() {
  rm -f "$folder/ready"
  _prefix=''
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    _prefix="$_prefix $1"
    shift
  done
  [ $# = 0 ] || shift
  # shellcheck disable=SC2086
  $_prefix "$otelctl" serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 \
    --ready-file "$folder/ready" "$@" >"$folder/log" 2>&1 &
  server=$!
  wait_for "otelctl serve" [ -s "$folder/ready" ]
  grpc=$(sed -n 's/.*"grpc": *"\(.*\)".*/\1/p' "$folder/ready")
  http=$(sed -n 's/.*"http": *"\(.*\)".*/\1/p' "$folder/ready")
  query=$(sed -n 's/.*"query": *"\(.*\)".*/\1/p' "$folder/ready")
}

stop_server() {
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  server=''
}

# start_sink [OPTION...]: starts the sink on the second core; its addresses are then in $grpc and $http.
start_sink() {
  rm -f "$folder/open" "$folder/counts"
  mkfifo "$folder/open"
  taskset -c 1 "$tools/sink" "$@" <"$folder/open" >"$folder/counts" 2>"$folder/log" &
  server=$!
  exec 9>"$folder/open"
  wait_for "the sink" grep -q -s '^http' "$folder/counts"
  grpc=$(sed -n 's/^grpc //p' "$folder/counts")
  http=$(sed -n 's/^http //p' "$folder/counts")
}

# Ends it; what it counted is then in $counted: requests N bytes N spans N.
stop_sink() {
  exec 9>&-
  wait "$server"
  server=''
  counted=$(tail -n 1 "$folder/counts")
}

takes_otlp() {
  "$otelctl" test-connection --endpoint "http://$grpc" --protocol grpc --timeout 1s >/dev/null 2>&1
}

# start_peer NAME CONFIG: starts one that has to be told its ports on the second core. The ports that
# the sink had were free a moment ago. Without the peer it fails, and $why says why.
start_peer() {
  find_peer "$1" || return 1
  # shellcheck disable=SC2046
  set -- "$2" $(for _ in 1 2 3; do "$tools/sink" </dev/null; done | sed -n 's/.* 127\.0\.0\.1://p')
  grpc=127.0.0.1:$2
  PEER_GRPC_PORT=$2 PEER_HTTP_PORT=$3 PEER_HEALTH_PORT=$4 PEER_QUERY_PORT=$5 PEER_QUERY_GRPC_PORT=$6 \
    taskset -c 1 "$program" --config "$1" >"$folder/log" 2>&1 &
  server=$!
  wait_for "$(basename "$program")" takes_otlp
}

# has_two_cores WHAT TARGET UNIT: one to send from and one to send to; otherwise it is on record that
# nothing was measured, because $why.
has_two_cores() {
  if command -v taskset >/dev/null && taskset -c 0,1 true 2>/dev/null; then
    printf 'fact\tpinning in %s\tsender on core 0, receiver on core 1 (taskset)\n' "$benchmark" >>"$records"
    return 0
  fi
  why="it needs taskset and two cores"
  record "what=$1" "target=$2" "unit=$3" "missing=$why"
  return 1
}

# send_spans LEDGER ADDRESS OPTION...: sends from the first core, by gRPC if no option says otherwise;
# the most memory that it took, in KiB, is then in LEDGER.peak.
send_spans() {
  _into=$1
  _address=$2
  shift 2
  taskset -c 0 "$tools/peak_memory" "$_into.peak" "$otelctl" send-spans --quiet --protocol grpc \
    --endpoint "http://$_address" --workers 1 --format json "$@" >"$_into"
}
