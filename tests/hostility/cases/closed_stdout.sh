# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The reader goes away, as head does: otelctl ends, well and without a word.
make_traces traces.jsonl
quiet_before_head() {
  ends 0 sh -c "{ $1; echo \$? >status; } | head -n 1 >first"
  holds [ "$(cat status)" = 0 ]
  holds [ -s first ]
  is_silent
}
for command in 'show-trace traces.jsonl --quiet' 'show-trace traces.jsonl --format html --quiet' \
  'show-traces --backend traces.jsonl' 'scenarios agentmap' 'config schema' 'config rules' \
  'config rules --format json' 'completion bash' 'help send-spans' 'send-spans --help' \
  'send-spans --dry-run --traces 1000000000 --quiet'; do
  quiet_before_head "otelctl $command"
done
# Findings keep their verdict.
printf 'telemetry:\n  enabled: maybe\n' >app.yaml
ends 0 sh -c '{ otelctl config validate app.yaml; echo $? >status; } | head -n 0'
holds [ "$(cat status)" = 1 ]
is_silent

# Who follows for nobody ends.
start_serve
ends 0 sh -c "{ otelctl show-traces --backend $query --follow --interval 100ms --quiet; echo \$? >status; } | :"
is_silent

# A server whose first lines nobody reads serves.
otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --ready-file unread \
  2>unread.err | : &
note_started $!
wait_for [ -s unread ]
ends 0 otelctl send-spans --endpoint "http://$(jq -r .grpc unread)" --protocol grpc --quiet
stop_serve 0
