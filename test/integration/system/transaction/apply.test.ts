import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { secretOf } from '../../../../src/core/plan/content.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readImage } from '../../../../src/system/files/image.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';

function machine(text: string | null) {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  if (text !== null) writeFileSync(join(root, PATH), text);
  const read = (path = PATH) => readFileSync(join(root, path), 'utf8');
  return { host, root, read };
}

/** Everything that is left below the root, dockerctl's own files apart. */
function files(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !path.startsWith('/var/lib/dockerctl') && !path.startsWith('/run/'))
    .sort();
}

describe('applyPlan', () => {
  test('replaces a file byte by byte and leaves nothing beside it', async () => {
    const { host, root, read } = machine('{\r\n\t"debug": false\r\n}');
    const plan = planOf([
      { path: PATH, before: readImage(host, PATH), after: image('{\r\n\t"debug": true\r\n}') },
    ]);
    const outcome = await applyPlan(host, plan, OPTIONS);
    expect(outcome).toMatchObject({ status: 'applied', generation: 1 });
    expect(read()).toBe('{\r\n\t"debug": true\r\n}');
    expect(files(root)).toEqual([PATH]);
    expect(existsSync(join(root, 'var/lib/dockerctl/journal.json'))).toBe(false);
  });

  test('creates a file with its folders, as open as the file', async () => {
    const { host, root, read } = machine(null);
    const path = '/etc/docker/certs.d/reg:5000/ca.crt';
    const key = '/etc/pki/private/key.pem';
    await applyPlan(
      host,
      planOf([
        { path, before: null, after: image('CA') },
        { path: key, before: null, after: image('KEY', 0o600) },
      ]),
      OPTIONS,
    );
    expect(read(path)).toBe('CA');
    expect(statSync(join(root, 'etc/docker/certs.d/reg:5000')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, 'etc/pki')).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, key)).mode & 0o777).toBe(0o600);
  });

  test('deletes a file and prunes the folder that it leaves empty', async () => {
    const { host, root } = machine('{}');
    const path = '/etc/docker/certs.d/reg:5000/ca.crt';
    const folder = '/etc/docker/certs.d/reg:5000';
    await applyPlan(host, planOf([{ path, before: null, after: image('CA') }]), OPTIONS);
    const removal = planOf([{ path, before: readImage(host, path), after: null }], {
      prune: [folder],
    });
    await applyPlan(host, removal, OPTIONS);
    expect(files(root)).toEqual([PATH]);
    expect(existsSync(join(root, folder))).toBe(false);
    expect(existsSync(join(root, 'etc/docker/certs.d'))).toBe(true);
  });

  test('an empty plan is unchanged and writes nothing', async () => {
    const { host, root } = machine('{}');
    expect(await applyPlan(host, planOf([]), OPTIONS)).toMatchObject({ status: 'unchanged' });
    expect(existsSync(join(root, 'var'))).toBe(false);
    expect(existsSync(join(root, 'run'))).toBe(false);
  });

  test('--dry-run writes nothing, not even a lock', async () => {
    const { host, root, read } = machine('{}');
    const plan = planOf([{ path: PATH, before: image('{}'), after: image('{"a":1}') }]);
    const outcome = await applyPlan(host, plan, { ...OPTIONS, dryRun: true });
    expect(outcome).toMatchObject({ status: 'planned', generation: null });
    expect(read()).toBe('{}');
    expect(existsSync(join(root, 'run'))).toBe(false);
  });

  test('below --root the answer says that no daemon was told', async () => {
    const { host } = machine('{}');
    const plan = planOf([{ path: PATH, before: image('{}'), after: image('{"a":1}') }], {
      activation: { action: 'reload', reasons: [] },
    });
    const { pending, activated } = await applyPlan(host, plan, OPTIONS);
    expect(activated).toBeNull();
    expect(pending).toEqual([expect.stringContaining('no daemon was told')]);
  });

  test('a stale plan is refused and changes no file', async () => {
    const { host, root, read } = machine('{"theirs":1}');
    const plan = planOf([
      { path: '/etc/docker/new', before: null, after: image('new') },
      { path: PATH, before: image('{}'), after: image('{"ours":1}') },
    ]);
    await expect(applyPlan(host, plan, OPTIONS)).rejects.toMatchObject({ code: 'stale-plan' });
    expect(read()).toBe('{"theirs":1}');
    expect(files(root)).toEqual([PATH]);
  });

  test('a mode that somebody changed makes a plan stale', async () => {
    const { host, root } = machine('{}');
    chmodSync(join(root, PATH), 0o600);
    const plan = planOf([{ path: PATH, before: image('{}'), after: image('{"a":1}') }]);
    await expect(applyPlan(host, plan, OPTIONS)).rejects.toMatchObject({ code: 'stale-plan' });
  });

  test('a symbolic link stays and its target is edited', async () => {
    const { host, root, read } = machine(null);
    mkdirSync(join(root, 'srv'));
    writeFileSync(join(root, 'srv/daemon.json'), '{}');
    symlinkSync('/srv/daemon.json', join(root, PATH));
    const plan = planOf([{ path: PATH, before: readImage(host, PATH), after: image('{"a":1}') }]);
    await applyPlan(host, plan, OPTIONS);
    expect(read('/srv/daemon.json')).toBe('{"a":1}');
    expect(host.fs.readLink(PATH)).toBe('/srv/daemon.json');
  });

  test.each([
    ['a dangling link', '/srv/none', /does not exist/],
    ['a link into a folder that anybody may write to', '/tmp/daemon.json', /every user may write/],
  ])('%s is refused', async (_, target, message) => {
    const { host, root } = machine(null);
    mkdirSync(join(root, 'tmp'));
    chmodSync(join(root, 'tmp'), 0o1777);
    writeFileSync(join(root, 'tmp/daemon.json'), '{}');
    symlinkSync(target, join(root, PATH));
    const before = readImage(host, PATH);
    const plan = planOf([{ path: PATH, before, after: image('{"a":1}') }]);
    await expect(applyPlan(host, plan, OPTIONS)).rejects.toMatchObject({
      code: 'file-not-writable',
      message: expect.stringMatching(message) as unknown,
    });
  });

  test('a secret travels beside the plan and is never written into dockerctl’s own records', async () => {
    const { host, root, read } = machine(null);
    const bytes = Buffer.from('-----BEGIN PRIVATE KEY-----');
    const content = secretOf(bytes);
    const plan = planOf([
      { path: '/etc/key.pem', before: null, after: { ...image('', 0o600), content } },
    ]);
    await applyPlan(host, plan, { ...OPTIONS, secrets: new Map([[content.secret, bytes]]) });
    expect(read('/etc/key.pem')).toBe(bytes.toString());
    const state = join(root, 'var/lib/dockerctl');
    for (const entry of readdirSync(state, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), 'utf8')).not.toContain('PRIVATE');
  });

  test('a second dockerctl is told who holds the lock', async () => {
    const { host } = machine('{}');
    const plan = planOf([{ path: PATH, before: image('{}'), after: image('{"a":1}') }]);
    mkdirSync(join(host.self.root ?? '', 'run/dockerctl'), { recursive: true });
    const release = await host.fs.lock('/run/dockerctl/lock', 0);
    host.fs.overwrite(
      '/run/dockerctl/lock',
      Buffer.from('{"pid":42,"command":"mirrors clear","since":"2026-01-01T00:00:00.000Z"}'),
    );
    await expect(applyPlan(host, plan, OPTIONS)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('`dockerctl mirrors clear` (pid 42') as unknown,
    });
    await release?.();
    await expect(applyPlan(host, plan, OPTIONS)).resolves.toMatchObject({ status: 'applied' });
  });
});
