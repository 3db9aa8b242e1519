import { describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

describe('ten changes in a row that need a restart', () => {
  const machine = useMachine();

  // systemd refuses the fourth start within a minute, also one by hand (StartLimitBurst=3 in docker.service).
  test('all start dockerd, none runs into the start limit', async () => {
    const drivers = ['local', 'json-file'];
    for (let change = 0; change < 10; change += 1) {
      const driver = drivers[change % 2] ?? '';
      expect(await machine.dockerctl('config', 'set', 'log-driver', driver)).toMatchObject({
        status: 0,
      });
      expect(await machine.sh("docker info -f '{{.LoggingDriver}}'")).toBe(driver);
    }
  });
});
