# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A terminal of which nothing is known: text without escape sequences, and no pager that asks for a
# key on it. On a known one there are colours, so the test can tell.
command -v script >/dev/null || skip 'script(1), which gives a terminal, is missing'
make_traces traces.jsonl
otelctl send-spans --dry-run --traces 200 --seed 7 -o many.jsonl --quiet
# on_terminal VARIABLES COMMAND LINE
on_terminal() {
  ends "$1" env $2 script -qec "$3" /dev/null
}
escape=$(printf '\033')
has_escapes() { grep -q "$escape" "$out"; }
has_none() { ! has_escapes; }
on_terminal 0 TERM=xterm-256color 'otelctl show-trace traces.jsonl --no-pager'
holds has_escapes
for variables in '-u TERM' 'TERM=' 'TERM=dumb'; do
  for command in 'show-trace traces.jsonl' 'show-traces --backend many.jsonl --last 200' 'help send-spans' \
    'scenarios'; do
    on_terminal 0 "$variables" "otelctl $command"
    holds has_none
    holds [ -s "$out" ]
  done
  on_terminal 2 "$variables" 'otelctl show-tracs'
  prints 'show-traces'
  holds has_none
done
# A terminal that no database knows is one all the same, with the most common sequences.
on_terminal 0 TERM=no-such-terminal 'otelctl show-trace traces.jsonl --no-pager'
# Sizes that no terminal has.
for size in 'cols 0 rows 0' 'cols 1 rows 1' 'cols 7 rows 2' 'cols 60000 rows 60000'; do
  on_terminal 0 TERM=xterm "stty $size; otelctl show-trace traces.jsonl --no-pager; otelctl show-traces --backend traces.jsonl --no-pager"
done
