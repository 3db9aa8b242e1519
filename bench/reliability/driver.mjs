import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const SOURCE = fileURLToPath(new URL('../../test/support/transaction-driver.ts', import.meta.url));
const CONFIG = '/etc/docker/daemon.json';
const FOLDERS = { '/docker': null, '/docker/certs.d': null };

/** Everything below /etc before and after the driver's transaction; null is a folder. */
export const BEFORE = {
  ...FOLDERS,
  '/docker/certs.d/old:5000': null,
  '/docker/certs.d/old:5000/ca.crt': 'old CA\n',
  '/docker/daemon.json': '{"old":1}\n',
};
export const AFTER = {
  ...FOLDERS,
  '/docker/certs.d/new:5000': null,
  '/docker/certs.d/new:5000/ca.crt': 'new CA\n',
  '/docker/daemon.json': '{"new":1}\n',
};

/** Bundles the driver as the program is bundled; gives its path. */
export async function buildDriver() {
  const dir = mkdtempSync(join(tmpdir(), 'dockerctl-driver-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  const resolve = { mainFields: ['module', 'main'] };
  const bundle = await rolldown({ input: SOURCE, platform: 'node', resolve });
  await bundle.write({ dir, format: 'cjs', entryFileNames: 'driver.cjs' });
  return join(dir, 'driver.cjs');
}

/** Makes `root` the machine as it is before the transaction; `mounted`: daemon.json is a mount point, as in a container. */
export function resetRoot(root, { mounted = false } = {}) {
  spawnSync('umount', [join(root, CONFIG)]);
  rmSync(join(root, 'etc'), { recursive: true, force: true });
  rmSync(join(root, 'var'), { recursive: true, force: true });
  rmSync(join(root, 'run'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(BEFORE)) {
    const real = join(root, 'etc', path);
    mkdirSync(text === null ? real : dirname(real), { recursive: true });
    if (text !== null) writeFileSync(real, text, { mode: 0o644 });
  }
  if (mounted) mountOver(join(root, CONFIG), join(root, 'outside.json'));
}

function mountOver(path, outside) {
  copyFileSync(path, outside);
  execFileSync('mount', ['--bind', outside, path]);
}

/** Runs the driver, below `wrapper` (strace …) where given. `notes` is what it says beside its answer. */
export function runDriver(driver, [root, mode], { wrapper = [], env = {} } = {}) {
  const [program, ...args] = [...wrapper, process.execPath, driver, root, mode];
  const { NODE_EXTRA_CA_CERTS: _, ...ours } = process.env;
  const ran = spawnSync(program, args, {
    env: { ...ours, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: ran.status, signal: ran.signal, answer: ran.stdout.trim(), notes: ran.stderr };
}

/** What the machine looks like: `before`, `after`, or a description of the mess. */
export function stateOf(root) {
  const found = JSON.stringify(sorted(treeOf(join(root, 'etc'))));
  if (found === JSON.stringify(sorted(BEFORE))) return 'before';
  return found === JSON.stringify(sorted(AFTER)) ? 'after' : found;
}

/** What is kept for good. */
const KEPT = ['generations', 'last-good.json'];

/** Files of dockerctl's own that should be gone once it has ended or recovered. */
export function strayFiles(root) {
  const state = join(root, 'var/lib/dockerctl');
  const names = statSync(state, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(state);
  return names.filter((name) => !KEPT.includes(name));
}

/** daemon.json is never torn, also while nothing has been recovered yet. */
export function isTorn(root) {
  const text = readFileSync(join(root, CONFIG), 'utf8');
  return text !== BEFORE['/docker/daemon.json'] && text !== AFTER['/docker/daemon.json'];
}

function treeOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      return [`/${name}`, statSync(path).isDirectory() ? null : readFileSync(path, 'utf8')];
    }),
  );
}

function sorted(tree) {
  return Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1));
}
