# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the scripts share. To be sourced after `root` was set to the source folder.
: "${root:?}"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  sed 's/#.*//' "$@" | while read -r package; do
    [ -z "$package" ] && continue
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || printf '%s ' "$package"
  done
}

# install_packages FILE...: installs what of these lists is missing. Without root it names the one
# command that does, and stops.
install_packages() {
  command -v dpkg-query >/dev/null || {
    say "otelctl: this is not Debian; install what $* lists by other means"
    return 0
  }
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" != 0 ]; then
    say "otelctl: packages are missing; install them and run this again:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    exit 2
  fi
  say "installing $missing"
  apt-get -qq update
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
}

# build PRESET [CMAKE ARGUMENT...]: configures and builds it under build/PRESET.
build() {
  preset=$1
  shift
  (
    cd "$root" || exit 2
    # A fresh clone finds what was compiled in another folder.
    export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
    cmake --preset "$preset" "$@" >"build-$preset.log" 2>&1 || {
      cat "build-$preset.log" >&2
      rm -f "build-$preset.log"
      exit 2
    }
    rm -f "build-$preset.log"
    cmake --build --preset "$preset"
  ) >&2
}

# pack FOLDER SOURCES: makes the Debian package of the release build of SOURCES in FOLDER.
pack() (
  # The headers of the package's parts have the umask in them.
  umask 022
  rm -rf "$1"
  cpack -G DEB --config "$2/build/release/CPackConfig.cmake" -B "$1" >"$2/build/package.log" 2>&1 || {
    cat "$2/build/package.log" >&2
    exit 2
  }
  rm -rf "$1/_CPack_Packages"
)
