import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFECTS } from './support/defects.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { diagnose, expectMended, heal, prepare } from './support/sick-machine.js';

const FAST = DEFECTS.filter(
  ({ fast, except = [] }) => fast === true && !except.includes(engine.docker),
);

describe('doctor on a fresh machine', () => {
  const machine = useMachine();
  const STATE = `find /etc /var/lib/dockerctl -printf '%p %m %s %T@ %C@\\n' 2>/dev/null | sort | sha256sum`;

  test('finds nothing, and changes nothing', async () => {
    const before = await machine.sh(STATE);
    const ran = await machine.dockerctl('doctor');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout.trimEnd().split('\n')).toEqual(
      ran.stdout.match(/^ok .+$/gm)?.map((line) => line),
    );
    expect(await diagnose(machine, { deep: true })).toEqual([]);
    expect(await machine.sh(STATE)).toBe(before);
  });

  test('finds nothing on a machine without docker', async () => {
    await machine.sh(`
      systemctl stop docker.socket docker containerd
      DEBIAN_FRONTEND=noninteractive dpkg --purge --force-depends docker.io docker-cli 2>/dev/null || true
      rm -rf /etc/docker /usr/sbin/dockerd; systemctl daemon-reload
    `);
    const ran = await machine.dockerctl('doctor');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).not.toMatch(/^(?!ok )/m);
  });
});

describe('doctor, a defect at a time', () => {
  const machine = useMachine();
  beforeAll(() => prepare(machine), 300_000);
  beforeEach(() => heal(machine));

  test.each(FAST)('$code is found, mended by its own hint, and gone', async (defect) => {
    await expectMended(machine, defect);
  });
});
