# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# Spans a second by gRPC in batches of 512 from one core into serve on another while it stores them,
# its memory and its account, beside a server that drops them, and the Collector with its nop exporter
# and Jaeger in memory; turn by turn, so that what else runs on the machine befalls all.

has_two_cores "otelctl serve, storing" "value >= 2" "M spans/s" || return 0
: >"$folder/measured"
worst_account=0
fullest=0

# The processor time that the server has used, in seconds: utime and stime of proc(5), stat.
server_seconds() {
  awk -v hertz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hertz }' \
    "/proc/$server/stat"
}

# The most memory that the server had resident, in KiB.
server_memory() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$server/status"; }

# send_to LABEL: sends to the server and adds a line to the measurements.
send_to() {
  before=$(server_seconds)
  send_spans "$folder/ledger" "$grpc" --scenario simple --batch 512 --duration "$(less 3s 1s)" ||
    give_up "not all was accepted: $1"
  kill -0 "$server" 2>/dev/null || give_up "it ended before its time: $1"
  printf '%s;%s;%s;%s;%s\n' "$1" "$(member "$folder/ledger" accepted)" \
    "$(member "$folder/ledger" elapsed_ns)" "$(calculate "$(server_seconds) - $before")" \
    "$(server_memory)" >>"$folder/measured"
}

# Compares the sender's ledger with what /stats of serve says: accepted = held + evicted.
check_account() {
  command -v curl >/dev/null || return 0
  curl -s --fail --noproxy '*' "http://$query/stats" >"$folder/stats" || give_up "there is no /stats"
  sent=$(member "$folder/ledger" accepted)
  accepted=$(member "$folder/stats" accepted)
  kept=$(($(member "$folder/stats" held) + $(member "$folder/stats" evicted)))
  worst_account=$(calculate "$worst_account + sqrt(($sent - $accepted) ^ 2) + sqrt(($accepted - $kept) ^ 2)")
  full=$(calculate "$(member "$folder/stats" used_bytes) / $(member "$folder/stats" max_bytes)")
  fullest=$(calculate "$full > $fullest ? $full : $fullest")
  bound=$(rounded "$(member "$folder/stats" max_bytes) / 1e6")
}

# of LABEL FIGURE: over all its turns, speed in millions of spans a second, the same for a second of the
# server's processor, and the most memory in MB.
of() {
  awk -F ';' -v label="$1" -v figure="$2" '
    $1 == label { spans += $2; time += $3; used += $4; if ($5 > peak) peak = $5 }
    END {
      if (figure == "speed") printf "%.6g", spans / time * 1e3
      else if (figure == "efficiency") printf "%.3g", (used > 0 ? spans / used / 1e6 : 0)
      else printf "%.4g", peak * 1024 / 1e6
    }' "$folder/measured"
}

no_collector='' no_jaeger=''
for _ in $(seq "$(less 3 1)"); do
  start_sink
  send_to sink
  stop_sink
  start_serve taskset -c 1
  send_to serve
  check_account
  stop_server
  if start_peer collector "$root/tests/bench/collector-nop.yaml"; then
    send_to "Collector, nop exporter"
    stop_server
  else
    no_collector=$why
  fi
  if start_peer jaeger "$root/tests/peers/config/jaeger.yaml"; then
    send_to "Jaeger in memory"
    stop_server
  else
    no_jaeger=$why
  fi
done

serve="what=otelctl serve, storing"
speed="value=$(of serve speed)"
record "$serve" "$speed" "unit=M spans/s" "target=value >= 2" "peer=server that drops them" \
  "peer_value=$(of sink speed)" "note=$(of serve efficiency) M for a second of its processor"
against() {
  if [ -n "$2" ]; then
    record "$serve" "$speed" "unit=M spans/s" "peer=$1" "missing=$2"
    return 0
  fi
  record "$serve" "$speed" "unit=M spans/s" "peer=$1" "peer_value=$(of "$1" speed)" \
    "note=$(of "$1" efficiency) M for a second of its processor"
  record "what=otelctl serve, most memory" "value=$(of serve memory)" "unit=MB" "peer=$1" \
    "peer_value=$(of "$1" memory)"
}
against "Collector, nop exporter" "$no_collector"
against "Jaeger in memory" "$no_jaeger"
if find_program curl; then
  record "what=spans that ledger and /stats do not agree on" "value=$worst_account" "target=value <= 0" \
    "note=sent = accepted = held + evicted"
  record "what=of its memory bound, used at most" "value=$(calculate "$fullest * 100")" "unit=%" \
    "target=value <= 100" "note=of $bound MB"
else
  record "what=spans that ledger and /stats do not agree on" "target=value <= 0" "missing=$why"
  record "what=of its memory bound, used at most" "target=value <= 100" "missing=$why"
fi
