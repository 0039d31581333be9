# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# show-trace of a file of OTLP JSON lines with one trace of 100,000 spans, which it reads, makes a tree
# of and draws, against jq that only adds up the spans' durations and against `cat`; and its memory
# beside jq's.

"$otelctl" send-spans --quiet --dry-run --scenario wide:99999 --seed 7 >"$folder/trace.jsonl"
echo '[inputs.resourceSpans[].scopeSpans[].spans[]
  | (.endTimeUnixNano | tonumber) - (.startTimeUnixNano | tonumber)] | add' >"$folder/add.jq"
show="$otelctl show-trace $folder/trace.jsonl"
find_program jq && jq="jq -n -f $folder/add.jq $folder/trace.jsonl" || jq=''
pair "$(less 10 3)" "show-trace FILE, 100,000 spans" "$show" "jq, the durations' sum" "$jq"
# shellcheck disable=SC2086
peak_of $show
own=$peak
if [ -n "$jq" ]; then
  # shellcheck disable=SC2086
  peak_of $jq
  record "what=memory of show-trace FILE" "value=$own" "unit=MB" "peer=jq, the durations' sum" "peer_value=$peak"
else
  record "what=memory of show-trace FILE" "value=$own" "unit=MB" "peer=jq" "missing=$why"
fi
why=''
pair "$(less 10 3)" "show-trace FILE, 100,000 spans" "$show" "cat" "cat $folder/trace.jsonl"
