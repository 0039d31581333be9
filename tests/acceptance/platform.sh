# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# One platform of tests/acceptance/run: platform.sh FOLDER, in the environment that run makes.
set -u
. "$(dirname "$0")/helpers.sh"
cd "$1" || exit 2
records=$(mktemp -d)

# open_server NAME OPTION...: starts `otelctl serve` as $server and sets $GRPC, $HTTP and $QUERY.
open_server() {
  mkfifo "$records/$1.lines"
  (
    name=$1
    shift
    exec otelctl serve --grpc 127.0.0.1:0 --http 127.0.0.1:0 --query 127.0.0.1:0 \
      --ready-file "$records/$name.ready" "$@" >"$records/$name.lines" 2>"$records/$name.err"
  ) &
  server=$!
  # It prints a line a listener once all are open, or ends: reading them is waiting for it.
  exec 3<"$records/$1.lines"
  for listener in grpc http query; do
    read -r _ <&3 || {
      echo "tests/acceptance: serve ended before $listener was open" >&2
      cat "$records/$1.err" >&2
      return 2
    }
  done
  GRPC=http://$(jq -r .grpc "$records/$1.ready")
  HTTP=http://$(jq -r .http "$records/$1.ready")
  QUERY=http://$(jq -r .query "$records/$1.ready")
  export GRPC HTTP QUERY
}

leave() {
  [ -z "${server-}" ] || { kill "$server" 2>/dev/null; wait "$server"; }
  rm -rf "$records"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

open_server main || exit 2

# A backend of its own for one row, with other options. It has ended, and its recording is whole, when
# this returns.
beside() (
  options=$1
  shift
  trap 'kill "$server"; wait "$server"' EXIT
  # Options are words without blanks in them.
  # shellcheck disable=SC2086
  open_server "beside.$(printf "%s\\n" "$records"/* | wc -l)" $options || exit
  eval "$*"
)

# In a pipe the shell would not see that this fails, so that promise looks into the file as well.
exits() {
  wanted=$1
  shift
  status=0
  "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "exit status $status, not $wanted: $*" | tee -a "$records/exits"; return 1; }
}

broken=0
promises=0
promise() {
  promises=$((promises + 1))
  : >"$records/exits"
  verdict=yes
  (eval "$2") >"$records/out" 2>"$records/err" || verdict=NO
  [ ! -s "$records/exits" ] || { verdict=NO; cat "$records/exits" >>"$records/out"; }
  seen=$(cat "$records/err" "$records/out" | grep -v '^$' | tail -n 1 | sed 's/^\(.\{100\}\).*/\1/; s/|/\\|/g')
  printf '| %s | %s | %s |\n' "$1" "$seen" "$verdict"
  [ "$verdict" = yes ] || {
    broken=$((broken + 1))
    printf '  %s\n' "$1" >>"$records/failures"
    sed 's/^/    /' "$records/err" "$records/out" >>"$records/failures"
  }
}

printf '\n## %s\n\n| promised | seen | holds |\n|---|---|---|\n' "$(basename "$PWD")"
. ./steps
printf '\n%s promises, %s broken\n' "$promises" "$broken"
[ ! -f "$records/failures" ] || { printf '\nOutput of what did not hold:\n'; cat "$records/failures"; }
# A platform without promises has shown nothing.
[ "$promises" -gt 0 ] && [ "$broken" = 0 ]
