# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# send-spans from one core over each protocol against a sink on another, in spans with ids and times
# of their own that were acknowledged; its memory with 8 and 64 requests in flight and in a run of
# 10,000,000 spans; against telemetrygen with both cores, and ghz that sends one request again and
# again.

has_two_cores "spans, grpc, a sending core" "value >= 5" "M spans/s" || {
  record "what=spans, grpc" "peer=telemetrygen" "missing=$why" "target=ratio >= 50"
  return 0
}
time=$(less 5s 1s)

# send_from_core WHAT ADDRESS OPTION...: $rate is then in millions of spans a second and $peak in MB.
send_from_core() {
  what=$1
  shift
  send_spans "$folder/ledger" "$@" --batch 512 || give_up "send-spans failed: $what"
  rate=$(calculate "$(member "$folder/ledger" rate_per_second) / 1e6")
  peak=$(calculate "$(cat "$folder/ledger.peak") * 1024 / 1e6")
  bytes=$(calculate "int($(member "$folder/ledger" bytes) / $(member "$folder/ledger" accepted))")
}

# record_rate KEY=VALUE...
record_rate() { record "what=$what" "value=$rate" "unit=M spans/s" "note=$bytes bytes a span" "$@"; }

start_sink
send_from_core "spans, grpc, a sending core" "$grpc" --scenario simple --duration "$time"
by_grpc=$rate
peak_by_grpc=$peak
record_rate "target=value >= 5"
for protocol in http/protobuf http/json; do
  send_from_core "spans, $protocol" "$http" --scenario simple --duration "$time" --protocol "$protocol"
  record_rate "peer=grpc" "peer_value=$by_grpc"
done
send_from_core "spans of agentmap, grpc" "$grpc" --scenario agentmap --duration "$time"
record_rate "peer=simple" "peer_value=$by_grpc"
send_from_core "spans, 64 in flight" "$grpc" --scenario simple --duration "$time" --in-flight 64
record_rate "peer=8 in flight" "peer_value=$by_grpc"
record "what=memory, 64 in flight" "value=$peak" "unit=MB" "peer=8 in flight" "peer_value=$peak_by_grpc"
send_from_core "100,000 spans" "$grpc" --scenario simple --traces 50000
peak_of_few=$peak
many=$(less 10,000,000 1,000,000)
traces=$(less 5000000 500000)
send_from_core "$many spans" "$grpc" --scenario simple --traces "$traces"
record "what=memory, $many spans" "value=$peak" "unit=MB" "peer=100,000 spans" "peer_value=$peak_of_few"
stop_sink

seconds=$(less 5 2)
if find_peer telemetrygen; then
  start_sink --count-spans
  taskset -c 0,1 "$program" traces --otlp-endpoint "$grpc" --otlp-insecure --rate 0 --workers 2 \
    --duration "${seconds}s" --batch-size 512 >"$folder/log" 2>&1 || give_up "telemetrygen failed"
  stop_sink
  record "what=spans, grpc" "value=$by_grpc" "unit=M spans/s" "peer=telemetrygen, both cores" \
    "peer_value=$(calculate "${counted##* } / $seconds / 1e6")" "target=ratio >= 50" \
    "note=what arrived of telemetrygen"
else
  record "what=spans, grpc" "value=$by_grpc" "unit=M spans/s" "peer=telemetrygen" "missing=$why" \
    "target=ratio >= 50"
fi

if find_peer ghz; then
  start_sink --keep "$folder/request"
  send_spans "$folder/ledger" "$grpc" --scenario simple --traces 256 || give_up "no request was made"
  stop_sink
  start_sink --count-spans
  taskset -c 0 "$program" --insecure --cpus 1 --connections 1 -c 8 -z "${seconds}s" \
    -i "$root/lib/otlp/proto" --proto opentelemetry/proto/collector/trace/v1/trace_service.proto \
    --call opentelemetry.proto.collector.trace.v1.TraceService/Export -B "$folder/request" "$grpc" \
    >"$folder/log" 2>&1 || give_up "ghz failed"
  stop_sink
  record "what=spans, grpc" "value=$by_grpc" "unit=M spans/s" "peer=ghz, one core" \
    "peer_value=$(calculate "${counted##* } / $seconds / 1e6")" \
    "note=ghz sends one request of 512 spans again and again"
else
  record "what=spans, grpc" "value=$by_grpc" "unit=M spans/s" "peer=ghz" "missing=$why"
fi
