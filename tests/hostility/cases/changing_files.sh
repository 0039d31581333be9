# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Files that grow, shrink or vanish while they are read.
make_traces traces.jsonl
# What is read through the FIFO first decides when the other one is looked at.
mkfifo fifo
printf 'telemetry:\n  enabled: true\n  service_name: shop\n' >victim.yaml
otelctl config validate fifo victim.yaml >validated 2>validated.err &
reader=$!
note_started "$reader"
exec 3>fifo
rm victim.yaml
printf 'telemetry:\n  enabled: true\n  service_name: shop\n' >&3
exec 3>&-
process_ends 2 "$reader"
cp validated.err "$err"
cat validated >>"$err"
says 'victim.yaml.*No such file'

# A file that somebody else writes to: whole lines are seen, a torn one is noted. Up to 20 MB, so that
# it does not grow faster than a slow machine can read.
cp traces.jsonl growing.jsonl
(while [ "$(wc -c <growing.jsonl)" -gt 20000000 ] || cat traces.jsonl >>growing.jsonl; do :; done) &
writer=$!
note_started "$writer"
for turn in 1 2 3 4 5; do
  ends 0 otelctl show-traces --backend growing.jsonl --require 3
done
kill -STOP "$writer"
: >growing.jsonl
kill -CONT "$writer"
ends 0 sh -c 'otelctl show-traces --backend growing.jsonl --require 1 || [ $? = 6 ] || [ $? = 2 ]'
kill -KILL "$writer"

# The folder itself is gone.
mkdir gone
ends 2 sh -c 'cd gone && rmdir ../gone && exec otelctl show-traces --backend traces.jsonl'
says '^otelctl: traces.jsonl: No such file'
mkdir gone
ends 2 sh -c 'cd gone && rmdir ../gone && exec otelctl scenarios -o list'
says '^otelctl: list: No such file'
mkdir gone
ends 0 sh -c 'cd gone && rmdir ../gone && exec otelctl version'
mkdir gone
ends 2 sh -c 'cd gone && rmdir ../gone && exec otelctl config validate --section telemetry'
