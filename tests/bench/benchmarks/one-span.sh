# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# One span sent and acknowledged on loopback, as a whole process: against a bare process start, and
# against otel-cli, its fork, grpcurl and, by HTTP with JSON, curl that send one; and a command in a
# span, `exec -- true`, against theirs. The server is `otelctl serve`.

runs=$(less 60 10)
start_serve
span="$otelctl send-spans --quiet --scenario deep:1"
by_grpc="$span --endpoint http://$grpc --protocol grpc"
by_http="$span --endpoint http://$http --protocol http/json"
pair "$runs" "one span, grpc" "$by_grpc" "otelctl version" "$otelctl version" "target=ratio <= 2"
pair "$runs" "one span, http/json" "$by_http" "otelctl version" "$otelctl version"

exec="$otelctl exec --endpoint http://$grpc --protocol grpc -- true"
for peer in otel-cli otel-cli-fork; do
  options="--endpoint $grpc --protocol grpc --insecure --fail --timeout 10s --service bench"
  if find_peer "$peer"; then
    send="$program span $options --name span"
    wrap="$program exec $options --name span -- true"
  else
    send='' wrap=''
  fi
  pair "$runs" "one span, grpc" "$by_grpc" "$peer span" "$send"
  pair "$runs" "exec -- true, its span acknowledged" "$exec" "$peer exec" "$wrap"
done

$otelctl send-spans --quiet --scenario deep:1 --dry-run >"$folder/span.json"
proto=$root/lib/otlp/proto
service=opentelemetry/proto/collector/trace/v1/trace_service.proto
if find_peer grpcurl; then
  # It reads the request from a file only as stdin, so that it is given its words by a script.
  printf '#!/bin/sh\nexec "%s" -plaintext -import-path "%s" -proto %s -d @ %s %s <"%s"\n' "$program" \
    "$proto" "$service" "$grpc" opentelemetry.proto.collector.trace.v1.TraceService/Export \
    "$folder/span.json" >"$folder/grpcurl"
  chmod +x "$folder/grpcurl"
  pair "$runs" "one span, grpc" "$by_grpc" grpcurl "$folder/grpcurl"
else
  pair "$runs" "one span, grpc" "$by_grpc" grpcurl
fi
find_program curl && curl="curl -s --fail --noproxy * -o /dev/null -H Content-Type:application/json \
--data-binary @$folder/span.json http://$http/v1/traces" || curl=''
pair "$runs" "one span, http/json" "$by_http" "curl of the same span" "$curl"
stop_server
