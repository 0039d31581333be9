# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Arguments that no keyboard makes: bytes that are no text, control characters, nothing, and very much.
make_traces traces.jsonl
broken_text=$(printf 'a\377\300\200b')
bell=$(printf 'x\033]0;title\007\033[31m\nsecond line\ry')
long=$(head -c 100000 /dev/zero | tr '\0' 'a')
# Neither terminal nor log is driven by what was typed.
is_printable() { holds [ "$(tr -d '[:print:]\n' <"$err" | wc -c)" = 0 ]; }
for word in "$broken_text" "$bell" "$long" '' ' ' '%s%n' '{}' '-' '--' '---' '-=' '--=' '=' '@' '[a' "--$long" "--$broken_text"; do
  for command in '' 'show-trace' 'show-traces --backend traces.jsonl --since' 'send-spans --rate' \
    'send-spans --dry-run --scenario' 'show-traces --backend traces.jsonl --last' 'config explain' 'completion' 'exec --frobnicate' \
    'config validate --kind' 'send-spans --header' 'scenarios'; do
    status=0
    # shellcheck disable=SC2086
    timeout -k 1 20 otelctl $command "$word" >"$out" 2>"$err" || status=$?
    checked=$((checked + 1))
    case $status in
      2 | 3 | 5 | 6) ;;
      # A word of options may be no value at all, and `-- ` nothing.
      0) case $word in '' | ' ' | - | --) ;; *) [ "$command" = scenarios ] || fails "ends well: $command $(printf %s "$word" | cut -c 1-20)" ;; esac ;;
      *) fails "exit status $status: $command $(printf %s "$word" | cut -c 1-20)" ;;
    esac
    LC_ALL=C
    [ "$(LC_ALL=C.UTF-8 grep -c '[[:cntrl:]]' "$err")" = 0 ] || { fails "control characters in the answer to: $command"; }
    LC_ALL=C.UTF-8
  done
done
# Names of files may hold anything.
cp traces.jsonl "$bell"
cp traces.jsonl "$broken_text"
printf 'telemetry:\n  enabled: maybe\n' >"$bell.yaml"
ends 0 otelctl show-traces --backend "$bell" --require 3
is_printable
ends 0 otelctl show-traces --backend "./$broken_text" --require 3 --format json
is_json "$out"
ends 1 otelctl config validate "$bell.yaml" --format json
is_json "$out"
ends 1 otelctl config validate "$bell.yaml"
holds [ "$(tr -d '[:print:]\n' <"$out" | wc -c)" = 0 ]
ends 2 otelctl show-traces --backend "no-$bell" --format json
is_json "$out"
is_printable
# Very many.
# shellcheck disable=SC2046
ends 2 otelctl config validate $(seq 20000)
# shellcheck disable=SC2046
ends 0 otelctl exec -q --endpoint http://127.0.0.1:1 -- true $(seq 20000)
# Attributes as large as an argument can be arrive whole, and what is no UTF-8 is refused, as OTLP is.
start_serve
ends 0 otelctl send-spans --endpoint "$grpc" --protocol grpc --attribute "long=$long" --format json
ends 0 otelctl show-trace "$(jq -r '.trace_ids[0]' "$out")" --backend "$query" --format json
is_json "$out" '[.spans[].attributes.long | length] | max == 100000'
ends_with_help 2 otelctl send-spans --endpoint "$grpc" --protocol grpc --attribute "text=$broken_text"
ends_with_help 2 otelctl send-spans --endpoint "$grpc" --protocol grpc --name "$broken_text" --traces 1
ends_with_help 2 otelctl send-logs --endpoint "$grpc" --protocol grpc --body "$broken_text"
stop_serve 0
