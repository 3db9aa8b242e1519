import type { Defect } from './defect.js';

const PACKAGED = '/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock';

/** A drop-in as guides have it; the flags in /etc/default/docker. */
const dropIn = (execStart: string): string => `
  mkdir -p /etc/systemd/system/docker.service.d
  printf '%s\\n' '[Service]' 'ExecStart=' 'ExecStart=${execStart}' >/etc/systemd/system/docker.service.d/guide.conf
  systemctl daemon-reload`;
const defaults = (line: string): string => `echo '${line}' >>/etc/default/docker`;
const restart = 'systemctl restart docker';

export const DAEMON_DEFECTS: readonly Defect[] = [
  { code: 'daemon-down', seed: 'systemctl stop docker.socket docker.service', fast: true },
  {
    code: 'daemon-start-limited',
    seed: `
      echo '{' >/etc/docker/daemon.json
      for try in 1 2 3 4 5; do ${restart} || true; done
      timeout 240 bash -c 'until [[ $(systemctl show --value -p SubState docker) == failed ]]; do sleep 0.2; done'
      rm /etc/docker/daemon.json`,
  },
  {
    code: 'daemon-masked',
    seed: 'systemctl stop docker.socket docker.service; systemctl mask docker.service',
  },
  {
    code: 'unit-refused',
    seed: `
      mkdir -p /etc/systemd/system/docker.service.d
      printf '[Service]\\nExecStart=${PACKAGED}\\n' >/etc/systemd/system/docker.service.d/second.conf
      systemctl daemon-reload`,
  },
  { code: 'daemon-not-answering', seed: 'rm /run/docker.sock' },
  {
    code: 'daemon-not-enabled',
    seed: 'systemctl disable docker.service docker.socket',
    fast: true,
  },
  {
    code: 'config-not-loaded',
    seed: `echo '{"debug": true}' >/etc/docker/daemon.json`,
    fast: true,
  },
  {
    code: 'config-not-read',
    seed: `sleep 0.2; echo '{"log-opts": {"max-size": "10m"}}' >/etc/docker/daemon.json`,
  },
  {
    code: 'unit-variable-unset',
    seed: `${defaults('DOCKER_OPTS="--max-concurrent-downloads=5"')}${dropIn(`${PACKAGED} $DOCKER_OPTS8`)}; ${restart}`,
  },
  {
    code: 'unit-variable-unused',
    seed: `${defaults('DOCKER_OPTS="--insecure-registry registry.test:5000"')}${dropIn(PACKAGED)}; ${restart}`,
    fast: true,
  },
  { code: 'bad-flag-value', seed: defaults('DOCKER_OPTS="--debug=maybe"') },
  { code: 'flag-of-other-engine', seed: defaults('DOCKER_OPTS="--disable-legacy-registry"') },
  {
    code: 'flag-swallows-flag',
    seed: `${defaults("DOCKER_OPTS='-H --insecure-registry registry.test:5000'".replaceAll("'", '"'))}; ${restart} || true`,
  },
  {
    code: 'unit-not-reloaded',
    seed: `${dropIn(`${PACKAGED} $DOCKER_OPTS`)}; sleep 1.1; echo >>/etc/systemd/system/docker.service.d/guide.conf`,
  },
  {
    code: 'unit-edited-in-place',
    seed: `sed -i 's/^Restart=.*/Restart=no/' "$(systemctl show --value -p FragmentPath docker.service)"; systemctl daemon-reload`,
    fast: true,
  },
  { code: 'unit-not-restarted', seed: dropIn(`${PACKAGED} --max-concurrent-downloads=5`) },
  {
    code: 'flags-in-many-places',
    seed: `
      ${defaults('DOCKER_OPTS="--max-concurrent-downloads=5"')}
      echo '{"log-level": "warn"}' >/etc/docker/daemon.json
      ${dropIn(`${PACKAGED} --shutdown-timeout=20 $DOCKER_OPTS`)}; ${restart}`,
  },
  {
    code: 'api-without-tls',
    seed: `${dropIn('/usr/sbin/dockerd -H fd:// -H tcp://0.0.0.0:2375')}; ${restart}`,
  },
  { code: 'socket-open-to-all', seed: 'chmod 666 /var/run/docker.sock', fast: true },
  {
    code: 'socket-unit-open',
    seed: `
      mkdir -p /etc/systemd/system/docker.socket.d
      printf '[Socket]\\nSocketMode=0666\\n' >/etc/systemd/system/docker.socket.d/open.conf
      systemctl daemon-reload`,
  },
  {
    code: 'config-elsewhere',
    seed: `
      echo '{}' >/etc/docker/other.json
      echo '{"debug": true}' >/etc/docker/daemon.json
      ${dropIn(`${PACKAGED} --config-file /etc/docker/other.json`)}; ${restart}`,
  },
  {
    // By a power cut: PID 1 takes back what is only killed.
    code: 'change-interrupted',
    seed: `
      dockerctl config set log-driver local >/dev/null 2>&1 & change=$!
      timeout 240 bash -c 'until [[ -e /var/lib/dockerctl/journal.json ]]; do :; done'
      kill -STOP $change; systemctl stop 'dockerctl-undo-of-*'
      kill -KILL $change; wait $change || true`,
  },
  {
    code: 'change-awaits-confirmation',
    seed: 'dockerctl insecure add registry.test:5000 --confirm-within 10m',
  },
];
