import { afterChange, type LastGood } from '../../core/declaration/last-good.js';
import type { FileChange } from '../../core/plan/plan.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import type { Host } from '../../host/host.js';
import { replaceDurably } from './journal.js';

/** null where nothing is remembered, or nothing that can be read: it is only a help. */
export function readLastGood({ fs, self }: Host): LastGood | null {
  try {
    return JSON.parse(Buffer.from(fs.read(statePaths(self).lastGood)).toString('utf8')) as LastGood;
  } catch {
    return null;
  }
}

/** null forgets. Where it cannot be written, an older one stays, and the next scan or change tries again. */
export function rememberGood(host: Host, good: LastGood | null): void {
  const { lastGood: path } = statePaths(host.self);
  try {
    if (good !== null) replaceDurably(host, path, `${JSON.stringify(good)}\n`);
    else if (host.fs.stat(path) !== null) host.fs.unlink(path);
  } catch {
    return;
  }
}

interface KeptFile {
  readonly changes: readonly FileChange[];
  /** The daemon.json that dockerd reads, where it was looked at. */
  readonly configPath: string | null;
  /** dockerd runs with it. */
  readonly told: boolean;
}

/** A change of ours that is kept: what it left of daemon.json is what comes back when the file is lost. */
export function rememberChange(host: Host, { changes, configPath, told }: KeptFile): void {
  const known = readLastGood(host);
  const change = changes.find(({ path }) => path === (known?.path ?? configPath));
  if (change !== undefined) rememberGood(host, afterChange(known, change, told));
}
