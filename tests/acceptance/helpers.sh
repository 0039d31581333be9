# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the steps of several platforms do in the same way.

# to COMMAND ARGUMENT...: of otelctl, to the backend. Its port is any free one, so the protocol is said.
to() {
  command=$1
  shift
  otelctl "$command" --endpoint "$GRPC" --protocol grpc "$@"
}

# finds CODE LINE VALIDATE-ARGUMENT...: `config validate` finds CODE on LINE; - is any, or none.
finds() {
  code=$1 line=$2
  shift 2
  otelctl config validate --format json "$@" >found.json
  jq -nr --arg code "$code" --arg line "$line" '
    [input.findings[] | select(.code == $code and ($line == "-" or "\(.line)" == $line))]
    | if . == [] then "no \($code)\n" | halt_error(1)
      else .[0] | "\(.file):\(.line // "-"): \(.severity) \(.code) \(.message)" end' found.json
}

# lacks CODE VALIDATE-ARGUMENT...: it does not find CODE; instead of a code: error, warning.
lacks() {
  code=$1
  shift
  otelctl config validate --format json "$@" >found.json
  jq -nr --arg code "$code" '
    input | [.findings[] | select(.code == $code or .severity == $code)] as $found
    | if .files == [] then "nothing was read\n" | halt_error(1)
      elif $found != [] then "\($found[0].file):\($found[0].line // "-"): \($found[0].code)\n" | halt_error(1)
      else "no \($code) in \(.files[0].name)" end' found.json
}

# shows PATH VALUE SHOW-ARGUMENT...: `config show` has VALUE (JSON) at PATH; prints it with its origin.
shows() {
  path=$1 value=$2
  shift 2
  otelctl config show --format json "$@" >shown.json
  jq -nr --arg path "$path" --argjson value "$value" '
    [input.settings[] | select(.path == $path)]
    | if . == [] or .[0].value != $value then "\($path) is \(.)\n" | halt_error(1)
      else .[0] | "\(.path) = \(.value), \(.origin)" end' shown.json
}

# fetch OPTION...: the traces that show-traces finds, as show-trace writes them.
fetch() {
  for id in $(otelctl show-traces --backend "$QUERY" --last 100 --format ids "$@"); do
    otelctl show-trace "$id" --backend "$QUERY" --format json || return
  done
}

# spans FILE COUNT PATTERN KEY...: of the traces in FILE, COUNT spans have a name like PATTERN, and each of
# them all KEYs (patterns too).
spans() {
  file=$1 count=$2 pattern=$3
  shift 3
  jq -nr --arg pattern "$pattern" --argjson count "$count" '
    [inputs.spans[] | select(.name | test("^\($pattern)$"))] as $found
    | [$found[] | .name as $name | (.attributes | keys) as $keys
       | $ARGS.positional[] as $key
       | select($keys | any(test("^\($key)$")) | not) | "\($name) has no \($key)"] as $missing
    | if ($found | length) != $count then "\($found | length) spans \($pattern), not \($count)\n" | halt_error(1)
      elif $missing != [] then "\($missing[0])\n" | halt_error(1)
      else "\($found | length) spans, such as \($found[0].name), with \($ARGS.positional | join(", "))" end' \
    --args "$@" <"$file"
}

# metrics FILE: name, kind, unit and attributes of every metric in a recording, in order.
metrics() {
  jq -rn '
    [inputs.resourceMetrics[]?.scopeMetrics[].metrics[]] | group_by(.name) | .[]
    | .[0] as $first | (map((.sum // .gauge // .histogram).dataPoints[]) | map(.attributes[]?.key) | unique) as $keys
    | [$first.name,
       (if $first.sum.isMonotonic then "counter" elif $first.sum then "up_down_counter"
        elif $first.gauge then "gauge" elif $first.histogram then "histogram" else "another" end),
       $first.unit, ($keys | join(","))] | @tsv' "$1"
}

# is TEXT: passes standard input on, and fails unless it is TEXT.
is() {
  text=$(cat)
  printf '%s\n' "$text"
  [ "$text" = "$1" ]
}

# ends N COMMAND...: COMMAND ends with N; all that it says is in the file `said`.
ends() {
  wanted=$1
  shift
  status=0
  "$@" >said 2>&1 || status=$?
  [ "$status" = "$wanted" ] || { cat said; echo "exit status $status, not $wanted"; return 1; }
}

# json FILTER FILE: what jq makes of the report in FILE, as plain text; fails when there is none.
json() {
  [ -s "$2" ] && jq -r "$1" "$2"
}

# findings FILE: CODE@LINE of each finding of `config validate --format json`, in one line, or none.
findings() {
  json '[.findings[] | "\(.code)@\(.line // "-")"] | join(" ") | if . == "" then "none" else . end' "$1"
}

# help_for LINE FILE: what to do about the findings at that line, one a line.
help_for() {
  json ".findings[] | select(.line == $1) | .help" "$2"
}

# judged FILE: what `check-traces --format json` judged, as "CHECKS checks, FAILED failed".
judged() {
  json '"\(.checks | length) checks, \([.checks[] | select(.ok | not)] | length) failed"' "$1"
}
