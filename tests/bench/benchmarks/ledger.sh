# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# The ledger of send-spans under every fault that serve has and with nobody there, by each protocol:
# how many ledgers do not balance, generated = accepted + rejected + failed, and how many do not say of
# accepted spans what the server says of them.

unbalanced=0 disagreeing=0 ledgers=0 faults=0
count_server=yes
find_program curl || count_server=no

# account PROTOCOL ADDRESS: sends, and adds up.
account() {
  "$otelctl" send-spans --quiet --format json --protocol "$1" --endpoint "http://$2" --scenario simple \
    --traces "$(less 20000 5000)" --timeout 2s >"$folder/ledger" 2>"$folder/log" || true
  generated=$(member "$folder/ledger" generated)
  accepted=$(member "$folder/ledger" accepted)
  settled=$((accepted + $(member "$folder/ledger" rejected) + $(member "$folder/ledger" failed)))
  [ "$generated" -gt 0 ] || give_up "nothing was generated"
  ledgers=$((ledgers + 1))
  [ "$generated" = "$settled" ] || unbalanced=$((unbalanced + 1))
}

for fault in none 429:retry-after=0@20% unavailable@20% unavailable partial=1@30% slow=20ms@20% reset@10% \
  drop-connection-every=7; do
  faults=$((faults + 1))
  for protocol in grpc http/protobuf http/json; do
    if [ "$fault" = none ]; then start_serve; else start_serve -- --fault "$fault"; fi
    case $protocol in grpc) account grpc "$grpc" ;; *) account "$protocol" "$http" ;; esac
    if [ "$count_server" = yes ]; then
      curl -s --fail --noproxy '*' "http://$query/stats" >"$folder/stats" || give_up "there is no /stats"
      [ "$accepted" = "$(member "$folder/stats" accepted)" ] || disagreeing=$((disagreeing + 1))
    fi
    stop_server
  done
done
for protocol in grpc http/protobuf http/json; do account "$protocol" 127.0.0.1:1; done
record "what=ledgers that do not balance" "value=$unbalanced" "target=value <= 0" \
  "note=of $ledgers: $faults faults and nobody there, by 3 protocols"
if [ "$count_server" = yes ]; then
  record "what=ledgers that the server contradicts" "value=$disagreeing" "target=value <= 0"
else
  record "what=ledgers that the server contradicts" "target=value <= 0" "missing=$why"
fi
