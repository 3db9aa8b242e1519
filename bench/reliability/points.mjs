import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resetRoot, runDriver } from './driver.mjs';

/** Exit status of docs/cli.md. */
const ROLLED_BACK = 4;

/** System calls that change what is on disk, or make it durable. The others only look. */
const CHANGING = new Set([
  'write',
  'pwrite64',
  'fsync',
  'ftruncate',
  'rename',
  'link',
  'unlink',
  'mkdir',
  'rmdir',
  'fchmod',
  'chmod',
  'fchown',
]);

/**
 * Every system call of the main thread on a path below `root`, as strace counts them: per call and with the paths given,
 * so that `when=` names exactly one. All file calls are synchronous, so the order never varies.
 */
export function pointsOf(driver, { root, mode, prepare = () => resetRoot(root) }) {
  prepare();
  const paths = pathsIn(trace(driver, { root, mode, filter: [] }), root);
  prepare();
  const filter = paths.flatMap((path) => ['-P', path]);
  const counts = {};
  const points = trace(driver, { root, mode, filter }).map(({ line }) => {
    const name = /^(\w+)\(/.exec(line)?.[1] ?? '';
    counts[name] = (counts[name] ?? 0) + 1;
    return { name, when: counts[name], changing: changes(name, line), filter };
  });
  return points.filter(({ name }) => name !== '' && name !== 'execve');
}

/** The file calls of one whole transaction, as strace writes them, each path in full: also what a handle's path stands for. */
export function callsOf(driver, { root, mode, prepare }) {
  prepare();
  return trace(driver, { root, mode, filter: [] }).map(({ resolved }) => resolved);
}

/** How `runDriver` is to run with one fault at one point: below strace, which writes the call into `log`. */
export function inject({ name, when, filter }, fault, log = '/dev/null') {
  const argv = ['strace', '-qq', '-o', log, ...filter, '-e', `trace=${name}`];
  return { wrapper: [...argv, '-e', `inject=${name}:${fault}:when=${when}`], log };
}

/** Whether the fault really happened; asks once. */
export function wasInjected({ log }) {
  const text = readFileSync(log, 'utf8');
  rmSync(log);
  return text.includes('(INJECTED)');
}

function changes(name, line) {
  return CHANGING.has(name) || (name.startsWith('open') && line.includes('O_CREAT'));
}

function trace(driver, { root, mode, filter }) {
  const log = join(root, '../trace.log');
  const set = 'trace=%file,%desc';
  const wrapper = ['strace', '-qq', '-y', '-o', log, ...filter, '-e', set];
  const { status, answer } = runDriver(driver, [root, mode], { wrapper });
  // A driver that does nothing would meet no fault and leave nothing behind.
  if (status !== (mode === 'refuse' ? ROLLED_BACK : 0))
    throw new Error(`without any fault the driver says: ${answer} (${status})`);
  const lines = resolveHandles(readFileSync(log, 'utf8').split('\n'));
  rmSync(log);
  return lines.filter(({ resolved }) => resolved.includes(root));
}

/** `/proc/self/fd/N/NAME`, as src/host/node-enter.ts reaches names by handle, with the folder that N is open on. */
function resolveHandles(lines) {
  const folders = new Map();
  return lines.map((line) => {
    const resolved = line.replace(
      /\/proc\/self\/fd\/(\d+)(?=[/"])/g,
      (path, handle) => folders.get(handle) ?? path,
    );
    const [, handle, folder] = /^open.* = (\d+)<([^>]+)>/.exec(line) ?? [];
    if (handle !== undefined) folders.set(handle, folder);
    return { line, resolved };
  });
}

/** What `strace -P` is to look for: each path as a call spells it, and as a descriptor shows it. */
function pathsIn(lines, root) {
  const paths = new Set();
  const pattern = new RegExp(`(?:${root}|/proc/self/fd/)[^"<>]*`, 'g');
  for (const { line } of lines)
    for (const [path] of line.matchAll(pattern)) if (path !== root) paths.add(path);
  return [...paths].filter((path) => !isLock(path));
}

function isLock(path) {
  return path.endsWith('/lock');
}
