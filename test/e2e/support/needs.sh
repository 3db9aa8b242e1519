# shellcheck shell=bash
# Sourced: what the machines need of this one. In CI missing packages are installed, elsewhere the command is named.

fail() {
  echo "e2e: $*" >&2
  exit 1
}

# need PACKAGE…: root, and these Debian packages.
need() {
  [[ $(id -u) -eq 0 ]] || fail "the machines need root. Try: sudo npm run test:e2e"
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  [[ -n ${CI:-} ]] || fail "Debian packages are missing. Try: sudo apt-get install ${missing[*]}"
  { flock /run/lock/dockerctl-e2e-apt apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends "${missing[@]}"; } >&2 </dev/null ||
    fail "apt-get install ${missing[*]} failed"
}
