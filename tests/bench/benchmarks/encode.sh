# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# Generating traces, data points and log records of every scenario on one core, without sending:
# traces against protobuf's own serialisation of the same spans with new ids and times.

"$tools/encode" "$(less 1 0.1)" >"$folder/rates" || give_up "encode failed"
while IFS="$tab" read -r scenario noun bytes rate by_protobuf; do
  set -- "what=generate $noun of $scenario" "value=$rate" "unit=M $noun/s" "note=$bytes bytes each"
  [ -z "$by_protobuf" ] || set -- "$@" "peer=protobuf" "peer_value=$by_protobuf"
  [ "$scenario, $noun" != "simple, spans" ] || set -- "$@" "target=value >= 50"
  record "$@"
done <"$folder/rates"
