import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const ODD = '{\r\n\t"labels" : [ "site=1" ],\r\n\t"max-concurrent-downloads": 3}';

describe('history and rollback', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.write(CONFIG, ODD, '0640');
    await machine.sh('systemctl reload docker');
  });

  test('bring back the exact bytes and mode, and say who did what, when and how', async () => {
    await succeed('mirrors', 'add', 'https://mirror.test');
    const changed = await machine.read(CONFIG);
    expect(changed).not.toBe(ODD);
    await succeed('config', 'set', 'log-driver', 'local');
    expect(await machine.sh("docker info -f '{{.LoggingDriver}}'")).toBe('local');

    await succeed('config', 'rollback');
    expect(await machine.read(CONFIG)).toBe(changed);
    expect(await machine.sh("docker info -f '{{.LoggingDriver}}'")).toBe('json-file');

    const back = await machine.dockerctl('config', 'rollback', '1');
    expect(back).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^With it 2 later changes go:\n.*config rollback\n.*local\n$/),
    });
    expect(await machine.read(CONFIG)).toBe(ODD);
    expect(await machine.sh(`stat -c %a ${CONFIG}`)).toBe('640');
    expect(await machine.sh("docker info -f '{{len .RegistryConfig.Mirrors}}'")).toBe('0');

    const history = await succeed('config', 'history');
    for (const what of [
      /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +root +applied by reload +mirrors add https:\/\/mirror\.test/,
      /root +applied by restart +config set log-driver local/,
      /rollback 1/,
    ])
      expect(history).toMatch(what);
  });

  async function succeed(...args: readonly string[]): Promise<string> {
    const ran = await machine.dockerctl(...args);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    return ran.stdout;
  }
});
