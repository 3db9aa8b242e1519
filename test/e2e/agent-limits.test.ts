import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  countOf,
  declare,
  DECLARATION,
  FILE,
  GOOD,
  IS_BACK,
  OTHER,
  until,
  untilTold,
  useKeptMachine,
} from './support/agent.js';

describe('the agent', () => {
  const machine = useKeptMachine();
  const edit = `sed -i s/mirror.example/other.example/ ${FILE}`;
  const generations = () => machine.sh('ls /var/lib/dockerctl/generations | wc -l');

  /** `resume` forgives: each test begins as on another day. */
  beforeEach(() => machine.dockerctl('resume'));

  test('comes with units that systemd has nothing to say against', async () => {
    const verified = await machine.exec([
      'systemd-analyze',
      '--man=no',
      'verify',
      '/etc/systemd/system/dockerctl.service',
      '/etc/systemd/system/dockerctl-recover.service',
    ]);
    expect(verified.stderr + verified.stdout).not.toMatch(/dockerctl/);
    expect(verified.status).toBe(0);
  });

  test('orders what takes back a change that was cut off before docker, at every boot', async () => {
    const unit = await machine.read('/etc/systemd/system/dockerctl-recover.service');
    await machine.sh('dockerctl recover --install');
    expect(await machine.read('/etc/systemd/system/dockerctl-recover.service')).toBe(unit);
    const order = await machine.sh('systemctl show --value -p Before dockerctl-recover.service');
    expect(order.split(' ')).toEqual(expect.arrayContaining(['docker.service', 'docker.socket']));
    expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
  });

  test('is confined, and yet can do its work', async () => {
    const security = await machine.sh('systemd-analyze security dockerctl | tail -1');
    expect(
      Number(/level for dockerctl\.service: ([\d.]+)/.exec(security)?.[1]),
    ).toBeLessThanOrEqual(3);
    expect(await machine.sh('systemctl is-active dockerctl')).toBe('active');
  });

  test('explains its messages to those who ask journalctl -x', async () => {
    const said = await countOf(machine, 'drift-resolved');
    await machine.sh(edit);
    await untilTold(machine, 'drift-resolved', said);
    const explained = await machine.sh('journalctl -x -u dockerctl -n 50');
    expect(explained).toContain('Subject: Something is not as declared');
    expect(explained).toContain('daemon:/registry-mirrors is not what /etc/dockerctl declares');
  });

  test('lets a second manager win, with one alert', async () => {
    await machine.sh(`
      systemd-run --quiet --unit=rival bash -c \\
        'while true; do echo ${JSON.stringify(OTHER.trim())} >${FILE}; sleep 2; done'
    `);
    const fights = await countOf(machine, 'fight-suspected');
    await untilTold(machine, 'fight-suspected', fights);
    const stopped = await generations();
    const writes = await machine.sh(`stat -c %Y ${FILE}`);
    await until(machine, `[ $(stat -c %Y ${FILE}) -gt $((${writes} + 6)) ]`);
    expect(await generations()).toBe(stopped);
    expect(await countOf(machine, 'fight-suspected')).toBe(fights + 1);
    const { stdout } = await machine.dockerctl('service', 'status');
    expect(stdout).toContain('1 thing is adrift, 1 of them left alone: dockerctl resume');
    await machine.sh('systemctl stop rival');
    await machine.write(FILE, GOOD);
  });

  test('finds a daemon that was started with other flags, and file and daemon apart', async () => {
    await machine.write('/etc/docker/other.json', '{}');
    await machine.write(
      '/run/systemd/system/docker.service.d/other.conf',
      '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --config-file=/etc/docker/other.json\n',
    );
    const said = await countOf(machine, 'drift-detected');
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
    await until(machine, `journalctl -q -o cat -u dockerctl | grep -q "dockerd was started with"`);
    await untilTold(machine, 'drift-detected', said + 1);
    const drift = await machine.dockerctl('drift', '--json');
    expect(drift.status).toBe(1);
    const { data } = JSON.parse(drift.stdout) as { data: { findings: { code: string }[] } };
    expect(data.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['drift-other-file', 'drift-stale']),
    );
    expect(await machine.read(FILE)).toBe(GOOD);
    await machine.sh(
      'rm /run/systemd/system/docker.service.d/other.conf; systemctl daemon-reload; systemctl restart docker',
    );
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
  });

  test('goes on with the last good declaration while there is an error in the new one', async () => {
    const said = await countOf(machine, 'declaration-refused');
    await machine.write(DECLARATION, '{ mirrors: [ }');
    await untilTold(machine, 'declaration-refused', said);
    await machine.sh(edit);
    await until(machine, IS_BACK);
    await declare(machine, 'repair');
  });

  test('repairs nothing in a pause', async () => {
    await machine.dockerctl('pause', '--reason', 'a test', '--for', '1h');
    await until(machine, `journalctl -q -o cat -u dockerctl | grep -q "paused: by root: a test"`);
    const said = await countOf(machine, 'drift-detected');
    await machine.sh(edit);
    await untilTold(machine, 'drift-detected', said);
    expect(await machine.read(FILE)).toContain('other.example');
    await machine.dockerctl('resume');
    await until(machine, IS_BACK);
  });

  test('tries again what dockerd refused once somebody resumes it', async () => {
    await machine.sh(
      `systemd-run --quiet --unit=taken openssl s_server -accept 127.0.0.1:9999 -nocert`,
    );
    await until(machine, 'ss -ltn | grep -q 127.0.0.1:9999');
    const undone = await countOf(machine, 'rolled-back');
    const wanted = `experimental: true, 'metrics-addr': '127.0.0.1:9999'`;
    await declare(machine, 'repair', `daemon: { ${wanted} }, restart: 'always'`);
    await untilTold(machine, 'rolled-back', undone);
    await machine.sh('systemctl stop taken');
    const again = await machine.dockerctl('apply');
    expect(again).toMatchObject({ status: 3, stderr: expect.stringContaining('dockerctl resume') });
    await machine.dockerctl('resume');
    await until(machine, 'curl -sf http://127.0.0.1:9999/metrics >/dev/null');
    expect(await countOf(machine, 'rolled-back')).toBe(undone + 1);
    await declare(machine, 'repair');
    await machine.write(FILE, GOOD);
    await machine.dockerctl('daemon', 'restart');
  });

  test('keeps a second one out', async () => {
    const second = await machine.dockerctl('watch');
    expect(second).toMatchObject({ status: 6, stdout: '' });
    expect(second.stderr).toContain('an agent keeps this machine already');
  });

  test('ends when it is told to, and is gone when it is removed', async () => {
    expect(await machine.dockerctl('service', 'remove')).toMatchObject({ status: 0 });
    expect(await machine.sh('systemctl is-active dockerctl || true')).toBe('inactive');
    expect(await machine.sh('ls /etc/systemd/system | grep dockerctl')).toBe(
      'dockerctl-recover.service',
    );
    expect((await machine.dockerctl('service', 'status')).stdout).toContain('not installed');
  });
});
