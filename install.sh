#!/bin/sh
# Installs dockerctl: sudo ./install.sh [--prefix DIR] [--offline] [--uninstall]
#
# Puts the program into DIR/lib/dockerctl, a link into DIR/bin and completion files into DIR/share; DIR is /usr/local.
# Run it again to update. It builds in a temporary folder, so a git clone stays as it is, and touches no shell profile.
# Where there is no Node.js >= 20.19 it gets one: Debian's own where that is new enough, else a private one in DIR/lib/dockerctl.
# --offline fetches nothing: for a release (dockerctl-VERSION.tar.gz), with the Node.js that is here.
set -eu
umask 022

source_folder=$(cd "$(dirname "$0")" && pwd)
prefix=/usr/local
system_bin=/usr/bin/dockerctl
units=/etc/systemd/system
catalog=/usr/local/lib/systemd/catalog/dockerctl.catalog
uninstall=
offline=
# Of the package node-linux-ARCH; a private one is fetched by version and digest, or not at all.
node_version=22.23.5

say() { echo "install.sh: $*"; }

fail() { # fail STATUS MESSAGE NEXT
  echo "install.sh: $2" >&2
  echo "Try: $3" >&2
  exit "$1"
}

main() {
  read_arguments "$@"
  lib=$prefix/lib/dockerctl
  bin=$prefix/bin/dockerctl
  path_link=$(path_link)
  can_write "$prefix" || fail 7 "$prefix can be written only by root." "sudo $0${*:+ $*}"
  mkdir -p "$prefix/lib"
  alone
  heal
  if [ -n "$uninstall" ]; then
    remove
    return
  fi
  # Not in /tmp, which may be mounted noexec.
  work=$(mktemp -d "$prefix/lib/.dockerctl.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  find_node || get_node
  built || build
  put_in_place
  guard_boot
  say "$("$bin" --version) is installed: $bin (Node.js $("$node" -p process.versions.node), $node)"
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix)
        [ $# -ge 2 ] || fail 2 '--prefix needs a folder.' "$0 --prefix /usr/local"
        prefix=$2
        shift
        ;;
      --prefix=*) prefix=${1#--prefix=} ;;
      --offline) offline=yes ;;
      --uninstall) uninstall=yes ;;
      -h | --help)
        sed -n '2,7s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
      *) fail 2 "$1 is not an option." "$0 --help" ;;
    esac
    shift
  done
  case $prefix in
    /*) ;;
    ?*) prefix=$PWD/$prefix ;;
    *) fail 2 '--prefix needs a folder.' "$0 --prefix /usr/local" ;;
  esac
}

# One at a time. The kernel releases the lock however we end.
alone() {
  command -v flock >/dev/null || fail 3 'flock is needed, so that two of these do not run at once.' 'install util-linux, then run this again'
  exec 9>"$prefix/lib/.dockerctl.lock"
  flock -n 9 || {
    say 'another one of these is running; waiting for it'
    flock 9
  }
}

# What one that was killed left: the program is where it was, or where it was going.
heal() {
  if [ ! -e "$lib/dist" ]; then
    for left in "$lib.next" "$lib.new" "$lib.old"; do
      # The last one was in force, and is whole.
      if [ -e "$left/complete" ] || { [ "$left" = "$lib.old" ] && [ -x "$left/dist/dockerctl.cjs" ]; }; then
        rm -rf "$lib"
        mv "$left" "$lib"
        point "$lib"
        break
      fi
    done
  fi
  rm -rf "$lib.new" "$prefix"/lib/.dockerctl.??????
  [ "$(readlink "$bin" || true)" = ../lib/dockerctl.next/dist/dockerctl.cjs ] && [ -e "$lib/dist" ] && point "$lib"
  rm -rf "$lib.next" "$lib.old"
}

# The link is exchanged by one rename: at no moment is there none, or one to half a program.
point() {
  mkdir -p "$prefix/bin"
  ln -sfn "../lib/$(basename "$1")/dist/dockerctl.cjs" "$bin.new"
  mv -fT "$bin.new" "$bin"
}

# Under the sudo of Debian testing PATH has no /usr/local: a link in /usr/bin then lets `sudo dockerctl` find it.
path_link() {
  case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) if [ "$prefix" = /usr/local ] && [ -w /usr/bin ] && [ ! -e "$system_bin" ]; then echo "$system_bin"; fi ;;
  esac
}

# The folder itself, or the nearest one above it that exists.
can_write() {
  folder=$1
  while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
  [ -w "$folder" ]
}

# What the lock file's packages ask for: ^20.19, ^22.12 or newer.
find_node() {
  for node in /usr/bin/node /usr/local/bin/node "$(command -v node || true)" "$lib/node/bin/node"; do
    # shellcheck disable=SC2016
    if [ -x "$node" ] && "$node" -e '
      const [major, minor] = process.versions.node.split(".").map(Number);
      process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
    ' 2>/dev/null; then
      return 0
    fi
  done
  node=
  return 1
}

get_node() {
  [ -z "$offline" ] || fail 3 'there is no Node.js >= 20.19 here, and --offline fetches none.' 'install Node.js 22 and run this again, or install the Debian package for this architecture, which brings its own'
  # What is built already needs no npm, which brings some 340 packages with it.
  if ! built || ! get_debian_node; then get_npm; fi
  if find_node; then return 0; fi
  case $(uname -m) in
    x86_64)
      machine=x64
      digest=2f822d544601dfff107f57d945b649d15c5bf6302595735a6bd9cdc7ee9669bd
      ;;
    aarch64)
      machine=arm64
      digest=bb71f797d1b3d156d012c59b152c413cf7d4940156cafcde28f1731201ceaf1c
      ;;
    *) fail 3 "there is no Node.js >= 20.19 here, and none to fetch for $(uname -m)." 'install Node.js 22 and npm, then run this again' ;;
  esac
  say "fetching Node.js $node_version into $lib/node; the system's own stays as it is"
  quietly npm install --prefix "$work/node" --no-save --ignore-scripts "node-linux-$machine@$node_version"
  fetched=$work/node/node_modules/node-linux-$machine/bin/node
  # It runs as root: these bytes and no others.
  echo "$digest  $fetched" | sha256sum -c --status ||
    fail 8 "Node.js $node_version came with other bytes than those that are known; nothing of it was run." "install Node.js 22 and npm yourself, then run $0 again"
  mkdir -p "$lib/node/bin"
  cp "$fetched" "$lib/node/bin/node.new"
  mv -f "$lib/node/bin/node.new" "$lib/node/bin/node"
  find_node || fail 3 'the Node.js that was fetched does not run on this machine.' 'install Node.js 22 and npm, then run this again'
}

# Debian's own, where that is new enough.
get_debian_node() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  logged apt-get update || say 'apt-get update failed; going on with the package lists there are'
  candidate=$(apt-cache policy nodejs | sed -n 's/^ *Candidate: //p')
  dpkg --compare-versions "${candidate:-0}" ge 20.19 || return 1
  say "apt-get installs the package nodejs and what it depends on, which stay (to take them away: apt-get autoremove --purge nodejs)"
  quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs
}

get_npm() {
  if command -v npm >/dev/null; then return 0; fi
  command -v apt-get >/dev/null ||
    fail 3 'npm is needed to build dockerctl, and this is not a Debian where it could be installed.' 'install Node.js >= 20.19 with npm, then run this again'
  [ "$(id -u)" -eq 0 ] || fail 7 'npm is needed to build dockerctl.' 'sudo apt-get install --no-install-recommends npm'
  say 'npm is needed to build dockerctl: apt-get installs the package npm and what it depends on, which stay (to take them away: apt-get autoremove --purge npm)'
  # One broken third-party source fails it, and the lists there are may do.
  logged apt-get update || say 'apt-get update failed; going on with the package lists there are'
  quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends npm
}

# A release carries dist/; a clone builds it, and again once its sources are newer.
built() {
  dist=$source_folder/dist
  [ -x "$dist/dockerctl.cjs" ] && { [ ! -e "$source_folder/src" ] ||
    [ -z "$(cd "$source_folder" && find src build package-lock.json rolldown.config.js -newer "$dist/dockerctl.cjs")" ]; }
}

build() {
  [ -z "$offline" ] || fail 3 "$source_folder holds no built program, and --offline fetches nothing to build it with." "npm ci && npm run package, then $0 --offline in what packages/dockerctl-VERSION.tar.gz unpacks to"
  get_npm
  say 'building dockerctl'
  mkdir "$work/build"
  (cd "$source_folder" && cp -R package.json package-lock.json .npmrc rolldown.config.js build src "$work/build/")
  # Debian's npm is started with Debian's node, which may be too old for what it builds.
  npm=$(readlink -f "$(command -v npm)")
  cd "$work/build"
  PATH=$(dirname "$node"):$PATH
  # Of what this project is developed with, only the bundler: a tenth of the packages.
  "$node" -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const project = JSON.parse(readFileSync("package.json", "utf8"));
    project.dependencies.rolldown = project.devDependencies.rolldown;
    delete project.devDependencies.rolldown;
    writeFileSync("package.json", JSON.stringify(project));
  '
  quietly "$node" "$npm" ci --ignore-scripts --omit=dev
  quietly "$node" "$npm" run build
  cd /
  dist=$work/build/dist
}

# Staged beside the old one, tried, and exchanged so that $bin leads to a whole program at every moment: to the old one, to a
# second name of the new one while the folders are renamed, to the new one.
put_in_place() {
  new=$lib.new
  rm -rf "$new" "$lib.next" "$lib.old"
  mkdir -p "$new"
  cp -R "$dist" "$new/dist"
  for part in templates certs docs LICENSE; do
    [ ! -e "$source_folder/$part" ] || cp -R "$source_folder/$part" "$new/"
  done
  # Which `node` stands in PATH differs between sudo, cron and systemd: name the one that was tried.
  sed "1s|.*|#!$node|" "$dist/dockerctl.cjs" >"$new/dist/dockerctl.cjs"
  [ ! -e "$lib/node" ] || cp -al "$lib/node" "$new/node"
  : >"$new/complete"
  chmod -R u=rwX,go=rX "$new"
  "$new/dist/dockerctl.cjs" --version >/dev/null ||
    fail 8 'the new program does not start; what was installed stays as it is.' "$new/dist/dockerctl.cjs --version"
  cp -al "$new" "$lib.next"
  [ ! -e "$lib/dist" ] || point "$lib.next"
  [ ! -e "$lib" ] || mv "$lib" "$lib.old"
  mv "$new" "$lib"
  point "$lib"
  rm -rf "$lib.next" "$lib.old"
  [ -z "$path_link" ] || ln -sf "$bin" "$path_link"
  put_completion bash share/bash-completion/completions/dockerctl
  put_completion zsh share/zsh/site-functions/_dockerctl
  put_completion fish share/fish/vendor_completions.d/dockerctl.fish
}

# A change that a power failure cut off is taken back before docker starts. Only where this very machine runs with it.
guard_boot() {
  if [ "$(id -u)" -eq 0 ] && [ -d /run/systemd/system ] && [ "$prefix" = /usr/local ]; then
    "$bin" recover --install >/dev/null || say 'systemd did not take the unit that ends a cut-off change at boot; dockerctl itself is installed'
  fi
}

put_completion() {
  "$bin" completion "$1" >"$work/completion" 2>/dev/null || return 0
  mkdir -p "$(dirname "$prefix/$2")"
  cp "$work/completion" "$prefix/$2"
}

remove() {
  if remove_unit dockerctl.service && rm "$catalog"; then
    journalctl --update-catalog || true
    rmdir "${catalog%/*}" "${catalog%/*/*}" 2>/dev/null || true
  fi
  remove_unit dockerctl-recover.service || true
  rm -rf "$lib" "$lib.new" "$lib.next" "$lib.old" "$prefix/lib/.dockerctl.lock"
  [ "$(readlink "$system_bin")" != "$bin" ] || rm -f "$system_bin"
  rm -f "$bin" "$prefix/share/bash-completion/completions/dockerctl" \
    "$prefix/share/zsh/site-functions/_dockerctl" "$prefix/share/fish/vendor_completions.d/dockerctl.fish"
  for package in npm nodejs; do
    # npm takes nodejs with it.
    if [ "$(id -u)" -eq 0 ] && dpkg-query --show "$package" >/dev/null 2>&1; then
      say "the package $package stays, whoever installed it; to take it away: apt-get autoremove --purge $package"
      break
    fi
  done
  say "dockerctl is removed; /etc/docker, /etc/dockerctl and the history in /var/lib/dockerctl stay"
}

# Only where it starts what goes. The agent ends first, with the change that it may be at.
remove_unit() {
  grep -qsF "$lib/" "$units/$1" || return 1
  systemctl disable --quiet --now "$1" || true
  rm "$units/$1"
  systemctl daemon-reload || true
}

# Runs a long command and shows what it said only when it fails.
quietly() {
  if ! logged "$@"; then
    tail -n 30 "$work/log" >&2
    fail 8 "this failed: $*" "fix what it says above, then run $0 again"
  fi
}

# npm's cache goes with our temporary folder. What apt-get starts shall not keep our lock.
logged() {
  env -u NODE_EXTRA_CA_CERTS npm_config_cache="$work/npm" npm_config_update_notifier=false "$@" >"$work/log" 2>&1 </dev/null 9>&-
}

main "$@"
