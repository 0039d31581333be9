# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# Process start of short commands against `curl --version`, and of a command under exec without a
# collector against the command alone.

runs=$(less 60 10)
find_program curl && curl="curl --version" || curl=''
pair "$runs" "version" "$otelctl version" "curl --version" "$curl"
# The section names an exporter that no SDK has any more: status 1.
pair "$runs" "config validate of a telemetry section" \
  "$otelctl config validate --section telemetry $root/tests/data/config/agentmap.yaml" \
  "curl --version" "$curl" status=1 "target=ratio <= 1"
pair "$runs" "exec -- true, no collector" "$otelctl exec --endpoint http://127.0.0.1:1 -- true" \
  "true" "true"
