# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The same on a file system that is really full, which needs the right to mount one.
mkdir small
unshare -rm sh -c 'mount -t tmpfs -o size=64k none small' 2>/dev/null ||
  skip 'no user namespace in which a file system can be mounted'
make_traces traces.jsonl
cat >script <<'END'
mount -t tmpfs -o size=64k none small || exit 99
echo former >small/result
printf 'telemetry:\n  enabled: true\n  servce_name: shop\n' >small/app.yaml
cp small/app.yaml before.yaml
dd if=/dev/zero of=small/filler bs=1k 2>/dev/null
status() { "$@" 2>>messages; echo "$?" >>statuses; }
status otelctl show-trace traces.jsonl --format html -o small/result
status otelctl send-spans --dry-run --traces 100 -o small/result
status otelctl send-spans --dry-run --traces 100 >small/filler.2
status otelctl config validate small/app.yaml --fix
cp small/app.yaml after.yaml
cp small/result result
ls small >left
rm small/filler small/filler.2
rm -f ready
otelctl serve --record small/record.jsonl --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 \
  --ready-file ready >/dev/null 2>>messages &
server=$!
tries=0
until [ -s ready ] || [ "$tries" = 600 ]; do sleep 0.05; tries=$((tries + 1)); done
status otelctl send-spans --endpoint "http://$(jq -r .http ready)" --protocol http/protobuf \
  --traces 400 --batch 100 --quiet
kill "$server"
status wait "$server"
cp small/record.jsonl record.jsonl
END
ends 0 unshare -rm sh script
holds [ "$(paste -s -d ' ' statuses)" = '2 2 2 2 0 1' ]
cp messages "$err"
says '^otelctl: small/result: No space left on device'
says '^otelctl: .*small/app.yaml: No space left on device'
says '^otelctl: recording stopped: small/record.jsonl: No space left on device'
says '^hint: '
holds cmp before.yaml after.yaml
holds [ "$(cat result)" = former ]
holds [ "$(paste -s -d ' ' left)" = 'app.yaml filler filler.2 result' ]
holds jq -e .resourceSpans record.jsonl
