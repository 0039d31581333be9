# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# 100 MB on one line, as YAML, JSON, variables, traces, and as standard input.
head -c 100000000 /dev/zero | tr '\0' 'x' >line
{ printf '{"resourceSpans":[{"resource":{"attributes":[{"key":"k","value":{"stringValue":"'; cat line; echo '"}}]}}]}'; } >traces.json
ends 1 otelctl config validate line --kind telemetry --format concise
prints 'OTC007'
ends 1 otelctl config validate line --kind env --format concise
prints 'OTC007'
ends 1 otelctl config validate line --kind collector --format json
is_json "$out" '.findings[0].code == "OTC007"'
ends 1 sh -c 'otelctl config validate - --kind telemetry <line'
ends_with_help 5 otelctl show-traces --backend line
ends_with_help 2 otelctl send-spans --dry-run --scenario ./line
ends_with_help 2 otelctl check-traces -f line --backend line
ends_with_help 2 otelctl ledger merge line
ends_with_help 2 otelctl test-connection --config line
ends_with_help 2 otelctl test-connection --env-file line
ends_with_help 2 sh -c 'otelctl send-logs --endpoint http://127.0.0.1:1 --protocol grpc --body - <line'
# One that is a trace without spans is read to its end, and is what it is.
ends_with_help 6 otelctl show-trace traces.json
