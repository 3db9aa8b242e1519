#!/usr/bin/env bash
# nginx-image.sh: a root file system with Debian's nginx and its libraries, as a tar for `docker import`, on stdout.
# Unpacked, not installed: nothing is started here. uid 10000 is whom Harbor's proxy runs as.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
# apt waits for no other apt that fetches its lists.
[[ -z ${CI:-} ]] || flock /run/lock/dockerctl-e2e-apt apt-get update -qq >&2
apt-get download -qq nginx >&2
dpkg-deb -x nginx_*.deb root
ldd root/usr/sbin/nginx | grep -o '/[^ ]*' | xargs cp --parents --dereference --target-directory=root
mkdir -p root/etc root/tmp root/var/log/nginx root/var/lib/nginx
printf 'root:x:0:0::/:/\nnginx:x:10000:10000::/:/\n' >root/etc/passwd
printf 'root:x:0:\nnginx:x:10000:\n' >root/etc/group
chmod 1777 root/tmp root/var/log/nginx root/var/lib/nginx
tar -C root -c .
