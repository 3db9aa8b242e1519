import { beforeEach, describe, expect, test } from '@jest/globals';
import { dockerInfo } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';
const COMMAND = 'dockerctl config set debug true --confirm-within 4s --timeout 10s';
const STAGES = Array.from({ length: 20 }, (_, index) => index + 1);

describe('a dockerctl with a dead man’s switch, killed at stage', () => {
  const machine = useMachine();
  /** How long the whole command takes here. */
  let whole = 0;

  beforeEach(async () => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
    if (whole > 0) return;
    const started = Date.now();
    await machine.sh(COMMAND);
    whole = Date.now() - started;
    await machine.sh('dockerctl config rollback');
  });

  // The last ones have answered already and wait; those before are undone by the switch that was armed first.
  test.each(STAGES)('%d of 20: the old config is back without it', async (stage) => {
    const seconds = ((whole * stage) / 18 / 1000).toFixed(3);
    await machine.exec(['bash', '-c', `timeout -s KILL ${seconds} ${COMMAND}`]);
    // PID 1 pulls it after the longest time that a change may take, two minutes: pulled here at once.
    const early = "systemctl list-units --plain --no-legend 'dockerctl-undo-*-killed.timer'";
    await machine.sh(
      `${early} | while read -r timer _; do systemctl start "\${timer%.timer}.service"; done`,
    );
    await machine.sh(
      'timeout 20 sh -c "while [ -e /var/lib/dockerctl/journal.json ]; do sleep 0.1; done"',
    );
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
  });
});
