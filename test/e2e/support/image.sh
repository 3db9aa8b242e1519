#!/usr/bin/env bash
# image.sh SUITE: prints the folder of a read-only Debian tree with dockerd, built once per suite and recipe.
#
#   bookworm  docker 20.10        trixie  docker 26.1        forky  docker 28.5 (Debian testing: it moves)
#
# The trees live outside the checkout, in $DOCKERCTL_E2E_CACHE (default /var/cache/dockerctl-e2e). Change this file
# and they are built anew; trees that nobody used for two weeks are removed. Two builds of one tree wait for each other.
set -euo pipefail
# shellcheck source=SCRIPTDIR/needs.sh
. "$(dirname "$0")/needs.sh"

readonly suite=${1:?usage: image.sh bookworm|trixie|forky}
readonly cache=${DOCKERCTL_E2E_CACHE:-/var/cache/dockerctl-e2e}
readonly packages=systemd,systemd-sysv,dbus,ca-certificates,docker.io,docker-registry,iptables,openssl,procps,iproute2,curl,sudo,apache2-utils

main() {
  need debootstrap busybox-static
  local recipe tree
  recipe=$(sha256sum "$0" | cut -c 1-12)
  tree=$cache/image-$suite-$recipe
  mkdir -p "$cache"
  exec 9>"$cache/image-$suite.lock"
  flock 9
  [[ -e $tree/.ready ]] || build "$tree"
  touch "$tree/.ready"
  forget_unused
  echo "$tree"
}

build() {
  local tree=$1 log=$1.log
  echo "building the Debian $suite machine image in $tree (a few minutes, once)" >&2
  rm -rf "$tree"
  mkdir -p "$cache/debs"
  debootstrap --variant=minbase --cache-dir="$cache/debs" --include="$(packages_of_suite)" \
    "$suite" "$tree" '' "$(bootstrap_script)" >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "debootstrap $suite failed; the whole story is in $log"; }
  add_other_readers "$tree" >>"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "installing podman or Java failed; the whole story is in $log"; }
  add_units "$tree"
  add_busybox_image "$tree"
  # The first boot of a fresh tree would rebuild the linker cache and the journal catalogue each time.
  touch "$tree/etc/.updated" "$tree/var/.updated" "$tree/.ready"
}

# The docker client is a package of its own since Debian 13.
packages_of_suite() {
  case $suite in
    bookworm) echo "$packages" ;;
    *) echo "$packages,docker-cli" ;;
  esac
}

# An older debootstrap has no script of its own for a newer suite: all since etch are the same one.
bootstrap_script() {
  local scripts=/usr/share/debootstrap/scripts
  if [[ -e $scripts/$suite ]]; then echo "$scripts/$suite"; else echo "$scripts/sid"; fi
}

# Whoever else reads certificates of registries. By apt: debootstrap cannot order the packages of podman in Debian 12.
# Like debootstrap it takes a mirror that stands still. Java fills its store when it is installed, and wants /proc for it.
add_other_readers() {
  local status=0 apt=(chroot "$1" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Check-Valid-Until=false)
  local readers=(podman skopeo default-jre-headless libnss3-tools p11-kit)
  mount -t proc proc "$1/proc"
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${readers[@]}" && "${apt[@]}" clean; } || status=$?
  umount "$1/proc"
  return "$status"
}

# 10.99.0.1 is on lo: dockerd takes every registry that resolves into 127.0.0.0/8 for insecure, whatever its config says.
add_units() {
  local units=$1/etc/systemd/system unit
  for unit in docker-registry podman podman-restart console-getty systemd-modules-load ldconfig systemd-journal-catalog-update; do
    ln -sf /dev/null "$units/$unit.service"
  done
  mkdir -p "$units/sysinit.target.wants"
  cat >"$units/test-network.service" <<'UNIT'
[Unit]
DefaultDependencies=no
Before=network-pre.target docker.service sysinit.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'ip link set lo up; ip address add 10.99.0.1/32 dev lo'
UNIT
  ln -sf ../test-network.service "$units/sysinit.target.wants/test-network.service"
  echo machine >"$1/etc/hostname"
  printf '127.0.0.1 localhost machine\n10.99.0.1 registry.test mirror.test\n' >"$1/etc/hosts"
}

# bb:1, what containers run here: one static binary, no registry needed.
add_busybox_image() {
  local layer applet
  layer=$(mktemp -d)
  mkdir "$layer/bin"
  cp "$(command -v busybox)" "$layer/bin/busybox"
  for applet in sh sleep echo true cat; do ln -s busybox "$layer/bin/$applet"; done
  tar -C "$layer" -cf "$1/root/bb.tar" .
  rm -rf "$layer"
}

forget_unused() {
  local mark
  for mark in "$cache"/image-*/.ready; do
    [[ -z $(find "$mark" -mtime +14) ]] || rm -rf "${mark%/.ready}" "${mark%/.ready}.log"
  done
}

main
