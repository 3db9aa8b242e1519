#!/usr/bin/env bash
# machine.sh: throwaway Debian machines with a real systemd and a real dockerd, on an overlay over a cached image.
#
#   machine.sh up NAME SUITE    boot one (about a second) and print the pid of its init
#   machine.sh exec NAME CMD…   run a command inside it as root
#   machine.sh reboot NAME      pull the plug and boot it again, as it is on disk; print the pid of its init
#   machine.sh down NAME        power it off and delete it
#   machine.sh prepare          is the program built? and take down what killed test runs left behind
#
# It has a network of its own with the address 10.99.0.1 and the names registry.test and mirror.test, the image bb:1,
# this computer's node and the built dockerctl of this checkout. Containers in it need --network none or host.
# E2E_FRESH=1 leaves node and dockerctl out and lets it out to the package registries through slirp4netns, trusting
# whom this computer trusts: what somebody has who has just cloned the repository. E2E_ONLINE=1 lets it out, too.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=SCRIPTDIR/needs.sh
. "$here/needs.sh"

readonly checkout=$here/../../..
readonly state=${DOCKERCTL_E2E_CACHE:-/var/cache/dockerctl-e2e}/machines
readonly boot_seconds=60

up() {
  local name=$1 suite=$2 folder=$state/$1 tree
  need systemd-container
  tree=$("$here/image.sh" "$suite")
  mkdir -p "$state"
  mkdir "$folder" || fail "there is a machine $name already"
  echo "${E2E_OWNER:-0}" >"$folder/owner"
  mkdir "$folder"/{upper,work,root,docker,containerd}
  mount -t overlay overlay -o "lowerdir=$tree,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
  [[ -n ${E2E_FRESH:-} ]] || add_dockerctl "$folder/root"
  boot "$name" "$folder"
  wait_for_dockerd "$name" "$folder"
  [[ -z ${E2E_FRESH:-}${E2E_ONLINE:-} ]] || connect "$folder"
  cat "$folder/leader"
}

add_dockerctl() {
  local home=$1/usr/local/lib/dockerctl part
  mkdir -p "$home"
  for part in dist templates certs docs; do
    [[ ! -e $checkout/$part ]] || cp -rL "$checkout/$part" "$home/"
  done
  ln -sf ../lib/dockerctl/dist/dockerctl.cjs "$1/usr/local/bin/dockerctl"
}

boot() {
  local name=$1 folder=$2 node=()
  [[ -n ${E2E_FRESH:-} ]] || node=(--bind-ro="$(readlink -f "$(command -v node)"):/usr/local/bin/node")
  # shellcheck disable=SC2016 # for the shell inside
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 setsid bash -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' \
    "$(own_cgroup "$name" "$folder")" systemd-nspawn --boot --quiet --directory="$folder/root" --machine="$name" \
    --register=no --keep-unit --private-network --system-call-filter='@keyring bpf' \
    --capability=all --drop-capability=CAP_SYS_TIME \
    "${node[@]}" --bind="$folder/docker:/var/lib/docker" --bind="$folder/containerd:/var/lib/containerd" \
    >"$folder/console" 2>&1 </dev/null &
  echo $! >"$folder/nspawn"
}

# In one cgroup, machines take each other's processes for their own: a unit does not end while its namesake runs elsewhere.
own_cgroup() {
  local tree path
  tree=$(findmnt -n -o TARGET -t cgroup2 | head -n 1)
  path=$tree$(sed -n 's/^0:://p' /proc/self/cgroup)
  path=${path%/}/dockerctl-e2e-$1
  mkdir -p "$path"
  echo "$path" | tee "$2/cgroup"
}

wait_for_dockerd() {
  local name=$1 folder=$2 leader tries
  for ((tries = boot_seconds * 10; tries > 0; tries--)); do
    leader=$(pgrep -P "$(cat "$folder/nspawn")" | head -n 1 || true)
    if [[ -n $leader ]] && nsenter -t "$leader" -a docker import /root/bb.tar bb:1 >/dev/null 2>&1; then
      echo "$leader" >"$folder/leader"
      return
    fi
    sleep 0.1
  done
  tail -n 20 "$folder/console" >&2
  down "$name"
  fail "$name did not come up in $boot_seconds s"
}

connect() {
  need slirp4netns
  local folder=$1 leader
  leader=$(cat "$folder/leader")
  cp -L /etc/ssl/certs/ca-certificates.crt "$folder/root/etc/ssl/certs/ca-certificates.crt"
  echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$folder/root/root/.npmrc"
  mkfifo "$folder/ready"
  setsid slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=3 "$leader" tap0 \
    3<>"$folder/ready" >"$folder/slirp.log" 2>&1 </dev/null &
  echo $! >"$folder/slirp"
  read -r -n 1 -t 20 _ <>"$folder/ready" || fail "slirp4netns failed: $(cat "$folder/slirp.log")"
  echo 'nameserver 10.0.2.3' | nsenter -t "$leader" -a tee /etc/resolv.conf >/dev/null
}

# Nothing in it is worth an orderly shutdown: killing its init ends every process of its pid namespace. The kernel takes
# a second to do so, and nobody has to wait for it.
down() {
  local folder=$state/$1 process
  [[ -e $folder ]] || return 0
  for process in slirp leader nspawn; do
    [[ ! -e $folder/$process ]] || kill -KILL "$(cat "$folder/$process")" 2>/dev/null || true
  done
  delete "$folder" </dev/null >/dev/null 2>&1 &
}

# /run and transient units are gone afterwards, as after a power failure; what was written is on disk.
reboot() {
  local folder=$state/$1 nspawn
  nspawn=$(cat "$folder/nspawn")
  kill -KILL "$(cat "$folder/leader")" 2>/dev/null || true
  while [[ -e /proc/$nspawn ]]; do sleep 0.05; done
  boot "$1" "$folder"
  wait_for_dockerd "$1" "$folder"
  cat "$folder/leader"
}

delete() {
  local folder=$1 tries
  for ((tries = 100; tries > 0; tries--)); do
    kill -0 "$(cat "$folder/nspawn")" || break
    sleep 0.1
  done
  umount -l "$folder/root" || true
  find "$(cat "$folder/cgroup")" -depth -type d -exec rmdir {} + || true
  rm -rf "$folder"
}

# A machine belongs to the process that E2E_OWNER named; 0 is a person's, who takes it down.
prepare() {
  local mark owner
  [[ -x $checkout/dist/dockerctl.cjs ]] || fail "dist/ is not built. Try: npm run build"
  for mark in "$state"/*/owner; do
    # Its own process may be taking it down just now.
    owner=$(cat "$mark" 2>/dev/null) || continue
    [[ $owner -eq 0 || -e /proc/$owner ]] || down "$(basename "$(dirname "$mark")")"
  done
}

case ${1:-} in
  up) up "$2" "$3" ;;
  # All share the clock of the host: nobody on a machine may set it.
  exec) exec setpriv --bounding-set=-sys_time nsenter -t "$(cat "$state/$2/leader")" -a "${@:3}" ;;
  reboot) reboot "$2" ;;
  down) down "$2" ;;
  prepare) prepare ;;
  *) sed -n '2,8p' "$0" >&2 && exit 2 ;;
esac
