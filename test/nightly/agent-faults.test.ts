import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  countOf,
  declare,
  FILE,
  GOOD,
  IS_BACK,
  IS_SETTLED,
  lastTold,
  OTHER,
  until,
  untilTold,
  useKeptMachine,
} from '../e2e/support/agent.js';
import { makeAuthority } from '../e2e/support/registry.js';

const DROP_IN = '/run/systemd/system/dockerctl.service.d/fault.conf';
const YEAR_MS = 365 * 86_400_000;
const WRITES = 1_000;
/** What the bench allows the agent in rest, MB. */
const MOST_RSS = 80;
/** Two were seen. */
const MOST_CPU_SECONDS = 10;

describe('the agent', () => {
  const machine = useKeptMachine();
  const edit = `sed -i s/mirror.example/other.example/ ${FILE}`;

  /** `resume` forgives: each test begins as on another day. */
  beforeEach(() => machine.dockerctl('resume'));

  /** Runs the agent with a part of its unit changed. */
  const restartWith = async (lines: string) => {
    await machine.write(DROP_IN, `[Service]\n${lines}\n`);
    await machine.sh('systemctl daemon-reload; systemctl restart dockerctl');
  };

  const expectFixed = async () => {
    await until(machine, IS_BACK);
    await until(machine, IS_SETTLED);
    expect(await machine.read(FILE)).toBe(GOOD);
  };

  /** CPU seconds of the service so far, its tools included. */
  const cpu = async () =>
    Number(await machine.sh('systemctl show --value -p CPUUsageNSec dockerctl')) / 1e9;

  const state = async () =>
    Number(
      await machine.sh(
        `awk '/^VmRSS/ { print $2 / 1024 }' /proc/$(systemctl show --value -p MainPID dockerctl)/status`,
      ),
    );

  afterEach(() => machine.sh(`rm -f ${DROP_IN}; systemctl daemon-reload`));

  test(`survives ${WRITES} writes in a second or two: no loop, no storm of repairs, no more memory`, async () => {
    const repairs = await countOf(machine, 'apply-started');
    const reports = await countOf(machine, 'drift-detected');
    const spent = await cpu();
    await machine.sh(
      `for i in $(seq ${WRITES}); do echo '${OTHER.trim()}' | sed s/other/other$i/ >${FILE}; done`,
    );
    await expectFixed();
    expect((await countOf(machine, 'apply-started')) - repairs).toBeLessThanOrEqual(3);
    expect((await countOf(machine, 'drift-detected')) - reports).toBeLessThanOrEqual(10);
    expect(await state()).toBeLessThan(MOST_RSS);
    expect((await cpu()) - spent).toBeLessThan(MOST_CPU_SECONDS);
  });

  test.each([
    ['no watch left', 'inotify_add_watch:ENOSPC'],
    ['no instance left', 'inotify_init1:EMFILE'],
  ])('finds changes by looking where the kernel has %s, and says so', async (_, answer) => {
    const said = await countOf(machine, 'watching-degraded');
    await restartWith(`SystemCallFilter=\nSystemCallFilter=~${answer}`);
    await untilTold(machine, 'watching-degraded', said);
    const { stdout } = await machine.dockerctl('service', 'status');
    expect(stdout).toContain('changes are found by looking every 5s');
    await machine.sh(edit);
    await expectFixed();
    expect(await countOf(machine, 'watching-degraded')).toBe(said + 1);
  });

  test('leaves the file as it is where the disk is full, says it once, and repairs it when there is room', async () => {
    await machine.sh(`
      cp ${FILE} /run/daemon.json; mount -t tmpfs -o size=32k,mode=0755 tmpfs /etc/docker; cp /run/daemon.json ${FILE}
      systemctl restart dockerctl
    `);
    const said = await countOf(machine, 'apply-failed');
    await machine.sh(
      `echo '${GOOD.trim().replace('mirror.', 'others.')}' 1<>${FILE}; dd if=/dev/zero of=/etc/docker/full bs=4k 2>/dev/null || true`,
    );
    await untilTold(machine, 'apply-failed', said);
    expect(await lastTold(machine, 'apply-failed')).toMatchObject({
      DOCKERCTL_REASON: expect.stringMatching(/no space|ENOSPC/i),
    });
    expect(await machine.read(FILE)).toContain('others.example');
    await machine.sh('rm /etc/docker/full');
    await expectFixed();
    expect(await countOf(machine, 'apply-failed')).toBe(said + 1);
    await machine.sh(
      `systemctl stop dockerctl; umount -l /etc/docker; cp /run/daemon.json ${FILE}; systemctl reload docker; systemctl start dockerctl`,
    );
  });

  test.each([
    ['a year ahead', YEAR_MS],
    ['a year back', -YEAR_MS],
  ])('is not disturbed by a clock that jumps %s', async (_, jump) => {
    await machine.write(
      '/srv/jump.cjs',
      `const { now } = Date; const { existsSync } = require('node:fs');
       Date.now = () => now() + (existsSync('/srv/jumped') ? ${jump} : 0);`,
    );
    await restartWith('Environment=NODE_OPTIONS=--require=/srv/jump.cjs');
    await machine.sh(edit);
    await expectFixed();
    const failed = await countOf(machine, 'apply-failed');
    for (const turn of ['touch', 'rm']) {
      await machine.dockerctl('resume');
      await machine.sh(`${turn} /srv/jumped; ${edit}`);
      await expectFixed();
    }
    expect(await countOf(machine, 'apply-failed')).toBe(failed);
  });

  test('says that certs.d is a file, and repairs it once it may be a folder again', async () => {
    const authority = await makeAuthority(machine, 'kept-ca');
    await declare(
      machine,
      'repair',
      `registries: { 'reg.test:5000': { ca: { file: '${authority.ca}' }, verify: false } }`,
    );
    const certs = '/etc/docker/certs.d';
    await until(machine, `test -s ${certs}/reg.test:5000/ca.crt`);
    await until(machine, IS_SETTLED);
    await machine.sh(`mv ${certs} ${certs}.away; echo no folder >${certs}`);
    await until(machine, `journalctl -q -o cat -u dockerctl | grep -q "reg.test:5000.*${certs}"`);
    expect(await machine.read(certs)).toBe('no folder\n');
    await machine.sh(`rm ${certs}; ${edit}`);
    await until(machine, `test -s ${certs}/reg.test:5000/ca.crt`);
    await declare(machine, 'repair');
    await expectFixed();
  });

  test('repairs the file of a docker that is stopped, and does not start it', async () => {
    await machine.sh(`systemctl stop docker.socket docker; ${edit}`);
    await until(machine, `grep -q mirror.example ${FILE}`);
    await until(machine, IS_SETTLED);
    expect(await machine.sh('systemctl is-active docker || true')).toBe('inactive');
    await machine.sh('systemctl start docker');
    await expectFixed();
  });

  test('goes on where the socket of docker is gone', async () => {
    await machine.sh('rm /run/docker.sock; touch /etc/docker');
    const looked = await machine.sh('date +%s');
    await until(machine, `[ $(date +%s) -gt $((${looked} + 8)) ]`);
    expect(await machine.sh('systemctl is-active dockerctl')).toBe('active');
    await machine.sh('systemctl restart docker.socket docker');
    await machine.sh(edit);
    await expectFixed();
  });

  test('goes on where docker is uninstalled: what is declared of its files is kept', async () => {
    await machine.sh(
      'systemctl stop docker.socket docker; dpkg --purge --force-depends docker.io >/dev/null 2>&1',
    );
    await machine.sh('! test -e /usr/sbin/dockerd');
    await machine.sh(`mkdir -p /etc/docker; echo '${OTHER.trim()}' >${FILE}`);
    await until(machine, `grep -q mirror.example ${FILE}`);
    expect(await machine.sh('systemctl is-active dockerctl')).toBe('active');
    const { stdout } = await machine.dockerctl('service', 'status');
    expect(stdout).toContain('everything is as declared');
  });
});
