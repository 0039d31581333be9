# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Nothing may be written where otelctl is told to: it says so, and what is there stays as it is. Root
# may write anywhere, so for root everything runs as nobody.
as_nobody=''
if [ "$(id -u)" = 0 ]; then
  setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null ||
    skip 'root has all rights, and setpriv cannot give them up'
  as_nobody='setpriv --reuid 65534 --regid 65534 --clear-groups'
  # The folders above the program need not be open to nobody.
  mkdir bin
  cp "$(command -v otelctl)" bin/otelctl
  PATH=$PWD/bin:$PATH
  chmod 755 ../ ../../"$(basename "$(dirname "$PWD")")" .
fi
make_traces traces.jsonl
mkdir read-only
printf 'telemetry:\n  enabled: true\n  servce_name: shop\n' >read-only/app.yaml
chmod 444 read-only/app.yaml
cp read-only/app.yaml before.yaml
chmod 555 read-only

# refused FILE COMMAND...: the file is named with the reason.
refused() {
  file=$1
  shift
  # shellcheck disable=SC2086
  ends_with_help 2 $as_nobody "$@"
  says "^otelctl: .*$file: \(Permission denied\|.*read-only\)"
}
refused read-only/x otelctl scenarios -o read-only/x
refused read-only/x otelctl show-trace traces.jsonl --format html -o read-only/x
refused read-only/x otelctl send-spans --dry-run -o read-only/x
refused read-only/x otelctl send-spans --endpoint http://127.0.0.1:1 --protocol grpc -o read-only/x
refused read-only/x otelctl config convert before.yaml --to env -o read-only/x
refused read-only/app.yaml otelctl config validate read-only/app.yaml --fix
refused read-only/x otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --record read-only/x
refused read-only/x otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 --ready-file read-only/x
holds cmp before.yaml read-only/app.yaml
holds [ "$(ls read-only)" = app.yaml ]

# Nor may anything be read.
echo secret >closed.yaml
chmod 000 closed.yaml
refused closed.yaml otelctl config validate closed.yaml
refused closed.yaml otelctl show-traces --backend closed.yaml
refused closed.yaml otelctl send-spans --scenario ./closed.yaml
refused closed.yaml otelctl test-connection --config closed.yaml

# A folder that may be read and not written is no hindrance to what only reads.
# shellcheck disable=SC2086
ends 0 $as_nobody sh -c 'cd read-only && otelctl config validate app.yaml --fail-on never'
# shellcheck disable=SC2086
ends 0 $as_nobody sh -c 'cd read-only && otelctl show-traces --backend ../traces.jsonl'
