# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the steps of CI share.

on_github() { [ "${GITHUB_ACTIONS-}" = true ]; }

# absolute PATH: the steps may run in different folders.
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}

# output NAME VALUE: an output of this step, on GitHub.
output() { [ -z "${GITHUB_OUTPUT-}" ] || printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# one_line NAME VALUE: a line end in an output would be another output.
one_line() {
  case $2 in
    *"
"*) stop "$1 has more than one line" "give one value" ;;
  esac
}

# annotate TITLE: what standard input says as an error that GitHub shows with the run.
annotate() {
  ! on_github || sed 's/%/%25/g' |
    awk -v title="$1" 'NR == 1 { printf "::error title=%s::%s", title, $0; next }
                       { printf "%%0A%s", $0 }
                       END { if (NR) print "" }'
}

# stop WHAT HINT: a mistake in how the steps are set up.
stop() {
  printf 'otelctl: %s\nhint: %s\n' "$1" "$2" >&2
  printf '%s\nhint: %s\n' "$1" "$2" | annotate otelctl >&2
  exit 2
}
