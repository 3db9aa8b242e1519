import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Host } from '../host/host.js';
import { entriesAfter, journalCursor, type JournalEntry } from './journald.js';
import { readText } from './process.js';

/** Reads what dockerd wrote since the moment it was made. */
export type LogReader = () => Promise<readonly JournalEntry[]>;

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
      const length = (readText(host, SCRIPT_LOG) ?? '').length;
      return () => {
        const lines = (readText(host, SCRIPT_LOG) ?? '').slice(length).split('\n');
        return Promise.resolve(
          lines.filter(Boolean).map((message) => ({ message, invocation: '', timeMs: 0 })),
        );
      };
    }
    case 'process':
    case 'none':
      return () => Promise.resolve([]);
  }
}
