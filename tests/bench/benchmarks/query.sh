# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# show-trace of one trace of 100,000 spans (wide, deep, an agent platform's) against curl that throws
# the same answer away, and its memory; of the deepest with a stack of 256 KiB; show-traces against
# `curl --version`.

find_program curl || true

# show_large LABEL SCENARIO: sends one trace of it, and shows it.
show_large() {
  "$otelctl" send-spans --quiet --protocol grpc --endpoint "http://$grpc" --scenario "$2" --traces 1 \
    --seed 7 --format json >"$folder/ledger" || give_up "the trace was not taken: $1"
  spans=$(member "$folder/ledger" accepted)
  id=$(sed -n '/"trace_ids"/,/]/s/^ *"\([0-9a-f]*\)".*/\1/p' "$folder/ledger" | head -n 1)
  show="$otelctl show-trace $id --backend http://$query"
  pair "$(less 10 3)" "show-trace, $1" "$show" "curl of the answer" \
    "${program:+curl -s --fail --noproxy * -o /dev/null http://$query/api/v3/traces/$id}" \
    "target=ratio <= 2"
  # shellcheck disable=SC2086
  peak_of $show
  record "what=memory of show-trace, $1" "value=$peak" "unit=MB" "target=value <= 100" "note=$spans spans"
}

start_serve
show_large "wide" wide:99999
show_large "of an agent platform" "$root/tests/bench/agents.yaml"
show_large "deep" deep:100000
# shellcheck disable=SC2086,SC3045 # dash and bash have -s
(ulimit -s 256 && exec $show --all >"$folder/shown") || give_up "it needs more stack than 256 KiB"
record "what=show-trace --all, deep, with a stack of 256 KiB" "value=$(wc -l <"$folder/shown")" "unit=lines"
stop_server

# The first row is there when the last is: the list is sorted before it is shown.
start_serve
"$otelctl" send-spans --quiet --protocol grpc --endpoint "http://$grpc" --traces 1000 >/dev/null
pair "$(less 40 5)" "show-traces --last 10" "$otelctl show-traces --last 10 --backend http://$query" \
  "curl --version" "${program:+curl --version}"
stop_server
