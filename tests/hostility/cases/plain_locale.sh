# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# LANG=C, no locale, one that is not installed, one that writes 0,5: ASCII where the terminal has no more
# (LC_ALL, which somebody wants, counts in a pipe too), and machine formats and numbers are the same
# everywhere.
otelctl send-spans --dry-run --scenario unicode --traces 1 --seed 7 -o text.jsonl --quiet ||
  fails 'no traces to show'
make_traces traces.jsonl
is_ascii() { [ "$(tr -d '\000-\177' <"$out" | wc -c)" = 0 ]; }
for command in 'show-trace traces.jsonl' 'show-traces --backend traces.jsonl' 'scenarios' 'help' \
  'show-trace traces.jsonl --events' 'config rules' 'config explain OTC309'; do
  for locale in C POSIX; do
    # shellcheck disable=SC2086
    ends 0 env LC_ALL="$locale" otelctl $command
    holds is_ascii
    command -v script >/dev/null || continue
    ends 0 env -u LC_ALL LANG="$locale" TERM=xterm PAGER= script -qec "otelctl $command" /dev/null
    holds is_ascii
  done
done
for format in json otlp-json jaeger-json zipkin-json csv html folded; do
  ends 0 otelctl show-trace text.jsonl --format "$format"
  cp "$out" expected
  for locale in C de_DE.UTF-8 xx_YY.UTF-8 tr_TR.UTF-8; do
    ends 0 env LC_ALL="$locale" LANG="$locale" otelctl show-trace text.jsonl --format "$format"
    holds cmp expected "$out"
    is_silent
  done
done
start_serve
for locale in C de_DE.UTF-8 xx_YY.UTF-8; do
  ends 0 env LC_ALL="$locale" otelctl send-spans --endpoint "$http" --protocol http/json --rate 0.5 --ramp 0.5s \
    --traces 1 --max-loss 0.5% --format json
  balances "$out"
  ends 0 env LC_ALL="$locale" otelctl smoke --endpoint "$grpc" --protocol grpc --backend "$query"
  ends 2 env LC_ALL="$locale" otelctl send-spans --rate 0,5
done
