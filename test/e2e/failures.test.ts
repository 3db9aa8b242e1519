import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { installClient, whileAsking } from './support/api-gap.js';
import { daemonIdentity, dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';

/** Reads the file as fast as it can, and prints each text that it saw once. */
const READER = `
const { readFileSync, writeFileSync } = require('node:fs');
const texts = new Set();
process.on('SIGTERM', () => (writeFileSync('/run/texts.json', JSON.stringify([...texts])), process.exit(0)));
setInterval(() => { for (let i = 0; i < 50; i += 1) texts.add(readFileSync('${CONFIG}', 'utf8')); }, 1);
`;

describe('lines of the failure matrix that need a real dockerd', () => {
  const machine = useMachine();

  beforeAll(() => installClient(machine));

  beforeEach(async () => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
  });

  const expectTheOldConfig = async () => {
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
    expect(await machine.exec(['docker', 'run', '--rm', '--network=none', 'bb:1', 'true'])).toEqual(
      { status: 0, stdout: '', stderr: '' },
    );
  };

  test('clients that start dockerd by its socket during a change find a whole file, old or new', async () => {
    await machine.write('/run/reader.cjs', READER);
    await machine.sh('systemd-run --quiet --collect --unit=reader node /run/reader.cjs');
    const set = ['config', 'set', 'debug', 'true', '--activate', 'restart'];
    const { result, answers } = await whileAsking(machine, async () => {
      const ran = await machine.dockerctl(...set);
      return { ran, undone: await machine.dockerctl('config', 'rollback') };
    });
    expect(result).toMatchObject({ ran: { status: 0 }, undone: { status: 0 } });
    expect(answers).toBeGreaterThan(0);
    await machine.sh('systemctl stop reader');
    const texts = JSON.parse(await machine.read('/run/texts.json')) as string[];
    expect(texts.sort()).toEqual(['{\n\t"log-level": "warn",\n\t"debug": true\n}\n', OLD].sort());
    await expectTheOldConfig();
  });

  test('units that require docker.service run again after a restart that failed', async () => {
    const unit = (requires: string) => `[Unit]
Requires=${requires}
After=${requires}
[Service]
ExecStart=/usr/bin/tail --follow /dev/null
`;
    await machine.write('/etc/systemd/system/app.service', unit('docker.service'));
    await machine.write('/etc/systemd/system/beside.service', unit('app.service'));
    await machine.sh('systemctl daemon-reload; systemctl start beside');
    const restart = ['daemon', 'restart', '--dry-run'];
    expect(await machine.dockerctl(...restart)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('app.service, beside.service too, which require its unit'),
    });
    const bad = ['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]', '--no-validate'];
    expect(await machine.dockerctl(...bad, '--activate', 'restart')).toMatchObject({ status: 4 });
    await machine.sh(
      'timeout 240 sh -c "until systemctl is-active app beside; do sleep 0.2; done"',
    );
    await machine.sh('systemctl stop app; rm /etc/systemd/system/{app,beside}.service');
    await expectTheOldConfig();
  });

  test('a unit that was edited to what dockerd does not start with is met before dockerd is stopped', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/typo.conf';
    const exec = 'ExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --log-levl debug\n';
    await machine.sh('mkdir -p /etc/systemd/system/docker.service.d');
    await machine.write(dropIn, `[Service]\n${exec}`);
    await machine.sh('systemctl daemon-reload');
    const before = await daemonIdentity(machine);
    const change = ['config', 'set', 'exec-opts', '["native.cgroupdriver=cgroupfs"]'];
    for (const argv of [['daemon', 'restart'], change])
      expect(await machine.dockerctl(...argv)).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(/its unit was edited.*--log-levl/s),
      });
    expect(await daemonIdentity(machine)).toEqual(before);
    await machine.sh(`rm ${dropIn}; systemctl daemon-reload`);
    await expectTheOldConfig();
  });

  test('a file with which dockerd hangs is started with once, though clients go on asking', async () => {
    const folder = '/etc/systemd/system/docker.service.d';
    const wrapper = `#!/bin/sh
      if grep -q debug ${CONFIG}; then echo x >>/run/starts; trap '' TERM; exec sleep 1000; fi
      exec /usr/sbin/dockerd "$@"\n`;
    await machine.write('/usr/local/sbin/dockerd', wrapper, '0755');
    await machine.write(
      `${folder}/hangs.conf`,
      '[Service]\nExecStart=\nExecStart=/usr/local/sbin/dockerd -H fd://\n',
    );
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
    const set = ['config', 'set', 'debug', 'true', '--activate', 'restart', '--timeout', '10s'];
    const { result } = await whileAsking(machine, () => machine.dockerctl(...set));
    expect(result).toMatchObject({ status: 4, stderr: expect.stringMatching(/did not come up/) });
    expect(await machine.sh('cat /run/starts; systemctl is-active docker.socket')).toBe(
      'x\nactive',
    );
    await expectTheOldConfig();
    await machine.sh(
      `rm ${folder}/hangs.conf /usr/local/sbin/dockerd; systemctl daemon-reload; systemctl restart docker`,
    );
  });

  const ADD_PLUGIN = ['config', 'set', 'authorization-plugins', '["nope"]', '--no-validate'];

  test('a reload with an authorization plugin that is not there, which kills dockerd late, is refused', async () => {
    const before = await daemonIdentity(machine);
    const ran = await machine.dockerctl(...ADD_PLUGIN, '--activate', 'reload');
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(await daemonIdentity(machine)).toEqual(before);
    await expectTheOldConfig();
  });

  test('a restart with it is taken back, and nothing is left to come', async () => {
    const ran = await machine.dockerctl(...ADD_PLUGIN, '--activate', 'restart');
    expect(ran).toMatchObject({ status: 4, stdout: '' });
    await expectTheOldConfig();
    const { invocation } = await daemonIdentity(machine);
    // dockerd looks for a plugin for 15 s before it gives up (moby pkg/plugins/client.go).
    await machine.sh('timeout 16 tail --follow /dev/null || true');
    expect((await daemonIdentity(machine)).invocation).toBe(invocation);
    await expectTheOldConfig();
  });
});
