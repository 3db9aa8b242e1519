/** One way in which a machine is without a dockerd that answers. */
export interface BrokenStart {
  readonly name: string;
  /** A bash script; `drop_in LINE…` gives the unit a drop-in, `fail` lets dockerd fail until systemd gives up. */
  readonly seed: string;
  readonly except?: readonly string[];
  /** In CI too. */
  readonly fast?: boolean;
}

export const SEED_TOOLS = `
  drop_in() {
    mkdir -p /etc/systemd/system/docker.service.d
    printf '%s\n' '[Service]' "$@" >/etc/systemd/system/docker.service.d/own.conf
    systemctl daemon-reload
  }
  fail() {
    systemctl stop docker.socket docker.service || true
    systemctl reset-failed docker.socket docker.service || true
    systemctl start docker.socket || true
    for try in 1 2 3 4 5; do timeout 60 systemctl restart docker || true; done
    timeout 240 bash -c 'until [[ $(systemctl show --value -p ActiveState docker) =~ failed|inactive ]]; do sleep 0.1; done'
  }
  file() { printf '%s\n' "$1" >/etc/docker/daemon.json; }
`;

export const BROKEN_STARTS: readonly BrokenStart[] = [
  { name: 'a trailing comma', seed: `file '{"debug": true,}'; fail` },
  {
    name: 'a trailing comma and a registry with its scheme',
    seed: `file '{"registry-mirrors":["https://m.test"],"insecure-registries":["http://a:1",]}'; fail`,
    fast: true,
  },
  {
    name: 'comments, an unknown key, a comma, and a driver by the environment',
    seed: `file '{ "debug": true, /* c */ "log-lvl": "info", }'; drop_in Environment=DOCKER_DRIVER=zfs; fail`,
  },
  { name: 'DOCKER_DRIVER', seed: 'drop_in Environment=DOCKER_DRIVER=zfs; fail' },
  {
    name: 'DOCKER_MIN_API_VERSION',
    seed: 'drop_in Environment=DOCKER_MIN_API_VERSION=1.99; fail',
    except: ['20.10'],
  },
  { name: 'a key in file and flags', seed: `file '{"hosts":["unix:///run/docker.sock"]}'; fail` },
  { name: 'two unknown keys', seed: `file '{"storage-drivr":"overlay2","log-lvl":"info"}'; fail` },
  {
    name: 'three wrong types',
    seed: `file '{"debug":"true","log-opts":{"max-file":3},"max-concurrent-downloads":"5"}'; fail`,
  },
  { name: 'a folder in its place', seed: `mkdir /etc/docker/daemon.json; fail` },
  { name: 'an empty file', seed: `: >/etc/docker/daemon.json; fail` },
  { name: 'no JSON at all', seed: `file 'debug: true'; fail` },
  {
    name: 'no JSON beside the one that was set aside before',
    seed: `file '{"debug": fal'; mv /etc/docker/daemon.json{,.broken}; file '{"debug": tr'; fail`,
  },
  { name: 'a log driver that there is not', seed: `file '{"log-driver":"nope"}'; fail` },
  {
    name: 'certificates that are not there',
    seed: `file '{"tlsverify":true,"tlscacert":"/n/a.pem","tlscert":"/n/c.pem","tlskey":"/n/k.pem"}'; fail`,
  },
  { name: 'a storage driver of another kernel', seed: `file '{"storage-driver":"zfs"}'; fail` },
  {
    name: 'a data-root that is a file',
    seed: `: >/srv/plain; file '{"data-root":"/srv/plain"}'; fail`,
  },
  {
    name: 'the start limit, with a good file',
    seed: `file '{'; fail; rm /etc/docker/daemon.json`,
  },
  { name: 'a removed socket file', seed: 'rm /run/docker.sock', fast: true },
  {
    name: 'a socket unit that lost its file to a unit with its own -H',
    seed: `drop_in ExecStart= 'ExecStart=/usr/sbin/dockerd -H unix:///var/run/docker.sock'; systemctl restart docker
      rm -r /etc/systemd/system/docker.service.d; systemctl daemon-reload; timeout 60 systemctl restart docker || true`,
  },
  {
    name: 'service and socket masked',
    seed: 'systemctl stop docker.socket docker.service; systemctl mask docker.socket docker.service',
    fast: true,
  },
  {
    name: 'containerd masked',
    seed: 'systemctl stop docker.socket docker.service containerd.service; systemctl mask containerd.service',
    fast: true,
  },
  {
    name: 'the socket masked, and the start limit met',
    seed: `systemctl stop docker.socket docker.service; systemctl mask docker.socket
      for try in 1 2 3 4 5 6; do systemctl start docker || true; done`,
  },
  {
    name: 'a socket group that is gone',
    seed: `systemctl stop docker.socket docker.service; rm -f /run/docker.sock; sed -i '/^docker:/d' /etc/group`,
  },
  {
    name: 'a drop-in that names no program',
    seed: `drop_in ExecStart= 'ExecStart=/usr/bin/nothing -H fd://'; fail`,
  },
  {
    name: 'a pid file of somebody else',
    seed: `systemctl stop docker.socket docker.service; echo 1 >/run/docker.pid; fail`,
  },
  {
    name: 'an authorization plugin that there is not',
    seed: `file '{"authorization-plugins":["nope"]}'; timeout 15 systemctl restart docker || true`,
  },
  {
    name: 'a second ExecStart=, and a comma',
    seed: `drop_in ExecStart=/usr/sbin/dockerd; file '{"debug":true,}'; systemctl stop docker.socket docker.service || true`,
  },
  {
    name: 'a flag that there is not, and a comma',
    seed: `echo 'DOCKER_OPTS="--debugg"' >>/etc/default/docker; file '{"debug":true,}'; fail`,
  },
  {
    name: 'dockerd halted by SIGSTOP',
    seed: 'kill -STOP $(systemctl show --value -p MainPID docker)',
    fast: true,
  },
];
