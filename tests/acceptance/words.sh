# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Words for steps, beside those of platform.sh: . "$(dirname "$0")/words.sh"

# ends N COMMAND...: COMMAND ends with N; all that it says is in the file `said`.
ends() {
  wanted=$1
  shift
  status=0
  "$@" >said 2>&1 || status=$?
  [ "$status" = "$wanted" ] || { cat said; echo "exit status $status, not $wanted"; return 1; }
}

# is TEXT: prints what comes, and holds when that is TEXT and nothing else.
is() {
  came=$(cat)
  printf '%s\n' "$came"
  [ "$came" = "$1" ]
}

# json FILTER FILE: what jq makes of the report in FILE, as plain text; fails when there is none.
json() {
  [ -s "$2" ] && jq -r "$1" "$2"
}

# findings FILE: CODE@LINE of each finding of `config validate --format json`, in one line, or none.
findings() {
  json '[.findings[] | "\(.code)@\(.line // "-")"] | join(" ") | if . == "" then "none" else . end' "$1"
}

# help LINE FILE: what to do about the findings at that line, one a line.
help_for() {
  json ".findings[] | select(.line == $1) | .help" "$2"
}

# failed FILE: what `check-traces --format json` judged, as "CHECKS checks, FAILED failed".
judged() {
  json '"\(.checks | length) checks, \([.checks[] | select(.ok | not)] | length) failed"' "$1"
}
