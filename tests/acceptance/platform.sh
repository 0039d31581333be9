# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# One platform of tests/acceptance/run: platform.sh FOLDER, in the environment that run makes.
set -u
cd "$1" || exit 2
records=$(mktemp -d)
mkfifo "$records/lines"
otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 \
  --ready-file "$records/ready" >"$records/lines" 2>"$records/server" &
server=$!
leave() {
  kill "$server" 2>/dev/null
  wait "$server"
  rm -rf "$records"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The server prints a line a listener once all are open, or ends: reading them is waiting for it.
exec 3<"$records/lines"
for listener in grpc http query; do
  read -r _ <&3 || { echo "tests/acceptance: serve ended before $listener was open" >&2; cat "$records/server" >&2; exit 2; }
done
GRPC=http://$(jq -r .grpc "$records/ready")
HTTP=http://$(jq -r .http "$records/ready")
QUERY=http://$(jq -r .query "$records/ready")
export GRPC HTTP QUERY

exits() {
  wanted=$1
  shift
  status=0
  "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "exit status $status, not $wanted"; return 1; }
}

broken=0
promises=0
promise() {
  promises=$((promises + 1))
  if (eval "$2") >"$records/out" 2>"$records/err"; then verdict=yes; else verdict=NO; broken=$((broken + 1)); fi
  seen=$(cat "$records/err" "$records/out" | grep -v '^$' | tail -n 1 | cut -c1-100 | sed 's/|/\\|/g')
  printf '| %s | %s | %s |\n' "$1" "$seen" "$verdict"
  [ "$verdict" = yes ] || sed 's/^/    /' "$records/err" "$records/out" >>"$records/failures"
}

printf '\n## %s\n\n| promised | seen | holds |\n|---|---|---|\n' "$(basename "$PWD")"
. ./steps
printf '\n%s promises, %s broken\n' "$promises" "$broken"
[ ! -f "$records/failures" ] || { printf '\nOutput of what did not hold:\n'; cat "$records/failures"; }
# A platform without promises has shown nothing.
[ "$promises" -gt 0 ] && [ "$broken" = 0 ]
