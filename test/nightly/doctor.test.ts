import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFECTS } from '../e2e/support/defects.js';
import { engine } from '../e2e/support/engine.js';
import { useMachine } from '../e2e/support/machine.js';
import { expectFixed, heal, prepare } from '../e2e/support/sick-machine.js';

const HERE = DEFECTS.filter(({ except = [] }) => !except.includes(engine.docker));

test('at least sixty defects are seeded, each with a code of its own', () => {
  const codes = new Set(HERE.map(({ code }) => code));
  expect(codes.size).toBe(HERE.length);
  expect(codes.size).toBeGreaterThanOrEqual(60);
});

describe('on a fresh machine', () => {
  const machine = useMachine();

  // Of the processor's time: on a computer with much else to do the clock says nothing.
  test('it works for less than a second, without dialling', async () => {
    const times = await machine.sh(
      `TIMEFORMAT='%U %S'; { time dockerctl doctor >/dev/null; } 2>&1`,
    );
    const seconds = times.split(' ').reduce((sum, part) => sum + Number(part), 0);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1);
  });
});

describe('a defect at a time', () => {
  const machine = useMachine();
  beforeAll(() => prepare(machine));
  beforeEach(() => heal(machine));

  test.each(HERE)('$code is found, fixed by its own hint, and gone', async (defect) => {
    await expectFixed(machine, defect);
  });
});
