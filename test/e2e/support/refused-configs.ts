import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/core/formats/json/json-object.js';
import { daemonIdentity, dockerInfo, type DaemonIdentity } from './daemon.js';
import { useMachine } from './machine.js';

const CONFIG = '/etc/docker/daemon.json';
const GOOD = '{\r\n\t"labels": ["kept=1"]\r\n}';

export interface RefusedConfigs {
  readonly values: readonly (readonly [key: string, value: Json])[];
  readonly files: readonly (readonly [what: string, text: string])[];
  /** Those of `values` that are also forced upon dockerd, a restart and a rollback each. */
  readonly forced: readonly (readonly [key: string, value: Json])[];
}

/** Sees that none of them brings dockerd down, or changes a byte: by `config set`, by `config edit`, and by force. */
export function expectRefused({ values, files, forced }: RefusedConfigs): void {
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
    expect(await dockerInfo(machine, '{{.Labels}}')).toBe('[kept=1]');
  });

  describe('is never written', () => {
    afterEach(async () => {
      expect(await daemonIdentity(machine)).toEqual(before);
    });

    test.each(values.map(spelled))('by config set $key $value', async ({ key, value }) => {
      expect(await machine.dockerctl('config', 'set', key, value)).toMatchObject({
        ...REFUSAL,
        status: 3,
      });
    });

    test.each([...values.map(spelled), ...files.map(([, text]) => ({ text }))])(
      'by config edit: $text',
      async ({ text }) => {
        await machine.write('/root/bad.json', text);
        const edited = await machine.exec(['dockerctl', 'config', 'edit'], {
          env: { EDITOR: 'bad-editor' },
        });
        expect(edited).toMatchObject({ ...REFUSAL, status: 3 });
      },
    );
  });

  test.each(forced.map(spelled))(
    'is undone when it was forced: $key $value',
    async ({ key, value }) => {
      const force = ['--no-validate', '--activate', 'restart'];
      const ran = await machine.dockerctl('config', 'set', key, value, ...force);
      expect(ran).toMatchObject(REFUSAL);
      // 4: rolled back; 3 where dockerd --validate said no before anything was written.
      expect([3, 4]).toContain(ran.status);
    },
  );
}

const REFUSAL = { stdout: '', stderr: expect.stringMatching(/\nTry: /) };

function spelled([key, value]: readonly [key: string, value: Json]) {
  const text = JSON.stringify({ labels: ['kept=1'], [key]: value });
  return { key, value: JSON.stringify(value), text };
}
