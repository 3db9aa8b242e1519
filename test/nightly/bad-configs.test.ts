import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BAD_FILES, BAD_VALUES } from '../e2e/support/bad-configs.js';
import { daemonIdentity, type DaemonIdentity } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const GOOD = '{\r\n\t"labels": ["kept=1"]\r\n}';

const values = BAD_VALUES.map(([key, value]) => ({
  key,
  value: JSON.stringify(value),
  text: JSON.stringify({ labels: ['kept=1'], [key]: value }),
}));
const files = BAD_FILES.map(([what, text]) => ({ what, text }));

describe('a config that dockerd refuses', () => {
  const machine = useMachine();
  let before: DaemonIdentity;

  beforeAll(async () => {
    await machine.write('/usr/local/bin/bad-editor', '#!/bin/sh\ncp /root/bad.json "$1"\n', '0755');
  });

  beforeEach(async () => {
    if ((await machine.sh(`cat ${CONFIG} || true`)) !== GOOD) {
      await machine.write(CONFIG, GOOD);
      await machine.sh('systemctl reset-failed docker; systemctl restart docker');
    }
    before = await daemonIdentity(machine);
  });

  afterEach(async () => {
    expect(await machine.read(CONFIG)).toBe(GOOD);
    expect(await machine.sh("docker info -f '{{.Labels}}'")).toBe('[kept=1]');
  });

  describe('is never written', () => {
    afterEach(async () => {
      expect(await daemonIdentity(machine)).toEqual(before);
    });

    test.each(values)('by config set $key $value', async ({ key, value }) => {
      expect(await machine.dockerctl('config', 'set', key, value)).toMatchObject({
        status: 3,
        stdout: '',
        stderr: expect.stringMatching(/\nTry: /),
      });
    });

    test.each([...values, ...files])('by config edit: $text', async ({ text }) => {
      expect(await edit(text)).toMatchObject({
        status: 3,
        stdout: '',
        stderr: expect.stringMatching(/\nTry: /),
      });
    });
  });

  describe('is undone when it was forced', () => {
    test.each(values)('--no-validate --activate restart: $text', async ({ key, value }) => {
      const forced = ['--no-validate', '--activate', 'restart'];
      const { status, stdout, stderr } = await machine.dockerctl(
        'config',
        'set',
        key,
        value,
        ...forced,
      );
      expect([status, stdout, stderr]).toEqual([
        expect.any(Number),
        '',
        expect.stringMatching(/\nTry: /),
      ]);
      // 4: rolled back; 3 where dockerd itself said no before anything was written (dockerd --validate).
      expect([3, 4]).toContain(status);
    });
  });

  async function edit(text: string) {
    await machine.write('/root/bad.json', text);
    return machine.exec(['dockerctl', 'config', 'edit'], { env: { EDITOR: 'bad-editor' } });
  }
});
