import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

const ORIGINAL = '{\r\n\t"mtu" : 1500 }';

async function changedThrice() {
  const root = rootWith(ORIGINAL);
  await root.run('config', 'set', 'debug', 'true');
  await root.run('config', 'set', 'mtu', '1400');
  await root.run('config', 'unset', 'debug');
  return root;
}

describe('config rollback', () => {
  test('without an ID takes the last change back, byte by byte', async () => {
    const root = rootWith(ORIGINAL);
    await root.run('config', 'set', 'debug', 'true');
    const answer = await root.run('config', 'rollback', '--json');
    expect(JSON.parse(answer.stdout)).toMatchObject({ data: { status: 'applied', generation: 2 } });
    expect(root.text()).toBe(ORIGINAL);
  });

  test('with an ID takes that change and all later ones back', async () => {
    const root = await changedThrice();
    expect((await root.run('config', 'rollback', '1', '--dry-run')).stdout).toContain(
      'this takes back 3 changes, 1 to 3 of',
    );
    expect((await root.run('config', 'history', '--limit', '2')).stdout).toMatch(
      /^1 older: `dockerctl --root \S+ config history --limit 3`$/m,
    );
    expect(await root.run('config', 'rollback', '1')).toMatchObject({ status: 0 });
    expect(root.text()).toBe(ORIGINAL);
  });

  test('can itself be taken back', async () => {
    const root = await changedThrice();
    const text = root.text();
    await root.run('config', 'rollback', '1');
    await root.run('config', 'rollback');
    expect(root.text()).toBe(text);
  });

  test('deletes a file that the change created, and its folder', async () => {
    const root = rootWith(null);
    await root.run('config', 'set', 'debug', 'true');
    await root.run('config', 'rollback');
    expect(statSync(root.at('etc/docker'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('asks before it takes back what somebody else wrote since', async () => {
    const root = rootWith(ORIGINAL);
    await root.run('config', 'set', 'debug', 'true');
    writeFileSync(root.at('etc/docker/daemon.json'), '{"debug":false}');
    const refused = await root.run('config', 'rollback');
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes') });
    expect(root.text()).toBe('{"debug":false}');
    expect(await root.run('config', 'rollback', '--yes')).toMatchObject({ status: 0 });
    expect(root.text()).toBe(ORIGINAL);
    await root.run('config', 'rollback');
    expect(root.text()).toBe('{"debug":false}');
  });

  test('--dry-run shows what would come back and writes nothing', async () => {
    const root = await changedThrice();
    const text = root.text();
    const { stdout } = await root.run('config', 'rollback', '1', '--dry-run');
    expect(stdout).toContain('1500');
    expect(root.text()).toBe(text);
  });

  test.each([
    ['9', 3, 'no applied change 9'],
    ['x', 3, 'not the number of a change'],
    ['-1', 3, 'not the number of a change'],
  ])('%s is refused', async (id, status, message) => {
    const root = await changedThrice();
    const printed = await root.run('config', 'rollback', id);
    expect(printed).toMatchObject({ status, stderr: expect.stringContaining(message) });
  });

  test('says so when there is nothing to undo', async () => {
    const printed = await rootWith(ORIGINAL).run('config', 'rollback');
    expect(printed).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no change to undo'),
    });
  });
});

describe('config history', () => {
  test('lists the newest first: who, when, what and how it ended', async () => {
    const root = await changedThrice();
    const { stdout } = await root.run('config', 'history', '--json');
    const { changes } = (JSON.parse(stdout) as { data: { changes: Record<string, unknown>[] } })
      .data;
    expect(changes.map(({ generation }) => generation)).toEqual([3, 2, 1]);
    expect(changes[2]).toMatchObject({
      commandLine: expect.stringContaining('config set debug true'),
      status: 'applied',
      how: 'none',
      files: ['/etc/docker/daemon.json'],
    });
    expect(changes[2]?.user).toBeTruthy();
    expect(Date.parse(String(changes[2]?.when))).toBeGreaterThan(0);
  });

  test('shows a command as it can be typed again', async () => {
    const root = await changedThrice();
    await root.run('config', 'set', 'labels', '["a=b c"]');
    const { stdout } = await root.run('config', 'history');
    expect(stdout).toContain(`config set labels '["a=b c"]'`);
  });

  test('shows one change as a diff', async () => {
    const root = await changedThrice();
    const { stdout } = await root.run('config', 'history', '2');
    expect(stdout).toMatch(/-.*1500/);
    expect(stdout).toMatch(/\+.*1400/);
  });

  test('leaves a damaged entry out', async () => {
    const root = await changedThrice();
    writeFileSync(root.at('var/lib/dockerctl/generations/000002/manifest.json'), '{"gen');
    mkdirSync(root.at('var/lib/dockerctl/generations/000009'));
    const { stdout, status } = await root.run('config', 'history', '--json');
    const { changes } = (JSON.parse(stdout) as { data: { changes: Record<string, unknown>[] } })
      .data;
    expect(status).toBe(0);
    expect(changes.map(({ generation }) => generation)).toEqual([3, 1]);
  });

  test('is for root’s eyes only', async () => {
    const root = await changedThrice();
    const mode = (path: string) => statSync(root.at(path)).mode & 0o777;
    expect(mode('var/lib/dockerctl')).toBe(0o700);
    expect(mode('var/lib/dockerctl/generations/000001')).toBe(0o700);
    expect(mode('var/lib/dockerctl/generations/000001/plan.json')).toBe(0o600);
    expect(mode('var/lib/dockerctl/generations/000001/before/0')).toBe(0o600);
    expect(readFileSync(root.at('var/lib/dockerctl/generations/000001/before/0'), 'utf8')).toBe(
      ORIGINAL,
    );
  });

  test('says so when there is none', async () => {
    const { stdout } = await rootWith('{}').run('config', 'history');
    expect(stdout).toBe('dockerctl has changed nothing on this machine.\n');
  });
});
