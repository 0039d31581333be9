# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # variables go both ways
# What a benchmark measures becomes records, one a line; report.awk alone knows how they look.
: "${benchmark:?}" "${root:?}" "${tools:?}" "${records:?}" "${quick:?}" "${folder:?}"

tab=$(printf '\t')

# record KEY=VALUE...: one measurement. Its keys:
#   what                   what was measured
#   value, unit            otelctl's figure
#   peer, peer_value       who stands beside it, and its figure in the same unit
#   ratio                  value / peer_value if it is not given
#   ratio_low, ratio_high  the quartiles of the ratio, where it is a median
#   target                 "value <= N", "value >= N", "ratio <= N" or "ratio >= N"
#   note                   what else is to be known
#   missing                why there is no peer or no value
record() {
  {
    printf 'record\tbenchmark=%s' "$benchmark"
    printf '\t%s' "$@"
    echo
  } >>"$records"
}

# give_up WHAT: ends the benchmark, with the end of the server's log on stderr.
give_up() {
  printf 'otelctl: scripts/bench: %s: %s\n' "$benchmark" "$1" >&2
  [ ! -s "$folder/log" ] || tail -n 3 "$folder/log" >&2
  exit 1
}

# less FULL QUICK: how often, how long or how much, as the run is a full or a quick one.
less() { if [ "$quick" = yes ]; then echo "$2"; else echo "$1"; fi; }

# find_program NAME: sets $program, and $why to the reason if there is none.
find_program() {
  program=$(command -v "$1") || {
    program='' why="not installed"
    version_of "$1" "missing: $why"
    return 1
  }
  why=''
  version_of "$1" "$("$program" --version 2>&1 | sed -e 's/ (.*//' -e q)"
}

# find_peer NAME: the same for the one program of a peer that tests/peers/prepare has made; its
# version is the one that its lock says.
find_peer() {
  why=''
  prepared=$("$root/tests/peers/prepare" --where "$1" 2>"$folder/why") || {
    program='' why=$(sed -n "s/^$1: //;\$p" "$folder/why")
    version_of "$1" "missing: $why"
    return 1
  }
  program=$(echo "$prepared"/bin/*)
  version_of "$1" "$(cd "$root/tests/peers/$1" &&
    sed -n -e 's/^require .* v\([0-9].*\)/\1 (Go module)/p' -e 's/^  version: \(.*\)/\1/p' \
      builder.yaml go.mod 2>/dev/null | head -n 1)"
}

# version_of NAME TEXT
version_of() { printf 'version\t%s\t%s\n' "$1" "$2" >>"$records"; }

# word NAME: the value of NAME=VALUE in $measured.
word() { printf '%s\n' "$measured" | tr ' ' '\n' | sed -n "s/^$1=//p"; }

# pair RUNS WHAT COMMAND PEER [PEER'S COMMAND [status=N] [KEY=VALUE...]]: records the wall times of two
# commands that run in turn, after a warm-up of each. Words are split at spaces. Without the peer's
# command, because $why, otelctl is measured alone. COMMAND has to end with status N (0), the peer's
# with 0.
pair() {
  _runs=$1 _what=$2 _command=$3 _peer=$4 _beside=${5-} _status=0
  shift $(($# < 5 ? $# : 5))
  case ${1-} in status=*) _status=${1#status=}; shift ;; esac
  measured=$("$tools/process_pair" "$_runs" "$_command" "${_beside:-true}") || give_up "$_what"
  [ "$(word status_a)" = "$_status" ] || give_up "$_what ended with $(word status_a): $_command"
  [ "$(word status_b)" = 0 ] || give_up "$_peer ended with $(word status_b): $_beside"
  if [ -z "$_beside" ]; then
    record "what=$_what" "value=$(word wall_a)" unit=ms "peer=$_peer" "missing=$why" "$@"
    return 0
  fi
  record "what=$_what" "value=$(word wall_a)" unit=ms "peer=$_peer" "peer_value=$(word wall_b)" \
    "ratio=$(word ratio)" "ratio_low=$(word ratio_low)" "ratio_high=$(word ratio_high)" \
    "note=processor time $(word cpu_a) ms and $(word cpu_b) ms" "$@"
}

# calculate EXPRESSION: what awk makes of it.
calculate() { awk "BEGIN { printf \"%.9g\", ($1) }" /dev/null; }

# rounded EXPRESSION: the same, for notes.
rounded() { awk "BEGIN { printf \"%.3g\", ($1) }" /dev/null; }

# member FILE NAME: the first number of this name in a JSON document of otelctl.
member() { sed -n 's/^ *"'"$2"'": \([0-9.]*\),*$/\1/p' "$1" | head -n 1; }

# peak_of COMMAND...: runs it and sets $peak, the most memory that it had resident, in MB. What it
# prints goes to $folder/shown.
peak_of() {
  "$tools/peak_memory" "$folder/peak" "$@" >"$folder/shown" || give_up "it failed: $*"
  peak=$(calculate "$(cat "$folder/peak") * 1024 / 1e6")
}
