# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the cases of tests/hostility share. support.sh CASE_FILE runs one, in the environment that
# tests/hostility/run makes.
set -u
records=$(cd ../records && pwd)
out=$records/out
err=$records/err
name=$(basename "$1" .sh)
broken=0
checked=0
started=''
server=''

# What was started here is ended here, stopped or not.
leave() {
  for process in $started; do
    kill -KILL "$process" 2>/dev/null
  done
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# skip WHY: this machine cannot do it.
skip() {
  echo "SKIPPED: $name: $1"
  exit 77
}

fails() {
  broken=$((broken + 1))
  printf '%s: %s\n' "$name" "$1"
}

# holds COMMAND...: is checked, and told where it is not so.
holds() {
  checked=$((checked + 1))
  "$@" >"$records/check" 2>&1 || { fails "not so: $*"; sed 's/^/    /' "$records/check"; }
}

# ends STATUS COMMAND...: runs it until it ends, a minute at most, and compares its exit status; what
# it wrote is then in $out and $err.
ends() {
  wanted=$1
  shift
  seen=0
  timeout -k 5 60 "$@" >"$out" 2>"$err" || seen=$?
  checked=$((checked + 1))
  [ "$seen" = "$wanted" ] && return
  fails "exit status $seen, not $wanted: $*"
  tail -n 5 "$err" "$out" | cut -c 1-300 | sed 's/^/    /'
}

# ends_with_help STATUS COMMAND...: the same, and it says what is wrong and what to do.
ends_with_help() {
  ends "$@"
  says '^otelctl: '
  says '^hint: '
}

# says PATTERN, prints PATTERN: a line of standard error, of standard output.
says() { contains "$err" "$1"; }
prints() { contains "$out" "$1"; }
contains() {
  checked=$((checked + 1))
  grep -q -e "$2" "$1" && return
  fails "no line '$2' in what it wrote:"
  head -n 5 "$1" | cut -c 1-300 | sed 's/^/    /'
}

is_silent() { holds diff /dev/null "$err"; }

# is_json FILE [FILTER]: the file is one JSON document for which the filter is true.
is_json() { holds jq -s -e "length == 1 and (.[0] | ${2-true})" "$1"; }

# balances FILE: the ledger leaves nothing open.
balances() { is_json "$1" '.generated == .accepted + .rejected + .failed and .generated > 0'; }

# wait_for COMMAND...: until it succeeds, half a minute at most.
wait_for() {
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { fails "never came: $*"; exit 1; }
    sleep 0.05
  done
}

# note_started PID...: they are to end with the case.
note_started() { started="$started $*"; }

# start_serve [COMMAND...]: `otelctl serve` on free ports, or this command with options to that end;
# then $server is its process, and $grpc, $http, $query are its URLs.
start_serve() {
  [ $# -gt 0 ] || set -- otelctl serve
  rm -f "$records/ready"
  "$@" --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --ready-file "$records/ready" \
    >"$records/serve.out" 2>"$records/serve.err" &
  server=$!
  note_started "$server"
  wait_for [ -s "$records/ready" ]
  grpc=http://$(jq -r .grpc "$records/ready")
  http=http://$(jq -r .http "$records/ready")
  query=http://$(jq -r .query "$records/ready")
}

# stop_serve STATUS: asks it to end, and compares its exit status.
stop_serve() {
  kill -TERM "$server"
  process_ends "$1" "$server"
}

# process_ends STATUS PID: waits for a process of this shell.
process_ends() {
  seen=0
  # A shell has words of its own for a killed process.
  wait "$2" 2>/dev/null || seen=$?
  holds [ "$seen" = "$1" ]
}

# A file of three traces.
make_traces() { otelctl send-spans --dry-run --traces 3 --seed 7 -o "$1" --quiet; }

. "$1"
printf '%s: %s checks, %s broken\n' "$name" "$checked" "$broken"
[ "$checked" -gt 0 ] && [ "$broken" = 0 ]
