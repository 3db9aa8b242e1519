import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import {
  entriesAfter,
  followEntries,
  isJournalClosed,
  journalCursor,
  lastEntries,
  type ServiceMessage,
} from '../systemd/journald.js';
import { readText } from '../systemd/process.js';

/** Reads what dockerd wrote since the moment it was made. */
export type LogReader = () => Promise<readonly ServiceMessage[]>;

/** Where Debian's service script sends what dockerd prints. */
const SCRIPT_LOG = '/var/log/docker.log';

/** The journal under systemd, the log file of a service script; a bare process leaves nothing to read. */
export async function logSinceNow(
  host: Host,
  { manager }: Pick<ObservedDaemon, 'manager'>,
): Promise<LogReader> {
  switch (manager.kind) {
    case 'systemd': {
      const cursor = await journalCursor(host, manager);
      return () => entriesAfter(host, manager, cursor);
    }
    case 'sysv': {
      const lines = scriptLog(host).length;
      return () => Promise.resolve(scriptLog(host).slice(lines));
    }
    case 'process':
    case 'none':
      return () => Promise.resolve([]);
  }
}

/**
 * The last `count` lines that dockerd wrote, oldest first, and with `follow` those to come.
 * @throws no-daemon where nobody keeps them; not-permitted where others may read them
 */
export async function* daemonLog(
  host: Host,
  { manager }: Pick<ObservedDaemon, 'manager'>,
  { count, follow }: { readonly count: number; readonly follow: boolean },
): AsyncGenerator<ServiceMessage> {
  switch (manager.kind) {
    case 'systemd':
      if (await isJournalClosed(host, manager)) throw closed();
      if (follow) yield* followEntries(host, manager, { count, signal: NEVER });
      else yield* await lastEntries(host, manager, count);
      return;
    case 'sysv':
      yield* count === 0 ? [] : scriptLog(host).slice(-count);
      return;
    case 'process':
    case 'none':
      throw notKept();
  }
}

/** Ctrl-C ends us and journalctl together. */
const NEVER = new AbortController().signal;

function scriptLog(host: Host): ServiceMessage[] {
  return (readText(host, SCRIPT_LOG) ?? '')
    .split('\n')
    .filter(Boolean)
    .map((message) => ({ message, invocation: '', timeMs: 0 }));
}

function closed(): DockerctlError {
  return new DockerctlError({
    code: 'not-permitted',
    message: 'The journal is closed to this user, so what dockerd wrote cannot be read.',
    hint: 'run it again with sudo, or join the group systemd-journal',
  });
}

function notKept(): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message: 'no systemd or service script started a dockerd here, so nobody kept what it wrote',
    hint: 'look where dockerd was started, or see `dockerctl daemon status`',
  });
}
