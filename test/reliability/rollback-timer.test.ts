import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dockerInfo } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';
import { chosen, tell } from './support/figures.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';
const WITHIN_S = 4;
const COMMAND = `dockerctl config set debug true --activate restart --confirm-within ${WITHIN_S}s`;
const STAGES = Array.from({ length: 20 }, (_, index) => index + 1);
const NO_CHANGE_IS_OPEN =
  'timeout 240 sh -c "while [ -e /var/lib/dockerctl/journal.json ]; do sleep 0.05; done"';

describe('a dockerctl with a rollback timer, killed at stage', () => {
  const machine = useMachine();
  /** How long the whole command takes here. */
  let whole = 0;

  const start = async () => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
  };

  beforeAll(async () => {
    await start();
    const started = Date.now();
    await machine.sh(COMMAND);
    whole = Date.now() - started;
    await machine.sh('dockerctl config rollback');
  });

  beforeEach(start);

  // The last ones have answered already and wait for the confirmation.
  test.each(chosen(STAGES))('%d of 20: the old config is back without it', async (stage) => {
    const seconds = (whole * stage) / 18 / 1000;
    await machine.exec(['bash', '-c', `timeout -s KILL ${seconds.toFixed(3)} ${COMMAND}`]);
    const killed = Date.now();
    await machine.sh(NO_CHANGE_IS_OPEN);
    const milliseconds = Date.now() - killed;
    const bytes = await machine.read(CONFIG);
    const debug = await dockerInfo(machine, '{{.Debug}}');
    const good = bytes === OLD && debug === 'false';
    tell({ name: 'rollback timer', what: `stage ${stage}`, good, milliseconds });
    expect({ bytes, debug }).toEqual({ bytes: OLD, debug: 'false' });
  });
});
