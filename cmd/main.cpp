// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/build_origin.hpp"
#include "cmd/process.hpp"

int main(int argc, char** argv, char** environment) {
  return otelctl::run_process(argc, argv, environment, otelctl::build_origin());
}
