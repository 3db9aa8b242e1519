import { describe, expect, test } from '@jest/globals';
import { useMachine } from '../e2e/support/machine.js';

describe('`daemon restart`, which changes no file', () => {
  const machine = useMachine();

  test('ten times in a row never meets the start limit of three a minute', async () => {
    for (let round = 0; round < 10; round += 1)
      expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({ status: 0 });
  });
});
