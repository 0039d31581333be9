# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# How long test-connection takes with every bad peer of the tests, beyond its --timeout of 1s, and
# whether it tells each by the right exit status.

"$tools/bad_peers" "$otelctl" >"$folder/rows" || give_up "bad_peers failed"
# Those to look at, and those that this machine cannot play.
grep -E 'LATE|\(wrong\)|skipped' "$folder/rows" >&2 || true
summary=$(grep ' rows, ' "$folder/rows")
late=$(sed -n 's/.* rows, \([0-9]*\) of them later.*/\1/p' "$folder/rows")
wrong=$(sed -n 's/.* 200 ms, \([0-9]*\) with another status.*/\1/p' "$folder/rows")
worst=$(sed -n 's/^worst: \(-\{0,1\}[0-9]*\) ms past the timeout, .*/\1/p' "$folder/rows")
name=$(sed -n 's/^worst: .* past the timeout, //p' "$folder/rows")
record "what=past the timeout, at worst" "value=$worst" "unit=ms" "target=value <= 200" "note=$name"
record "what=bad peers that took longer" "value=$late" "note=of ${summary%% *}"
record "what=bad peers that had another status" "value=$wrong" "target=value <= 0" "note=of ${summary%% *}"
