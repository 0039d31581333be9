# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# test-connection that succeeds on loopback against a bare process start and `curl --version`.

runs=$(less 60 10)
start_serve
pair "$runs" "test-connection, http/protobuf" \
  "$otelctl test-connection --endpoint http://$http --protocol http/protobuf" \
  "otelctl version" "$otelctl version"
by_grpc="$otelctl test-connection --endpoint http://$grpc --protocol grpc"
pair "$runs" "test-connection, grpc" "$by_grpc" "otelctl version" "$otelctl version"
find_program curl && curl="curl --version" || curl=''
pair "$runs" "test-connection, grpc" "$by_grpc" "curl --version" "$curl"
stop_server
