import { describe, expect, test } from '@jest/globals';
import {
  countOf,
  FILE,
  GOOD,
  IS_BACK,
  IS_SETTLED,
  lastTold,
  until,
  useKeptMachine,
} from '../e2e/support/agent.js';

const CUT_OFFS = 3;

describe('a power failure with the agent installed', () => {
  const machine = useKeptMachine();

  test('in the middle of a command: the boot unit takes it back before docker starts, and says so', async () => {
    await machine.sh(
      `dockerctl config set bip garbage --no-validate --activate restart >/dev/null 2>&1 & ` +
        `timeout 240 sh -c 'until grep -q garbage ${FILE}; do :; done'; kill -9 $!`,
    );
    await machine.reboot();
    const told = await lastTold(machine, 'recovered-at-start');
    expect(told).toMatchObject({
      DOCKERCTL_REASON: expect.stringContaining('roll-back: change'),
    });
    expect(await machine.sh('journalctl -q -o cat -u dockerctl-recover')).toContain(
      'recovered-at-start: roll-back',
    );
    const started = await machine.sh(
      'systemctl show --value -p ExecMainStartTimestampMonotonic docker',
    );
    expect(Number(told.__MONOTONIC_TIMESTAMP)).toBeLessThan(Number(started));
    await until(machine, 'systemctl -q is-active dockerctl');
    await until(machine, IS_BACK);
    expect(await machine.read(FILE)).toBe(GOOD);
    expect(await countOf(machine, 'drift-detected')).toBe(0);
  });

  test(`in the middle of a repair, ${CUT_OFFS} times: the file is whole, and as declared in the end`, async () => {
    for (let round = 0; round < CUT_OFFS; round += 1) {
      await machine.dockerctl('resume');
      await machine.sh(`
        sync; sed -i s/mirror.example/other.example/ ${FILE}
        timeout 240 sh -c 'until test -e /var/lib/dockerctl/journal.json; do :; done'
      `);
      await machine.reboot();
      expect(await machine.read(FILE)).toMatch(/^.{50,}json-file.{0,2}\n$/);
      await until(machine, IS_BACK);
    }
    await until(machine, IS_SETTLED);
    expect(await machine.read(FILE)).toBe(GOOD);
  });
});
