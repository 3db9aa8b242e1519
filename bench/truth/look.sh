# What is true on this machine, asked of everybody but dockerctl. Sections begin with a line of \x1e and their name.
cursor=${1:-}
section() { printf '\n\x1e%s\n' "$1"; }
soon() { timeout -k 1 "$@" 2>/dev/null; }
section unit
systemctl show docker.service -p ActiveState -p SubState -p MainPID -p InvocationID -p NeedDaemonReload
section socketunit
systemctl show docker.socket -p ActiveState -p SubState
section process
pid=$(systemctl show --value -p MainPID docker.service)
[ "$pid" = 0 ] || { readlink /proc/$pid/exe; tr '\0' '\n' </proc/$pid/cmdline; }
section environ
[ "$pid" = 0 ] || tr '\0' '\n' </proc/$pid/environ
section state
[ "$pid" = 0 ] || sed -n 's/^State:\t//p' /proc/$pid/status
section daemons
for p in $(pgrep -x dockerd); do tr '\0' ' ' </proc/$p/cmdline 2>/dev/null | grep -qE -- '--(version|validate)' || echo $p; done
section socketfile
stat -c %F /run/docker.sock 2>/dev/null
section file
cat /etc/docker/daemon.json 2>/dev/null
section hasfile
test -e /etc/docker/daemon.json && echo yes
section unitfiles
cat /etc/default/docker /etc/systemd/system/docker.service.d/*.conf 2>/dev/null | grep -v '^ *#'
section journal
journalctl -q -u docker.service -o json ${cursor:+--after-cursor="$cursor"} 2>/dev/null | head -c 4000000
section cursor
journalctl -q -n 0 --show-cursor | sed -n 's/^-- cursor: //p'
section sleepers
for p in $(pgrep -x sleep); do echo "$p $(tr '\0' ' ' </proc/$p/cmdline)"; done
section open
test -e /var/lib/dockerctl/journal.json && echo yes
section agent
systemctl is-active dockerctl.service
section docker0
ip -o -4 a show docker0 2>/dev/null | awk '{print $4}'
section listeners
ss -ltnH | awk '{print $4}'
section info
soon 4 curl -s -f --unix-socket /run/docker.sock http://d/info || exit 0
section containers
ids=$(soon 5 docker ps -aq --no-trunc)
[ -z "$ids" ] || soon 8 docker inspect $ids
section images
soon 5 docker images -q | sort -u
section volumes
soon 5 docker volume ls -q
section bridge
soon 5 docker network inspect bridge
[ "${2:-}" = quick ] && exit 0
# What a new container and a new network get.
section newcontainer
docker image inspect bb:1 >/dev/null 2>&1 || docker import /root/bb.tar bb:1 >/dev/null 2>&1
timeout 20 docker run -d --name truth-probe --network host bb:1 sleep 60 >/tmp/probe 2>&1; started=$?
soon 5 docker inspect truth-probe
section newstatus
echo "$started"; cat /tmp/probe
section newprocess
p=$(soon 5 docker inspect -f '{{.State.Pid}}' truth-probe)
if [ "${p:-0}" != 0 ]; then
  grep -E '^Max open files' /proc/$p/limits; grep -E '^(NoNewPrivs|Seccomp):' /proc/$p/status
  sed -n 's/^0:://p' /proc/$p/cgroup | sed 's/^/cgroup: /'; sed 's/^/resolv: /' /proc/$p/root/etc/resolv.conf
  tr '\0' ' ' </proc/$p/cmdline | sed 's/^/argv: /'
fi
soon 20 docker rm -f truth-probe >/dev/null
section gateway
timeout 20 docker run --rm --name truth-gateway --network none --add-host h:host-gateway bb:1 cat /etc/hosts 2>&1 | tail -n 3
soon 20 docker rm -f truth-gateway >/dev/null
section newnetwork
timeout 20 docker network create truth-probe >/dev/null 2>/tmp/probe && soon 5 docker network inspect truth-probe
soon 20 docker network rm truth-probe >/dev/null
true
