# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Where the examples of help and README are run as they stand: a network of their own in which the
# usual ports are free and the names of the examples are this machine, and the files they speak of.
# shellcheck shell=sh

# own_network: begins the check again in a network namespace, where that is allowed. Where it is not,
# $own_network is empty, and examples that name an address or port are left out.
own_network() {
  if [ -n "${OWN_NETWORK-}" ]; then
    own_network=yes
    ip link set lo up
    echo '127.0.0.1 localhost jaeger tempo zipkin collector web collector.example' >hosts
    mount --bind hosts /etc/hosts
    return
  fi
  own_network=
  if command -v unshare >/dev/null && command -v ip >/dev/null &&
    unshare -rnm sh -c 'ip link set lo up && echo "127.0.0.1 localhost" >hosts && mount --bind hosts /etc/hosts' 2>/dev/null; then
    exec env OWN_NETWORK=yes unshare -rnm \
      sh -c '. "$CONVENTIONS/support.sh"; . "$CONVENTIONS/checks/$CHECK"; finish'
  fi
  echo "$CHECK: no network namespace can be made here: examples that name an address are left out"
}

# start_surroundings: the backend at the usual ports (or, without a network of one's own, one that the
# environment names), Tempo's port, files, and programs that are not here (kubectl, make's file).
start_surroundings() {
  if [ -n "$own_network" ]; then
    # Roomy, so that the examples that send load push nothing out that others ask for.
    otelctl serve --max-memory 1GiB >serve.out 2>serve.err &
    backend=$!
    otelctl serve --query 127.0.0.1:3200 --grpc 127.0.0.1:0 --http 127.0.0.1:0 >tempo.out 2>&1 &
    tempo=$!
    trap 'kill -KILL "$backend" "$tempo" 2>/dev/null' EXIT
    until_true grep -q query serve.out || fails "serve: $(cat serve.err)"
    until_true grep -q query tempo.out || fails "serve: $(cat tempo.out)"
  else
    start_backend --max-memory 1GiB
    export OTEL_EXPORTER_OTLP_ENDPOINT="$GRPC" OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTELCTL_BACKEND="$QUERY"
  fi
  mkdir config
  printf 'telemetry:\n  service_name: shop\n  exporters:\n    otlp:\n      enabled: true\n      endpoint: "%s"\n' "${GRPC:-http://localhost:4317}" >app.yaml
  cp app.yaml agentmap.yaml
  cp app.yaml config/app.yaml
  printf 'OTEL_SERVICE_NAME=shop\nOTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317\nOTEL_EXPORTER_OTLP_PROTOCOL=grpc\n' >prod.env
  cp "$CONVENTIONS/files/collector.yaml" collector.yaml
  printf 'all:\n\t@echo built\ntest:\n\t@echo tested\n' >Makefile
  echo 'it was built' >build.log
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
    -keyout server.key -out server.pem 2>openssl.err || fails "openssl: $(cat openssl.err)"
  cp server.pem ca.pem
  # Of a service of their own, so that nothing else in the backend changes what they show.
  otelctl send-spans --dry-run --traces 3 --seed 7 -o collector.jsonl 2>/dev/null
  cp collector.jsonl came.jsonl
  cp collector.jsonl before.otlp.jsonl
  { otelctl send-spans --traces 2 --seed 8 --attribute ci=main --attribute build=main --attribute run.id=42 --attribute workflow.id=42 --attribute workflow.id=42 &&
    otelctl send-spans --traces 4 --seed 8 --attribute ci=pr --attribute build=1 --attribute run.id=42 --attribute workflow.id=42 &&
    otelctl send-spans --scenario "$CONVENTIONS/files/shop.yaml" --traces 9 --seed 8 --start 90m &&
    otelctl send-spans --scenario "$CONVENTIONS/files/shop.yaml" --traces 9 --seed 9 --attribute run.id=42 --attribute workflow.id=42; } >/dev/null ||
    fails 'the backend could not be filled'
  ID=$(otelctl show-traces --service shop --last 1 --format ids)
  { otelctl send-spans --dry-run --traces 1 --seed 9 --traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 &&
    otelctl send-spans --dry-run --traces 1 --seed 9; } >traces.jsonl 2>/dev/null || fails 'a file of traces'
  otelctl check-traces --trace-id "$ID" --from-trace "$ID" -o order.yaml 2>/dev/null ||
    otelctl check-traces --from-trace "$ID" -o order.yaml || fails 'no expectations could be drafted'
  cp order.yaml expected.yaml
  cp "$CONVENTIONS/files/shop.yaml" shop.yaml
  for shard in 0 1 2 3; do
    otelctl send-spans --traces 4 --seed 7 --shard $shard/4 --format json >"shard-$shard.json" || fails 'a shard'
  done
  printf '#!/bin/sh\ncat shard-*.json\n' >kubectl
  chmod +x kubectl
  mkdir -p "$HOME/.config/fish/completions"
  export ID RUN=42 RUN_ID=42 TRACE_ID="$ID" SHA=1 KEY=none PATH="$PWD:$PATH"
}

# try_example STATUSES LINE: runs a line as it stands, but for the time that it would take, and expects
# one of the statuses. What serves is ended once it does; what follows, once something has come.
try_example() {
  wanted=$1
  line=$(printf '%s' "$2" | sed -E 's/--duration [0-9]+m/--duration 200ms/; s/--ramp [0-9]+s/--ramp 100ms/; s/--rate (2000|50000)\b/--rate 1000000/; s/--for 1m/--for 20s/')
  case $line in
    # What it calls the last is a good one of this run. Others began later: what is sent without a rate
    # has its traces a millisecond apart.
    *'--from-trace last'*)
      otelctl send-spans --attribute run.id=42 --start "$(date -u -d '+20 seconds' +%Y-%m-%dT%H:%M:%SZ)" >/dev/null ||
        fails 'a good trace could not be sent'
      ;;
  esac
  case $line in
    'otelctl serve'*) try_serve "$line"; return ;;
    *--follow*' --for '*) ;;
    *--follow*) try_follow "$line"; return ;;
  esac
  bash -c "$line" >example.out 2>example.err </dev/null
  ended=$?
  case " $wanted " in
    *" $ended "*) ;;
    *) fails "$2: exit status $ended, not $wanted: $(head -n 3 example.err example.out)" ;;
  esac
}

# In a network of its own once more: the ports are taken here.
try_serve() {
  case $1 in
    *127.0.0.1:0*) ;;
    *) [ -n "$own_network" ] || return ;;
  esac
  line=${1%%&*}
  # $$ is the shell that becomes otelctl.
  unshare -n bash -c "ip link set lo up; echo \$\$ >serving.pid; exec env --default-signal=INT ${line%%#*}" >serving.out 2>serving.err &
  waited=$!
  until_true grep -q 'query API' serving.out || fails "$1: does not serve: $(cat serving.err)"
  kill -INT "$(cat serving.pid)"
  wait "$waited"
  ended=$?
  [ "$ended" = 0 ] || fails "$1: exit status $ended: $(cat serving.err)"
  rm -f serving.out
}

try_follow() {
  # Its own group, so that all of a pipeline gets the signal, as from a terminal.
  env --default-signal=INT setsid bash -c "$1" >following.out 2>following.err &
  waited=$!
  until_true something_followed || fails "$1: nothing came: $(cat following.err)"
  kill -s INT -- "-$waited"
  wait "$waited"
  ended=$?
  case $ended in
    0 | 130) ;;
    *) fails "$1: exit status $ended: $(cat following.err)" ;;
  esac
}

# One trace more that has failed, until one is shown.
something_followed() {
  otelctl send-spans --scenario aob --traces 5 >/dev/null 2>&1
  test -s following.out
}

# names_address LINE: whether it cannot be run where the usual ports may be somebody else's.
names_address() {
  case $1 in
    *http://* | *https://* | *localhost* | 'otelctl serve' | 'otelctl serve '*) return 0 ;;
  esac
  return 1
}
