import { spawn } from 'node:child_process';
import { once } from 'node:events';

const BUSY = 75;

/**
 * Node has no flock(2). A child, `flock FILE cat`, holds the lock as long as our end of its pipe is open:
 * the kernel closes it when we die, however we die. `cat` echoing our line is the sign that the lock is held.
 */
export async function acquireLock(
  path: string,
  waitMs: number,
): Promise<(() => Promise<void>) | null> {
  const seconds = (waitMs / 1000).toFixed(3);
  const holder = spawn(
    'flock',
    ['--wait', seconds, '--conflict-exit-code', String(BUSY), path, 'cat'],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['pipe', 'pipe', 'ignore'],
      // A session of its own: Ctrl-C at our terminal must not release the lock before we are done.
      detached: true,
    },
  );
  holder.stdin.on('error', () => undefined);
  holder.stdin.write('held\n');
  const exit = once(holder, 'exit');
  const held = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    exit.then(([status]) => {
      if (status === BUSY) return false;
      throw Object.assign(new Error(`cannot lock ${path}`), { code: 'ENOLCK', path });
    }),
  ]);
  if (!held) return null;
  holder.unref();
  return async () => {
    // While the lock is held we may end without it; while it is given back the loop must not run dry.
    holder.ref();
    holder.stdin.end();
    await exit;
  };
}
