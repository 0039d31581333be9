# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# No further thread is to be had, as where a container's pids.max is reached. Here it is memory that
# is short of a thread's stack, which is the same to the program.
! grep -qa __asan_init "$(command -v otelctl)" || skip 'AddressSanitizer needs the address space'
sh -c 'ulimit -s 4000000 && ulimit -v 3000000' 2>/dev/null || skip 'limits cannot be set'
start_serve

# A program under exec ends as it does, with its span or without.
# shellcheck disable=SC2016
ends 7 sh -c 'ulimit -s 4000000; ulimit -v 3000000
  exec otelctl exec --endpoint "$1" --protocol grpc -- sh -c "exit 7"' sh "$grpc"
says '^otelctl: note: the span .sh. was not delivered: no thread can be started'
says '^hint: '

# A server serves many connections with the threads that it has: one for each listener, and a few.
command -v prlimit >/dev/null || { [ "$broken" = 0 ] && skip 'a server: there is no prlimit'; }
start_serve otelctl serve --max-memory 1MiB
send() {
  ends 0 otelctl send-spans --endpoint "$http" --protocol http/protobuf --traces 1000 --batch 14 --timeout 20s \
    --in-flight "$1" --quiet --format json -o ledger.json
  balances ledger.json
}
send 1
ends 0 otelctl show-services --backend "$query"
used=$(sed -n 's/^VmSize:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$server/status")
prlimit --pid "$server" --as=$(((used + 32768) * 1024))
send 64
ends 0 otelctl show-traces --backend "$query" --require 1
stop_serve 0
