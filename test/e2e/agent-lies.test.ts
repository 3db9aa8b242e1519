import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  countOf,
  FILE,
  IS_BACK,
  OTHER,
  until,
  untilTold,
  useKeptMachine,
} from './support/agent.js';

const ENGINE = readFileSync(join(import.meta.dirname, '../../bench/budgets/engine.cjs'), 'utf8');
const SOCKET = '/run/docker.sock';

describe('the agent, while another answers in the place of dockerd', () => {
  const machine = useKeptMachine();
  const pids = () =>
    machine.sh('systemctl show --value -p MainPID docker dockerctl; pgrep -f "^sleep 8888"');
  let before = '';

  beforeEach(async () => {
    await machine.write('/root/engine.cjs', ENGINE);
    await machine.sh(
      'docker inspect k1 >/dev/null 2>&1 || docker run -d --name k1 --network none bb:1 sleep 8888',
    );
    await machine.dockerctl('resume');
    await until(machine, IS_BACK);
    before = await pids();
  });

  afterEach(async () => {
    await machine.sh(`[[ ! -e /run/liar.pid ]] || kill $(cat /run/liar.pid) || true
      rm -f /run/liar.pid
      [[ ! -e /run/real.sock ]] || mv -f /run/real.sock ${SOCKET}
      pidof dockerd >/run/docker.pid`);
  });

  test.each([
    ['with nothing', 'silent 0'],
    ['without an end', 'endless 0'],
    ['with 400,000 keys', 'keys 400000'],
  ])('%s, ends nothing and nobody, and repairs once dockerd answers itself', async (_, lie) => {
    const failed = await countOf(machine, 'apply-failed');
    await machine.sh(`mv ${SOCKET} /run/real.sock
      node /root/engine.cjs ${lie} >/dev/null 2>&1 </dev/null & echo $! >/run/liar.pid
      until [[ -S ${SOCKET} ]]; do sleep 0.05; done`);
    await machine.write(FILE, OTHER);
    await untilTold(machine, 'apply-failed', failed);
    expect(await pids()).toBe(before);
    await machine.sh(
      `kill $(cat /run/liar.pid); rm -f /run/liar.pid; mv -f /run/real.sock ${SOCKET}`,
    );
    await machine.dockerctl('resume');
    await until(machine, IS_BACK);
    expect(await pids()).toBe(before);
  });
});
