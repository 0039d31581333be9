# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Whoever reads the pipe that is recorded to stops reading. Senders wait, as nothing may be missing
# there, and account for what they gave up; a server that is asked to end does so, and says that the
# recording is not whole.
mkfifo pipe
# Both ends are open, so that neither waits for the other.
sleep 300 <>pipe &
note_started $!
start_serve otelctl serve --record pipe
# More than may wait to be written.
ends 1 otelctl send-spans --endpoint "$http" --protocol http/protobuf --scenario large-attributes:1MiB \
  --traces 90 --in-flight 16 --timeout 2s --quiet --format json -o ledger.json
balances ledger.json
is_json ledger.json '.accepted > 0 and .failed > 0'
stop_serve 1
cp "$records/serve.err" "$err"
says '^otelctl: recording stopped: pipe: nobody reads what is written'
says '^hint: '
