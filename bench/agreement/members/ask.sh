#!/usr/bin/env bash
# Runs inside a machine: starts its dockerd with every file of /root/members, and writes /root/members.seen: NAME, a tab, and what
# observe.mjs prints, or `refused` and the error. /root/members.looks has NAME and what to look at.
set -u
mkdir -p /etc/docker /run/systemd/system/docker.service.d
printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nRestart=no\nTimeoutStartSec=30\n' >/run/systemd/system/docker.service.d/members.conf
systemctl daemon-reload
# A runtime that tells how it was called.
cat >/usr/local/bin/rt <<'RT'
#!/bin/sh
echo "$*" | sed 's/[0-9a-f]\{64\}/ID/g; s/--log [^ ]*//; s/--[a-z-]*\(file\|socket\|root\) [^ ]*//g' >>/tmp/rt.log
exec /usr/sbin/runc "$@"
RT
chmod 755 /usr/local/bin/rt
[[ -x /usr/sbin/runc ]] || ln -s "$(command -v runc)" /usr/sbin/runc
while IFS=$'\t' read -r name looks; do
  systemctl stop docker.service 2>/dev/null
  ip link delete docker0 2>/dev/null
  rm -rf /var/lib/docker/network
  for bridge in /sys/class/net/br-* /sys/class/net/brtest0; do [[ -e $bridge ]] && ip link delete "${bridge##*/}"; done
  iptables -F; iptables -t nat -F; iptables -t raw -F; iptables -X; iptables -t nat -X; ip6tables -F; ip6tables -X; ip6tables -t nat -F; ip6tables -t nat -X
  cp "/root/members/$name" /etc/docker/daemon.json
  systemctl reset-failed docker.service docker.socket 2>/dev/null
  if timeout 40 systemctl start docker.socket docker.service >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    printf '%s\t%s\n' "$name" "$(timeout 90 node /root/observe.mjs $looks)"
  else
    journalctl --sync
    printf '%s\trefused %s\n' "$name" "$(journalctl -q -o cat -u docker -n 30 | grep -vE '^(time=|Start|docker.service|Failed|Stopp)' | tail -n 1)"
  fi
done </root/members.looks >/root/members.seen 2>/root/members.log
