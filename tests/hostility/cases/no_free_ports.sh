# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# No port is free: neither one to listen at, nor one to connect from, nor any network at all.
unshare -rn true 2>/dev/null || skip 'no user namespace with a network of its own'
make_traces traces.jsonl
cat >script <<'END'
status() { "$@" >>printed 2>>messages; echo "$?" >>statuses; }
# Not even loopback is up.
status otelctl test-connection --endpoint http://127.0.0.1:4317 --protocol grpc
status otelctl send-spans --endpoint http://127.0.0.1:4318 --protocol http/protobuf --timeout 1s
status otelctl show-traces --backend http://127.0.0.1:16686
status otelctl show-traces --backend traces.jsonl
echo --- >>messages
command -v ip >/dev/null || exit 0
ip link set lo up || exit 0
echo '40000 40003' >/proc/sys/net/ipv4/ip_local_port_range || exit 0
otelctl serve --ready-file ready >/dev/null 2>&1 &
server=$!
tries=0
until [ -s ready ] || [ "$tries" = 600 ]; do sleep 0.05; tries=$((tries + 1)); done
# Five at a time from four ports.
status otelctl send-spans --endpoint http://127.0.0.1:4318 --protocol http/protobuf --traces 200 --batch 20 --in-flight 64 \
  --timeout 2s --format json -o ledger.json
# Four that hold all of them.
for turn in 1 2 3 4; do
  otelctl send-spans --endpoint http://127.0.0.1:4318 --protocol http/protobuf --rate 100 --duration 1h --in-flight 1 \
    >/dev/null 2>&1 &
  echo $! >>holders
done
all_are_held() { [ "$(grep -c ':9C4[0-3] 0100007F:10DE 01' /proc/net/tcp)" = 4 ]; }
tries=0
until all_are_held || [ "$tries" = 200 ]; do sleep 0.05; tries=$((tries + 1)); done
all_are_held && echo held >held
status otelctl test-connection --endpoint http://127.0.0.1:4318 --protocol http/protobuf --timeout 2s
status otelctl send-spans --endpoint http://127.0.0.1:4318 --protocol http/protobuf --timeout 1s
kill $(cat holders)
kill "$server"
status wait "$server"
END
ends 0 unshare -rn sh script
holds [ "$(head -n 4 statuses | paste -s -d ' ')" = '3 3 3 0' ]
sed '/^---/,$d' messages >"$err"
says '^otelctl: send-spans: .*no route to 127.0.0.1:4318'
says '^otelctl: no route to 127.0.0.1:16686'
says '^hint: '
[ -e ledger.json ] || skip 'in its network no ports can be set'
balances ledger.json
sed '1,/^---/d' messages >"$err"
holds [ -e held ]
holds [ "$(sed -n '6,$p' statuses | paste -s -d ' ')" = '3 3 0' ]
says 'Cannot assign requested address\|no free port'
