import { describe, expect, test } from '@jest/globals';
import { engines } from './support/engines.js';
import { useMachine } from './support/machine.js';

describe.each(engines)('a machine with docker $docker', (engine) => {
  const machine = useMachine(engine);

  test('runs the engine it is named after', async () => {
    expect(await machine.sh("docker version -f '{{.Server.Version}}'")).toMatch(
      new RegExp(`^${engine.docker}\\.`),
    );
  });

  test('runs containers', async () => {
    expect(await machine.sh('docker run --rm --network none bb:1 echo alive')).toBe('alive');
  });

  test('has no failed units', async () => {
    expect(await machine.sh('systemctl --failed --plain --no-legend')).toBe('');
  });

  test('gives written files back byte by byte', async () => {
    await machine.write('/root/a/b', '\ttext\r\nwithout end', '0640');
    expect(await machine.read('/root/a/b')).toBe('\ttext\r\nwithout end');
    expect(await machine.sh('stat -c %a /root/a/b')).toBe('640');
  });
});
