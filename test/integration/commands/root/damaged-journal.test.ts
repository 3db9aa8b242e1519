import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

const JOURNAL = 'var/lib/dockerctl/journal.json';
const COPY = '/var/lib/dockerctl/generations/000001/before/0';

/** A change that is open, and whose journal somebody wrote over. */
async function damaged() {
  const root = rootWith('{}');
  await root.run('config', 'set', 'debug', 'true');
  rmSync(root.at('var/lib/dockerctl/generations/000001/manifest.json'));
  writeFileSync(root.at(JOURNAL), 'garbage');
  const journals = () =>
    readdirSync(root.at('var/lib/dockerctl')).filter((name) => name.startsWith('journal'));
  return { root, journals };
}

describe('a journal that cannot be read', () => {
  test.each([
    ['status', /journal\.json[^]* cannot be read:[^]* `dockerctl --root \S+ recover`/],
    ['config history', /journal\.json.* cannot be read: .*`dockerctl --root \S+ recover`/],
    ['doctor', /change-interrupted[^]*cannot be read[^]* recover/],
    ['config rollback', /journal\.json.* cannot be read: .*`dockerctl recover`/],
  ])('is left where it is by `%s`, which says so', async (command, words) => {
    const { root, journals } = await damaged();
    const { stdout, stderr } = await root.run(...command.split(' '));
    expect(stdout + stderr).toMatch(words);
    expect(journals()).toEqual(['journal.json']);
    expect(readFileSync(root.at(JOURNAL), 'utf8')).toBe('garbage');
  });

  test('is set aside by `recover`, which names the copies and how to put them back, for as long as it lies there', async () => {
    const { root, journals } = await damaged();
    for (let time = 0; time < 2; time += 1) {
      const { status, stderr } = await root.run('recover');
      const [aside = ''] = journals();
      expect(status).toBe(5);
      expect(stderr).toContain(`set aside as /var/lib/dockerctl/${aside}`);
      expect(stderr).toContain(`/etc/docker/daemon.json as it was before is ${COPY}`);
      expect(stderr).toContain(` cp ${COPY} /etc/docker/daemon.json\``);
      expect(stderr).toContain(` rm /var/lib/dockerctl/${aside}\``);
    }
    expect(existsSync(root.at(COPY))).toBe(true);
    expect(root.text()).toContain('"debug": true');
    rmSync(root.at(`var/lib/dockerctl/${journals()[0] ?? ''}`));
    expect(await root.run('recover')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('nothing to recover') as unknown,
    });
  });
});
