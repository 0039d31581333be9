# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What checks are written with; tests/conventions/run reads it before each of them.
# shellcheck shell=sh

# Words and lines are taken apart at line ends only.
newline='
'
failures=0
data=$CONVENTIONS/../data
source_folder=$CONVENTIONS/../..

# fails TEXT: something is not as it should be.
fails() {
  printf '%s: %s\n' "$CHECK" "$*"
  failures=$((failures + 1))
}

# skip TEXT: the check cannot be made here.
skip() {
  echo "$CHECK: skipped: $*"
  [ "$failures" = 0 ] && exit 77
  exit 1
}

# The end of every check.
finish() {
  [ "$failures" = 0 ] || { echo "$CHECK: $failures things are not as they should be"; exit 1; }
}

# commands: the name of every command that `otelctl help` lists, one a line.
commands() {
  otelctl help | sed -n 's/^  \([a-z][a-z -]*[a-z]\)   *[A-Z].*/\1/p'
}

# options COMMAND: "SHORT|- --LONG PLACEHOLDER" of every option, one a line.
# The placeholder is empty for flags; choices that go on in a second line are put together.
options() {
  # shellcheck disable=SC2086
  otelctl help $1 | awk '
    function finish() { if (name != "") print short, name, value; name = "" }
    /^  (    |-[a-zA-Z], )--[a-z]/ {
      finish()
      line = substr($0, 3); short = "-"
      if (line ~ /^-/) short = substr(line, 1, 2)
      line = substr(line, 5)
      description = match(line, /  +/)
      if (description) line = substr(line, 1, description - 1)
      name = line; value = ""
      if (match(line, / /)) { name = substr(line, 1, RSTART - 1); value = substr(line, RSTART + 1) }
      next
    }
    /^          [^ ]/ && name != "" { value = value substr($0, 11); next }
    { if ($0 !~ /^ {29}/) finish() }
    END { finish() }'
}

# has_option COMMAND --OPTION
has_option() {
  options "$1" | grep -q -e " $2 " -e " $2\$"
}

# run ARG...: runs otelctl, what it prints goes to ./out and ./err, its exit status to $ended.
run() {
  otelctl "$@" >out 2>err
  ended=$?
}

# run_line COMMAND ARG...: the same, with a command of two words as one argument.
run_line() {
  words=$1
  shift
  # shellcheck disable=SC2086
  run $words "$@"
}

# expect STATUS WHAT: what `run` ended with.
expect() {
  [ "$ended" = "$1" ] || fails "$2: exit status $ended, not $1: $(head -n 2 err | tr '\n' ' ')"
}

# until_true COMMAND...: waits for a condition, half a minute at most.
until_true() {
  tries=0
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || return 1
    # A poll, not a wait: the condition decides.
    sleep 0.05
  done
}

# start_backend [ARG...]: `otelctl serve` on free ports; sets GRPC, HTTP, QUERY and backend (its
# process). It ends with the check.
start_backend() {
  rm -f ready.json
  otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --ready-file ready.json \
    "$@" >serve.out 2>serve.err &
  backend=$!
  trap 'kill -KILL "$backend" 2>/dev/null' EXIT
  until_true test -s ready.json || { fails "the backend did not start: $(cat serve.err)"; exit 1; }
  GRPC=http://$(jq -r .grpc ready.json)
  HTTP=http://$(jq -r .http ready.json)
  QUERY=http://$(jq -r .query ready.json)
}

# arguments COMMAND: what it takes to be called at all, for checks that are about something else. A
# command that is not here is called without.
arguments() {
  case $1 in
    'config convert') echo "$data/config/agentmap.yaml --to env" ;;
    'config show') echo "$data/config/agentmap.yaml" ;;
    'config validate') echo "$data/config/agentmap.yaml" ;;
    'config explain') echo OTC301 ;;
    'check-traces') echo '--service agentmap' ;;
    'completion') echo bash ;;
    'diff-traces') echo 'last~1 last' ;;
    'exec') echo '-- true' ;;
    'ledger merge') echo "$CONVENTIONS/files/ledger.json" ;;
    'show-trace') echo last ;;
  esac
}
