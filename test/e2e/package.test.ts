import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine } from './support/engine.js';
import { useMachine, type Machine } from './support/machine.js';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** The folder into which `npm run package` wrote. */
let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'dockerctl-package-test-'));
  const words = ['build/package.mjs', '--out', out, '--architecture', `all,${architecture}`];
  execFileSync(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
});
afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

describe('the Debian package that brings its own Node.js, on a machine that has none', () => {
  const machine = useMachine({ fresh: true });

  beforeAll(async () => {
    for (const name of [architecture, 'all'])
      await machine.write(
        `/root/dockerctl_${name}.deb`,
        readFileSync(join(out, `dockerctl_0.1.0_${name}.deb`)),
      );
  });

  const dpkg = (...argv: string[]) =>
    machine.exec(['dpkg', ...argv], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const agentPid = () => machine.sh('systemctl show --value -p MainPID dockerctl.service');

  test('its digests are those of SHA256SUMS', () => {
    execFileSync('sha256sum', ['--check', '--status', 'SHA256SUMS'], { cwd: out });
  });

  test('the one without a Node.js says that it needs one', async () => {
    const { status, stderr } = await dpkg('-i', '/root/dockerctl_all.deb');
    expect(status).not.toBe(0);
    expect(stderr).toContain('dockerctl depends on nodejs (>= 20.19)');
    await dpkg('--purge', 'dockerctl');
  });

  test('installs, runs, and takes cut-off changes back at boot', async () => {
    expect(await dpkg('-i', `/root/dockerctl_${architecture}.deb`)).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('--version')).toMatchObject({ stdout: 'dockerctl 0.1.0\n' });
    expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
    expect(await machine.sh('zcat /usr/share/man/man8/dockerctl-trust.8.gz')).toContain('.TH');
    expect(await machine.dockerctl('config', 'set', 'debug', 'true', '-y')).toMatchObject({
      status: 0,
    });
    expect(await machine.sh('docker info -f "{{.Debug}}"')).toBe('true');
  });

  test('an upgrade restarts the agent, and says so', async () => {
    expect(await machine.dockerctl('adopt')).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('service', 'install', '-y')).toMatchObject({ status: 0 });
    const before = await agentPid();
    const { status, stdout } = await dpkg('-i', `/root/dockerctl_${architecture}.deb`);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('the agent was restarted on the new version'),
    });
    const after = await agentPid();
    expect(Number(after)).toBeGreaterThan(0);
    expect(after).not.toBe(before);
  });

  test('removed, it takes its units with it, leaves the configuration, and says what stays', async () => {
    const { status, stdout } = await dpkg('-r', 'dockerctl');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('history and keys in /var/lib/dockerctl stay'),
    });
    const units = 'ls /etc/systemd/system | grep dockerctl || true';
    expect(await machine.sh(units)).toBe('');
    expect(await machine.sh('ls /usr/lib/dockerctl /usr/bin/dockerctl 2>/dev/null || true')).toBe(
      '',
    );
    expect(await machine.read('/etc/docker/daemon.json')).toContain('"debug": true');
  });

  test('purged, it leaves the private keys of a certificate authority, and says so', async () => {
    await dpkg('-i', `/root/dockerctl_${architecture}.deb`);
    expect(await machine.dockerctl('certs', 'init', '-y')).toMatchObject({ status: 0 });
    const { status, stdout } = await dpkg('--purge', 'dockerctl');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('/var/lib/dockerctl/pki stays, with its private keys'),
    });
    expect(await machine.sh('ls /var/lib/dockerctl; ls -d /etc/dockerctl || true')).toBe('pki');
    expect(await machine.read('/etc/docker/daemon.json')).toContain('"debug": true');
    await machine.sh('rm -r /var/lib/dockerctl');
    await dpkg('-i', `/root/dockerctl_${architecture}.deb`);
    await dpkg('--purge', 'dockerctl');
    expect(
      await machine.sh(
        'find / -xdev -iname "*dockerctl*" -not -path "/root/*" -not -path "/proc/*"',
      ),
    ).toBe('');
  });
});

/** Unpacked in /root, as somebody who was given the file does. */
async function unpackTarball(machine: Machine): Promise<void> {
  await machine.write('/root/dockerctl.tar.gz', readFileSync(join(out, 'dockerctl-0.1.0.tar.gz')));
  await machine.sh('tar -xf /root/dockerctl.tar.gz -C /root');
}
const INSTALL = '/root/dockerctl-0.1.0/install.sh';

describe('the tarball, where there is a Node.js and no network', () => {
  const machine = useMachine();

  test('installs the program and the unit that ends a cut-off change, and removes them', async () => {
    await machine.sh('rm -r /usr/local/lib/dockerctl /usr/local/bin/dockerctl');
    await unpackTarball(machine);
    const { status, stdout } = await machine.exec([INSTALL, '--offline']);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('dockerctl 0.1.0 is installed: /usr/local/bin/dockerctl'),
    });
    expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
    expect(await machine.dockerctl('doctor')).toMatchObject({ status: 0 });
    expect(await machine.exec([INSTALL, '--uninstall'])).toMatchObject({ status: 0 });
    const left = 'find /usr /etc /var/lib -iname "*dockerctl*"';
    expect(await machine.sh(left)).toBe('');
  });
});

describe('the tarball, where there is no Node.js', () => {
  const machine = useMachine({ fresh: true });
  beforeAll(() => unpackTarball(machine));

  test('fetches nothing with --offline, and says what is missing', async () => {
    const { status, stderr } = await machine.exec([INSTALL, '--offline']);
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining(
        'there is no Node.js >= 20.19 here, and --offline fetches none',
      ),
    });
    expect(await machine.sh('ls -A /usr/local/lib /usr/local/bin')).not.toContain('dockerctl/');
  });

  test('takes what fits from Debian, and does not bring npm where that is enough', async () => {
    expect(await machine.exec([INSTALL])).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('--version')).toMatchObject({ stdout: 'dockerctl 0.1.0\n' });
    const npm = await machine.sh('command -v npm || true');
    expect(npm).toBe(engine.suite === 'bookworm' ? '/usr/bin/npm' : '');
  });
});
