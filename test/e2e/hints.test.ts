import { describe, expect, test } from '@jest/globals';
import { CERTS_HINTS } from './support/hints/certs.js';
import { MACHINE_HINTS } from './support/hints/machine.js';
import { TRUST_HINTS } from './support/hints/trust.js';
import { complaintsOf } from './support/hints/typed.js';
import { useMachine } from './support/machine.js';

describe('what an error says to type works on the machine that said it', () => {
  const machine = useMachine();
  test.each([
    { group: 'certificates', cases: CERTS_HINTS },
    { group: 'trust', cases: TRUST_HINTS },
    { group: 'machine', cases: MACHINE_HINTS },
  ])('$group', async ({ cases }) => {
    const wrong: string[] = [];
    for (const one of cases) wrong.push(...(await complaintsOf(machine, one)));
    expect(wrong).toEqual([]);
  });
});
