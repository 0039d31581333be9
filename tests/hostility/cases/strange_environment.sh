# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# An environment of thousands, of 100 KB a variable, of bytes that are no text, with names twice, with
# none; what otelctl does not ask for does not trouble it, what it asks for is read or refused.
make_traces traces.jsonl
start_serve
huge() {
  for number in $(seq 3000); do export "VARIABLE_$number=$number-$long"; done
}
long=$(head -c 500 /dev/zero | tr '\0' 'v')
(huge; exec otelctl send-spans --endpoint "$grpc" --protocol grpc --quiet >sent) || fails 'many variables are too many'
(huge; exec otelctl exec -q --endpoint "$grpc" --protocol grpc -- env >child) || fails 'many are too many for exec'
holds [ "$(grep -c '^VARIABLE_' child)" = 3000 ]
very_long=$(head -c 100000 /dev/zero | tr '\0' 'v')
broken_text=$(printf 'a\377\300b')
ends 0 env "OTEL_RESOURCE_ATTRIBUTES=k=$very_long" otelctl send-spans --endpoint "$grpc" --protocol grpc --format json
ends 0 otelctl show-trace "$(jq -r '.trace_ids[0]' "$out")" --backend "$query" --format otlp-json
holds grep -q vvvvvvvvvv "$out"
ends_with_help 2 env "OTEL_SERVICE_NAME=$broken_text" otelctl send-spans --endpoint "$grpc" --protocol grpc --scenario simple
# The specification has what is no UTF-8 replaced here.
ends 0 env "OTEL_RESOURCE_ATTRIBUTES=k=$broken_text" otelctl send-spans --dry-run -o sent.jsonl
holds jq -e '[.. | .stringValue? // empty] | any(. == "a\ufffd\ufffdb" or . == "a\ufffdb")' sent.jsonl
ends_with_help 2 env "OTEL_EXPORTER_OTLP_ENDPOINT=$very_long" otelctl send-spans
ends_with_help 2 env "OTEL_EXPORTER_OTLP_ENDPOINT=$broken_text" otelctl send-spans
ends_with_help 2 env "OTEL_EXPORTER_OTLP_HEADERS=$broken_text" otelctl send-spans --endpoint "$grpc" --protocol grpc
ends_with_help 2 env "OTELCTL_BACKEND=$very_long" otelctl show-traces
ends 1 env "OTEL_EXPORTER_OTLP_ENDPOINT=$broken_text" otelctl config validate --kind env --format json
is_json "$out" '.summary.errors > 0'
# What exec cannot read is told, and the child gets every byte.
ends 0 env "OTEL_SERVICE_NAME=$broken_text" "TRACESTATE=$broken_text" otelctl exec --endpoint "$grpc" --protocol grpc -- \
  printenv OTEL_SERVICE_NAME
holds [ "$(cat "$out")" = "$broken_text" ]
# Locale, terminal, size and time zone that make no sense.
ends 0 env COLUMNS=-5 LINES=x TERM="$broken_text" LC_ALL="$broken_text" TZ="$broken_text" LANGUAGE=:::: NO_COLOR="$broken_text" \
  otelctl show-trace traces.jsonl --quiet
is_silent
ends 0 env COLUMNS=99999999999999999999 otelctl show-trace traces.jsonl
ends 0 env COLUMNS=99999999999 otelctl show-trace traces.jsonl
# Proxies that make no sense are named.
ends 0 env http_proxy="$broken_text" https_proxy=:::: no_proxy=, otelctl send-spans --endpoint "$grpc" --protocol grpc
stop_serve 0
