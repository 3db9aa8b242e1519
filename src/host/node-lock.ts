import { once } from 'node:events';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { childProcess } from './node-child.js';
import { systemError } from './node-paths.js';

const BUSY = 75;

/** The file of a lock, made where it is not there: a file under its own name, no link and no FIFO. */
export function openLock(path: string): number {
  const { O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
  const file = openSync(path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw systemError('EINVAL', path);
}

/**
 * Node has no flock(2). `flock FD` locks the open file that it inherits from us, and ends: the lock belongs to the open
 * file (flock(2)), so it is ours until we close it, or the kernel does, however we die.
 */
export async function acquireLock(
  file: number,
  waitMs: number,
): Promise<(() => Promise<void>) | null> {
  const release = (): Promise<void> => {
    closeSync(file);
    return Promise.resolve();
  };
  const status = await flock(file, (waitMs / 1000).toFixed(3)).catch(() => null);
  if (status === 0) return release;
  await release();
  if (status === BUSY) return null;
  throw systemError('ENOLCK', 'flock');
}

async function flock(file: number, seconds: string): Promise<number | null> {
  const inherited = 3;
  const child = childProcess().spawn(
    'flock',
    ['--wait', seconds, '--conflict-exit-code', String(BUSY), String(inherited)],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'ignore', 'ignore', file],
      // A session of its own: Ctrl-C at our terminal is ours to answer.
      detached: true,
    },
  );
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}
