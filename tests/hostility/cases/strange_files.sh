# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# FILE is a folder, a FIFO, a device without end or without content, or not what its name says.
make_traces traces.jsonl
mkdir folder
printf 'telemetry:\n  service_name: shop\n' >app.yaml
# A trace file is "not understood" where it can be read and is none.
for place in folder:2 no-such-file:2 /dev/zero:5 /dev/null:5; do
  status=${place#*:}
  place=${place%:*}
  case $place in
    folder) reason='Is a directory\|names no trace' ;;
    no-such-file) reason='No such file\|names no trace' ;;
    /dev/zero) reason='/dev/zero: .*more than 100000 empty messages' ;;
    /dev/null) reason='/dev/null: the file is empty' ;;
  esac
  for command in "show-traces --backend $place" "show-trace $place" "diff-traces $place traces.jsonl" \
    "show-services --backend $place"; do
    # shellcheck disable=SC2086
    ends_with_help "$status" otelctl $command
    says "$reason"
  done
  # Its report has the reason.
  ends "$status" otelctl check-traces --min-spans 1 --backend "$place"
  prints "$reason"
done
for place in ./folder ./no-such-file /dev/zero; do
  for command in "send-spans --dry-run --scenario $place" "check-traces -f $place --backend traces.jsonl" \
    "ledger merge $place" "test-connection --config $place" "test-connection --env-file $place" \
    "config convert $place --to env" "config show $place"; do
    # shellcheck disable=SC2086
    ends_with_help 2 otelctl $command
  done
  # What it finds wrong with the files of a connection stands in its report.
  for options in "--ca $place" "--cert $place --key $place"; do
    # shellcheck disable=SC2086
    ends 2 otelctl test-connection --endpoint https://127.0.0.1:1 --protocol grpc $options
    prints "$place"
  done
done
for place in folder no-such-file; do ends_with_help 2 otelctl config validate "$place"; done
ends 1 otelctl config validate /dev/zero --kind telemetry
ends 1 otelctl config validate /dev/null --kind telemetry

# What is written through a FIFO is read as if it were a file.
mkfifo fifo
for command in 'show-traces --backend fifo --require 3' 'show-trace fifo' \
  'send-spans --dry-run --scenario ./fifo' 'diff-traces fifo traces.jsonl'; do
  cat traces.jsonl >fifo &
  note_started $!
  # shellcheck disable=SC2086
  ends 0 otelctl $command
done
cat app.yaml >fifo &
note_started $!
ends 0 otelctl config validate fifo --fail-on never

# A FIFO that is written to gets the result, and is one afterwards.
cat fifo >copy &
reader=$!
ends 0 otelctl show-trace traces.jsonl --format json -o fifo
wait "$reader"
holds [ -p fifo ]
is_json copy '.spans | length > 0'

# -o to places that are no files.
ends_with_help 2 otelctl scenarios -o folder
ends 0 otelctl scenarios -o /dev/null
ends_with_help 2 otelctl scenarios -o no/such/folder/file
ends_with_help 2 otelctl scenarios -o traces.jsonl/file
ends_with_help 2 otelctl scenarios -o ''
ends_with_help 2 otelctl scenarios -o "$(head -c 5000 /dev/zero | tr '\0' 'n')"
# Links: one in a circle, one to nowhere, which gives way to the result, one to a file, which is that file.
ln -s circle circle
ln -s nowhere dangling
ln -s target link
echo former >target
ends_with_help 2 otelctl config validate circle
ends_with_help 2 otelctl show-traces --backend circle
ends_with_help 2 otelctl scenarios -o circle
ends_with_help 2 otelctl show-traces --backend dangling
ends 0 otelctl scenarios -o dangling
holds [ -s dangling ]
ends 0 otelctl scenarios -o link
holds [ -L link ]
holds grep -q agentmap target
