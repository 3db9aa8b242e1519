import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine, type Ran } from '../e2e/support/machine.js';
import { makeAuthority, startRegistry } from '../e2e/support/registry.js';

const MINUTES = 60_000;
const MIRROR = 'https://mirror.test:5443';
const CONFIG = '/home/rita/.config/docker/daemon.json';
const PACKAGES = 'rootlesskit uidmap slirp4netns dbus-user-session libpam-systemd';
const ENVIRONMENT = [
  'HOME=/home/rita',
  'XDG_RUNTIME_DIR=/run/user/1000',
  'DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus',
  'DOCKER_HOST=unix:///run/user/1000/docker.sock',
  'PATH=/usr/share/docker.io/contrib:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

/** As Debian's README of rootless mode says; /dev/net/tun is open to all on a machine that udev has set up. */
const SET_UP = `
  apt-get update -qq -o Acquire::Check-Valid-Until=false
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${PACKAGES} >/dev/null
  systemctl disable --now -q docker.service docker.socket
  useradd -m -s /bin/bash -u 1000 rita; loginctl enable-linger rita
  chmod 666 /dev/net/tun; install -m 644 /root/bb.tar /home/rita/
  timeout 240 sh -c 'until test -S /run/user/1000/bus; do sleep 0.1; done'`;

describe('the dockerd of a user, without root', () => {
  const machine = useMachine({ online: true });

  beforeAll(async () => {
    await machine.sh(SET_UP);
    await rita('dockerd-rootless-setuptool.sh', 'install', '--skip-iptables');
    expect(await rita('docker', 'import', '/home/rita/bb.tar', 'bb:1')).toMatchObject({
      status: 0,
    });
  }, 10 * MINUTES);

  test('is told of its mirrors by reload, and left alone when they are set already', async () => {
    const pid = await daemon();
    expect(await rita('dockerctl', 'mirrors', 'set', MIRROR)).toMatchObject({ status: 0 });
    expect(await info('{{json .RegistryConfig.Mirrors}}')).toBe(`["${MIRROR}/"]`);
    expect(await machine.sh(`stat -c %U ${CONFIG}`)).toBe('rita');
    expect((await rita('dockerctl', 'mirrors', 'set', MIRROR)).stdout).toContain('Unchanged');
    expect(await daemon()).toBe(pid);
  });

  test('trusts a registry for as long as it shall', async () => {
    const authority = await makeAuthority(machine, 'private-ca');
    const tls = await authority.issue('registry.test');
    const registry = await startRegistry(machine, { port: 5443, tls });
    const pid = await daemon();
    const push = async () => (await rita('docker', 'push', `${registry}/bb:1`)).stderr;
    await rita('docker', 'tag', 'bb:1', `${registry}/bb:1`);
    expect(await push()).toContain('x509');
    await machine.sh(`install -m 644 ${authority.ca} /home/rita/ca.crt`);
    const added = await rita(
      ...['dockerctl', 'trust', 'add-registry', registry, '--ca', '/home/rita/ca.crt'],
    );
    expect(added).toMatchObject({ status: 0 });
    expect(await push()).toBe('');
    await rita('dockerctl', 'trust', 'remove-registry', registry);
    expect(await push()).toContain('x509');
    expect(await daemon()).toBe(pid);
  });

  test('is up on the old bytes after a file with which it does not start', async () => {
    const before = await machine.read(CONFIG);
    const bad = ['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]', '--no-validate'];
    expect(await rita('dockerctl', ...bad, '--activate', 'restart')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('native.cgroupdriver option foo'),
    });
    expect(await machine.read(CONFIG)).toBe(before);
    expect(await info('{{json .RegistryConfig.Mirrors}}')).toBe(`["${MIRROR}/"]`);
  });

  test('is not restarted over the heads of its containers, whom its unit ends with it', async () => {
    await rita('docker', 'run', '-d', '--name', 'web', '--network', 'none', 'bb:1', 'sleep', '900');
    const before = await machine.read(CONFIG);
    const pid = await daemon();
    expect(await rita('dockerctl', 'config', 'set', 'log-driver', 'local')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('web (restart policy no)'),
    });
    expect(await machine.read(CONFIG)).toBe(before);
    expect(await daemon()).toBe(pid);
    const agreed = ['config', 'set', 'log-driver', 'local', '--containers', 'stop'];
    expect(await rita('dockerctl', ...agreed)).toMatchObject({ status: 0 });
    expect(await info('{{.LoggingDriver}}')).toBe('local');
  });

  test('has its logs, its history and the way back', async () => {
    const before = await machine.read(CONFIG);
    expect((await rita('dockerctl', 'daemon', 'logs')).stdout).toContain('API listen on');
    expect((await rita('dockerctl', 'config', 'history')).stdout).toMatch(
      /rita +applied by restart/,
    );
    expect(await rita('dockerctl', 'config', 'rollback')).toMatchObject({ status: 0 });
    expect(await info('{{.LoggingDriver}}')).toBe('json-file');
    expect(await rita('dockerctl', 'config', 'rollback')).toMatchObject({ status: 0 });
    expect(await machine.read(CONFIG)).toBe(before);
  });

  function rita(...argv: readonly string[]): Promise<Ran> {
    return machine.exec(['runuser', '-u', 'rita', '--', 'env', '-C', '/', ...ENVIRONMENT, ...argv]);
  }

  async function info(template: string): Promise<string> {
    return (await rita('docker', 'info', '-f', template)).stdout.trim();
  }

  /** Its pid and the id of its run. */
  async function daemon(): Promise<string> {
    const shown = ['systemctl', '--user', 'show', '-p', 'MainPID,InvocationID', 'docker'];
    return (await rita(...shown)).stdout;
  }
});
