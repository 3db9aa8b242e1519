import { describe, expect, test } from '@jest/globals';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { FIRST_CONTAINER } from '../support/first-container.js';

/** Nothing of what a bridge was before is left to decide. */
const CLEAN = `systemctl stop docker docker.socket; ip link delete docker0 || true
  rm -rf /var/lib/docker/network; systemctl reset-failed docker docker.socket || true`;

describe('what validate foretells of dockerd and its first container', () => {
  const machine = useMachine();

  test.each(FIRST_CONTAINER)('%s: %s %s', async (config, old, recent = old) => {
    await machine.sh(CLEAN);
    await machine.write('/etc/docker/daemon.json', config);
    const told = await machine.dockerctl('config', 'validate');
    const started = await machine.exec(['timeout', '60', 'systemctl', 'restart', 'docker']);
    const ran = await machine.exec(['timeout', '30', 'docker', 'run', '--rm', 'bb:1', 'true']);
    const fate = started.status !== 0 ? 'no start' : ran.status === 0 ? 'runs' : 'no container';
    expect(fate).toBe(engine.docker === '20.10' ? old : recent);
    expect(told.stdout).toMatch(
      {
        runs: /: starts and reloads/,
        'no container': /no container would/,
        'no start': /would not start/,
      }[fate],
    );
  });
});
