# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Standard output is a pipe that is full and does not block, as terminals and ssh leave it: otelctl
# waits and loses nothing.
command -v python3 >/dev/null || skip 'python3, which makes a pipe that does not block, is missing'
make_traces traces.jsonl
otelctl config rules --format json >expected
cat >unhurried.py <<'END'
import fcntl, os, select, subprocess, sys
reading, writing = os.pipe()
fcntl.fcntl(writing, fcntl.F_SETFL, fcntl.fcntl(writing, fcntl.F_GETFL) | os.O_NONBLOCK)
fcntl.fcntl(writing, 1031, 4096)  # F_SETPIPE_SZ
process = subprocess.Popen(sys.argv[1:], stdout=writing)
full = select.poll()
full.register(writing, select.POLLOUT)
while full.poll(0) and process.poll() is None:
    pass
os.close(writing)
while piece := os.read(reading, 512):
    sys.stdout.buffer.write(piece)
sys.exit(process.wait())
END
ends 0 python3 unhurried.py otelctl config rules --format json
holds cmp expected "$out"
is_silent
