#!/usr/bin/env bash
# Runs inside a machine: asks its dockerd about every file of a folder. FOLDER.start gets NAME, START, VALIDATE, CONTAINERS and the first
# error line, FOLDER.reload NAME, RELOAD and the error line, separated by tabs. START: ok or fail. RELOAD: ok, fail or exit. VALIDATE: ok,
# fail or - where dockerd has no --validate. CONTAINERS: ok or fail, - where dockerd does not start. With a second word there is no reload.
set -u
folder=$1
only_start=${2:-}
config=/etc/docker/daemon.json
unit=docker.service
flags=(-H fd:// --containerd=/run/containerd/containerd.sock)
mkdir -p /etc/docker "/run/systemd/system/$unit.d"
printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nRestart=no\nTimeoutStartSec=30\n' >"/run/systemd/system/$unit.d/agreement.conf"
systemctl daemon-reload

log() { journalctl -q -o cat -u "$unit" --after-cursor="$1"; }
cursor() { journalctl -q -n 1 --show-cursor -u "$unit" | sed -n 's/^-- cursor: //p'; }

folders=$'\n'$(ls -A /)$'\n'

# The bridge, what dockerd remembers of it, the account it makes and a data-root that is there decide about the next start: each case begins without.
fresh() {
  local folder
  systemctl stop docker.service 2>/dev/null
  ! id dockremap >/dev/null 2>&1 || userdel dockremap
  ip link delete docker0 2>/dev/null
  rm -rf /var/lib/docker/network "$config"
  for folder in $(ls -A /); do [[ $folders == *$'\n'$folder$'\n'* ]] || rm -rf "/${folder:?}"; done
  mkdir -p /data # as on the reference machine
  # With what two storage drivers left, dockerd starts with neither.
  rm -rf /var/lib/docker/{overlay,btrfs,zfs,aufs,devicemapper,fuse-overlayfs}
}

# 200 and more are systemd's own (systemd.exec(5)): dockerd was not run, and is asked again.
start() {
  for _ in 1 2 3; do
    systemctl reset-failed docker.service docker.socket 2>/dev/null
    if timeout 40 systemctl start docker.socket docker.service >/dev/null 2>&1; then return; fi
    (($(systemctl show -P ExecMainStatus "$unit") >= 200)) || break
  done
  return 1
}

reload() { # the daemon runs with an empty configuration
  local since
  since=$(cursor)
  cp "$1" "$config"
  systemctl kill -s HUP --kill-who=main "$unit"
  for _ in $(seq 1000); do # a missing authorization plugin ends it after 15 s
    local said
    said=$(log "$since" | grep -v 'msg="discovery error:') # of the cluster store, which is dialled later
    if has fatal "$said"; then printf 'exit\t%s' "${BASH_REMATCH[2]//$'\t'/ }"; return; fi
    if has error "$said"; then printf 'fail\t%s' "${BASH_REMATCH[2]//$'\t'/ }"; return; fi
    if [[ $said == *'Reloaded configuration'* ]]; then printf 'ok\t'; return; fi
    systemctl is-active -q "$unit" || { echo exit; return; }
    sleep 0.02
  done
  echo silent
}

# A line of that level; not one that quotes another program's.
has() { [[ $2 =~ (^|$'\n')(time=[^ ]*\ level=$1\ [^$'\n']*) ]]; }

# Each image store has images of its own.
container() {
  docker image inspect bb:1 >/dev/null 2>&1 || docker import /root/bb.tar bb:1 >/dev/null 2>&1
  timeout -s KILL 20 docker run --rm bb:1 true 2>&1
}

validates=
dockerd --help 2>&1 | grep -q -- --validate && validates=1

for file in "$folder"/*; do
  name=${file##*/}
  fresh
  cp "$file" "$config"
  since=$(cursor)
  error=
  runs=-
  if start; then
    started=ok
    if error=$(container); then runs=ok error=; else runs=fail error=$(head -n 1 <<<"$error" | tr '\t' ' '); fi
  else
    started=fail
    journalctl --sync
    error=$(log "$since" | grep -vE '^(time=|Starting|Started|docker.service|Failed|Stopp|chmod)' | head -n 1 | tr '\t' ' ')
  fi
  checked=-
  if [[ -n $validates ]]; then
    if dockerd --validate "${flags[@]}" --config-file "$file" >/dev/null 2>&1; then checked=ok; else checked=fail; fi
  fi
  printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$started" "$checked" "$runs" "$error"
done >"$folder.start"
[[ -z $only_start ]] || exit 0

fresh
start
clean=1
for file in "$folder"/*; do
  if [[ -z $clean ]] || ! systemctl is-active -q "$unit"; then fresh; start; fi
  printf '%s\t%s\n' "${file##*/}" "$(reload "$file")"
  clean=1
  # What stays when a later file has none: runtimes, and the cluster store of 20.10 (moby daemon/reload.go).
  if grep -qE 'runtime|luster-' "$file"; then clean=; fi
done >"$folder.reload"
fresh
start
