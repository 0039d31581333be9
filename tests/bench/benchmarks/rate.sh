# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# What send-spans does of --rate 1 to 1,000,000 spans a second, from one core to a sink on another,
# and how late. Latency counts from the time at which a request was due.

has_two_cores "off the rate that was asked for, at worst" "value <= 1" "%" || return 0
time=$(less 10s 4s)

# send_at RATE
send_at() {
  send_spans "$folder/at-$1" "$grpc" --scenario simple --rate "$1" --duration "$time" ||
    give_up "send-spans --rate $1 failed"
}

start_sink
# The slow ones sleep for the most part, and share the core.
senders=''
for rate in 1 10 100 1000 10000; do
  send_at "$rate" &
  senders="$senders $!"
done
for sender in $senders; do wait "$sender" || exit 1; done
send_at 100000
send_at 1000000
stop_sink

worst=0
for rate in 1 10 100 1000 10000 100000 1000000; do
  ledger=$folder/at-$rate
  reached=$(calculate "$(member "$ledger" accepted) / $(member "$ledger" elapsed_ns) * 1e9")
  off=$(calculate "sqrt(($reached / $rate - 1) ^ 2) * 100")
  worst=$(calculate "$off > $worst ? $off : $worst")
  milliseconds() { rounded "$(member "$ledger" "$1") / 1e6"; }
  record "what=send-spans --rate $rate" "value=$reached" "unit=spans/s" "peer=asked for" "peer_value=$rate" \
    "note=latency p50 $(milliseconds p50) ms, p99 $(milliseconds p99) ms; behind at most $(milliseconds behind_ns) ms"
done
record "what=off the rate that was asked for, at worst" "value=$worst" "unit=%" "target=value <= 1"
