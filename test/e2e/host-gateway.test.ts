import { describe, expect, test } from '@jest/globals';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';

const HOST = '--add-host h:host-gateway --network none';
const ADD = ['insecure', 'add', 'b.test:5000', '--yes'];

describe('containers with --add-host NAME:host-gateway', () => {
  const machine = useMachine();
  const starts = () => machine.exec(['bash', '-c', `docker run --rm ${HOST} bb:1 true`]);
  const make = () => machine.sh(`docker create --name later ${HOST} bb:1 true`);

  /** moby#52056. */
  const where28 = () => {
    test('are not kept from starting by a reload: dockerd is restarted, or that is asked for', async () => {
      await make();
      const foreseen = await machine.dockerctl(...ADD, '--dry-run');
      expect(foreseen.stdout).toMatch(
        /Would restart dockerd: a reload would keep later from starting/,
      );
      expect(await machine.dockerctl(...ADD)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/Restarted dockerd/),
      });
      expect(await starts()).toMatchObject({ status: 0 });
      await machine.sh(`docker run -d --name runs ${HOST} bb:1 sleep 8888`);
      const more = ['insecure', 'add', 'c.test:5000', '--yes'];
      expect(await machine.dockerctl(...more)).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(/would keep later, runs from starting.*--activate reload/s),
      });
      expect(await starts()).toMatchObject({ status: 0 });
      expect(await machine.dockerctl(...more, '--activate', 'reload')).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/Reloaded dockerd/),
      });
      expect(await starts()).toMatchObject({ status: 125 });
      const found = await machine.dockerctl('doctor', 'host-gateway-lost');
      const [, hint = ''] = /Try: (.*)$/m.exec(found.stdout) ?? [];
      expect(hint).toMatch(/^dockerctl .* && dockerctl daemon restart$/);
      await machine.sh(hint);
      expect(await starts()).toMatchObject({ status: 0 });
      expect(await machine.sh('docker ps -q --filter name=runs')).not.toBe('');
    });
  };
  const elsewhere = () => {
    test('start after a reload', async () => {
      await make();
      expect(await machine.dockerctl(...ADD)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/Reloaded dockerd/),
      });
      expect(await starts()).toMatchObject({ status: 0 });
    });
  };
  const suite = engine.docker === '28.5' ? where28 : elsewhere;
  suite();

  test('are said to get no address after a restart that containers outlive, where that is so', async () => {
    await machine.sh('docker rm -f $(docker ps -aq) >/dev/null || true; systemctl restart docker');
    await machine.sh('docker run -d --name stays --network none bb:1 sleep 8888');
    const set = ['config', 'set', 'log-opts.max-size', '9m', '--yes'];
    const { status, stdout } = await machine.dockerctl(...set);
    expect(status).toBe(0);
    const hosts = await machine.exec(['bash', '-c', `docker run --rm ${HOST} bb:1 cat /etc/hosts`]);
    expect(stdout.includes('the address `<nil>`')).toBe(hosts.stdout.includes('<nil>'));
  });
});
