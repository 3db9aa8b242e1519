import { declarationPaths } from '../../core/declaration/declaration-paths.js';
import { onFile } from '../../core/text/file-error.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { makeFolders } from './folder.js';
import { assertSafePath } from './safe-path.js';
import { hasOpen, isStopped } from '../systemd/process.js';

/** Who holds the lock, as the holder wrote it. */
interface Holder {
  readonly pid: number;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/**
 * The lock that every changing dockerctl takes. The kernel releases it when we die.
 * @throws locked, naming the holder, when another has it for longer than `waitMs`
 */
export async function takeLock(
  host: Host,
  { waitMs, command }: { readonly waitMs: number; readonly command: string },
): Promise<() => Promise<void>> {
  const { lock, runFolder } = statePaths(host.self);
  assertOwnPlaces(host);
  makeFolders(host, runFolder, 0o700);
  createIfMissing(host, lock);
  const release = await host.fs.lock(lock, waitMs);
  if (release === null) throw held(host, lock);
  sign(host, lock, command);
  return release;
}

/** Holds it for as long as `action` takes. @throws as takeLock does, and what `action` throws */
export async function withLock<Result>(
  host: Host,
  {
    lockTimeoutMs: waitMs,
    commandLine: command,
  }: { readonly lockTimeoutMs: number; readonly commandLine: string },
  action: () => Promise<Result>,
): Promise<Result> {
  const release = await takeLock(host, { waitMs, command });
  try {
    return await action();
  } finally {
    await release();
  }
}

/**
 * What we keep, and what we do as it is declared, nobody else may write or exchange: a link of root's to a folder of
 * somebody else is no place for it either. Throws `file-not-writable`.
 */
export function assertOwnPlaces(host: Host): void {
  const { lock, stateFolder, journal, generations } = statePaths(host.self);
  const { file, fragments } = declarationPaths(host.self);
  for (const path of [lock, stateFolder, journal, generations, file, fragments])
    assertSafePath(host, path, { care: 'name' });
}

/**
 * Ends a dockerctl that holds the lock and was stopped (SIGSTOP): it would keep everybody out for ever, and what it began
 * is taken back by whoever has the lock next, as after any `kill -9`.
 */
export function endStoppedHolder(host: Host): void {
  const { lock } = statePaths(host.self);
  const pid = readHolder(host, lock)?.pid;
  if (pid !== undefined && isStopped(host, pid) && hasOpen(host, pid, lock))
    host.exec.kill(pid, 'SIGKILL');
}

function createIfMissing({ fs }: Host, lock: string): void {
  onFile(lock, 'write', () => {
    if (fs.stat(lock) === null) fs.append(lock, new Uint8Array());
  });
}

/** Only for the words of others: the lock is held without it. */
function sign(host: Host, lock: string, command: string): void {
  const since = new Date(host.clock.now()).toISOString();
  const holder: Holder = { pid: host.self.pid, command, since };
  try {
    host.fs.overwrite(lock, Buffer.from(`${JSON.stringify(holder)}\n`));
  } catch {
    return;
  }
}

function held(host: Host, lock: string): DockerctlError {
  const holder = readHolder(host, lock);
  const who =
    holder === null
      ? 'another dockerctl'
      : `\`dockerctl ${holder.command}\` (pid ${holder.pid}, since ${holder.since})`;
  return new DockerctlError({
    code: 'locked',
    message: `${who} is changing this machine`,
    hint: 'wait until it is done, or wait longer for it: --lock-timeout 300',
    details: { holder },
  });
}

function readHolder({ fs }: Host, lock: string): Holder | null {
  try {
    const holder = JSON.parse(Buffer.from(fs.read(lock)).toString('utf8')) as Partial<Holder>;
    const { pid, command, since } = holder;
    const whole =
      typeof pid === 'number' && typeof command === 'string' && typeof since === 'string';
    return whole ? { pid, command, since } : null;
  } catch {
    return null;
  }
}
