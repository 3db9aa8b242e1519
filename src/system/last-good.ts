import { join } from 'node:path';
import type { LastGood } from '../core/desired/wanted-file.js';
import { statePaths } from '../core/state-paths.js';
import type { Host } from '../host/host.js';
import { replaceDurably } from './journal.js';

/** null where nothing is remembered, or nothing that can be read: it is only a help. */
export function readLastGood({ fs, self }: Host): LastGood | null {
  try {
    return JSON.parse(Buffer.from(fs.read(pathFor(self))).toString('utf8')) as LastGood;
  } catch {
    return null;
  }
}

export function writeLastGood(host: Host, lastGood: LastGood): void {
  replaceDurably(host, pathFor(host.self), `${JSON.stringify(lastGood)}\n`);
}

function pathFor(self: Host['self']): string {
  return join(statePaths(self).stateFolder, 'last-good.json');
}
