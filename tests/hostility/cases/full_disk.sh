# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# No room to write, by /dev/full and by a limit on the size of files: an error with its cause, never
# half a result, and what was there stays.
make_traces traces.jsonl
for command in 'version' 'help' 'completion bash' 'scenarios' 'config rules' 'config schema' \
  'show-traces --backend traces.jsonl' 'show-trace traces.jsonl' 'show-services --backend traces.jsonl' \
  'send-spans --dry-run' 'show-trace traces.jsonl --format html' 'config show --format json'; do
  # shellcheck disable=SC2086
  ends 2 sh -c "otelctl $command >/dev/full"
  says '^otelctl: .*No space left on device\|^otelctl: standard output: cannot be written'
done
for command in 'scenarios' 'config rules' 'show-traces --backend traces.jsonl' 'send-spans --dry-run' \
  'show-trace traces.jsonl --format json'; do
  # shellcheck disable=SC2086
  ends_with_help 2 otelctl $command -o /dev/full
done

# A limit on files, in blocks of 512 bytes. It is none on what is said, as long as that is less.
echo former >result.json
for limit in 1 2; do
  for command in 'scenarios agentmap' 'config rules --format json' 'send-spans --dry-run --traces 100' \
    'show-trace traces.jsonl --format html'; do
    ends 2 sh -c "ulimit -f $limit; exec otelctl $command -o result.json"
    says '^otelctl: result.json: File too large'
    holds [ "$(cat result.json)" = former ]
    holds [ "$(echo result.json*)" = result.json ]
  done
  ends 2 sh -c "ulimit -f $limit; exec otelctl send-spans --dry-run --traces 100 >limited"
  says '^otelctl: .*File too large\|^otelctl: standard output: cannot be written'
done

# A mended file is written whole or not at all.
printf 'telemetry:\n  enabled: true\n  servce_name: shop\n' >app.yaml
seq 1000 | sed 's/^/# /' >>app.yaml
cp app.yaml before.yaml
ends 2 sh -c 'ulimit -f 1; exec otelctl config validate app.yaml --fix'
says '^otelctl: .*app.yaml: File too large'
holds cmp before.yaml app.yaml
holds [ "$(echo app.yaml*)" = app.yaml ]

# A recording that ends: it is said, serving goes on, and the lines that are there are whole.
start_serve sh -c 'ulimit -f 64; exec otelctl serve --record record.jsonl "$@"' serve
ends 0 otelctl send-spans --endpoint "$http" --protocol http/protobuf --traces 200 --batch 100 --quiet
ends 0 otelctl show-traces --backend "$query" --require 10
stop_serve 1
cp "$records/serve.err" "$err"
says '^otelctl: recording stopped: record.jsonl: File too large'
says '^hint: '
holds jq -e .resourceSpans record.jsonl

# A program under exec has the signals of its caller: the limit ends it as it would without otelctl.
ends 153 sh -c 'ulimit -f 0; otelctl exec -q --endpoint http://127.0.0.1:1 -- sh -c "exec dd if=/dev/zero of=x count=1"'
