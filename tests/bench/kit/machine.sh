# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Says where and with what was measured, as lines for report.awk. To be sourced with `root` set.
: "${root:?}"

fact() { printf 'fact\t%s\t%s\n' "$1" "$2"; }

# field FILE NAME: the first value of "NAME: VALUE" in a file of /proc.
field() { sed -n "s/^$2[[:space:]]*: *//p" "$1" 2>/dev/null | head -n 1; }

load_average() { cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown; }

# Of one second, how many of a hundred parts the processors spent on anything.
processor_use() {
  [ -r /proc/stat ] || { echo unknown; return 0; }
  { sed -n 1p /proc/stat && sleep 1 && sed -n 1p /proc/stat; } | awk '
    { idle = $5 + $6; all = 0; for (i = 2; i <= 9; ++i) all += $i }
    NR == 1 { idle_before = idle; all_before = all }
    END { printf "%.0f", 100 - 100 * (idle - idle_before) / (all - all_before) }'
}

# machine LOAD USE: the machine, and how busy it was before the run.
machine() {
  fact "processor" "$(field /proc/cpuinfo 'model name')"
  fact "cores" "$(getconf _NPROCESSORS_ONLN)"
  fact "memory" "$(field /proc/meminfo MemTotal | awk '{ printf "%.1f GiB", $1 / 2 ^ 20 }')"
  fact "kernel" "$(uname -srm)"
  fact "system" "$(sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' /etc/os-release 2>/dev/null)"
  fact "load average before the run" "$1 (1 minute), processors $2 % busy in the second before"
  awk -v load="$1" -v use="$2" 'BEGIN {
    if (load > 0.5 || use > 10)
      printf "warning\tThe machine was busy (load average %s, processors %s %% busy): trust no figure of this run.\n", load, use }'
}

# versions BUILD: otelctl with its commit, and what it is built with and from.
versions() {
  commit=$(git -C "$root" describe --always --dirty --abbrev=12 2>/dev/null) || commit=unknown
  printf 'version\totelctl\t%s, commit %s\n' \
    "$("$1/cmd/otelctl" version | sed -n '1s/^otelctl //p')" "$commit"
  compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$1/CMakeCache.txt")
  kind=$(sed -n 's/^CMAKE_BUILD_TYPE:[A-Z]*=//p' "$1/CMakeCache.txt")
  printf 'version\tcompiler\t%s; %s build\n' "$("$compiler" --version | head -n 1)" "$kind"
  for library in "gRPC grpc++" "protobuf protobuf" "libcurl libcurl" "OpenSSL openssl" "yaml-cpp yaml-cpp"; do
    printf 'version\t%s\t%s\n' "${library% *}" \
      "$(pkg-config --modversion "${library#* }" 2>/dev/null || echo unknown)"
  done
}
