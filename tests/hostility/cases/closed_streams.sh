# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A standard stream is not there at all. What would go to standard output is an error then; nothing
# ever goes to a file or peer that was given the number.
make_traces traces.jsonl
start_serve
otelctl send-spans --endpoint "$grpc" --protocol grpc --quiet >sent
for command in 'version' 'scenarios' 'show-traces --backend traces.jsonl' 'show-trace traces.jsonl' \
  "show-traces --backend $query" 'config rules'; do
  ends_with_help 2 sh -c "otelctl $command >&-"
  says 'standard output'
done
# Nothing to say, nothing missed.
ends 0 sh -c 'otelctl version <&-'
prints '^otelctl '
ends 0 sh -c 'otelctl version 2>&-'
prints '^otelctl '
ends 0 sh -c 'otelctl scenarios -o list >&- 2>&- <&-'
holds [ -s list ]
ends 0 sh -c "otelctl send-spans --endpoint $grpc --protocol grpc --format json -o ledger.json <&- >&- 2>&-"
balances ledger.json
ends 2 sh -c 'otelctl show-traces --frobnicate 2>&-'
ends 3 sh -c 'otelctl test-connection --endpoint http://127.0.0.1:1 --protocol grpc -o report <&- >&- 2>&-'
holds grep -q refused report
# Reading from what is not there is an error that names it.
ends_with_help 2 sh -c 'otelctl show-traces --backend - <&-'
ends 2 sh -c 'otelctl config validate - <&-'
ends_with_help 2 sh -c 'otelctl ledger merge - <&-'

otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --ready-file streamless \
  <&- >&- 2>&- &
server=$!
note_started "$server"
wait_for [ -s streamless ]
ends 0 otelctl send-spans --endpoint "http://$(jq -r .grpc streamless)" --protocol grpc --quiet
ends 0 otelctl show-traces --backend "http://$(jq -r .query streamless)" --require 1
kill -TERM "$server"
wait "$server"
