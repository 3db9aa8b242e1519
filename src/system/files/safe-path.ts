import { isAbsolute, join } from 'node:path';
import { onFile } from '../../core/text/file-error.js';
import { assertSafe, type Care, type Ours, type PathStep } from '../../core/text/safe-path.js';
import type { Host } from '../../host/host.js';
import { givenPath } from './given-path.js';

/** What is written, and who beside us may own it and its folder: the service that it is for. */
export interface Writing {
  readonly care: Care;
  readonly owner?: number | undefined;
}

/**
 * Whether `path` may be written by us, whatever is there: nobody else can have planted it, or a name on the way to it.
 * Reads, follows no link by itself. Throws `file-not-writable`.
 */
export function assertSafePath(host: Host, path: string, { care, owner }: Writing): void {
  onFile(path, 'write', () => {
    assertSafe(path, stepsTo(host, path), { ours: oursOf(host, owner), care });
  });
}

/** What stands under a name now is as good as ours; where a link leads, the way goes on. */
function stepsTo(host: Host, path: string): PathStep[] {
  const { fs } = host;
  const pending = namesOf(isAbsolute(path) ? path : givenPath(host, path));
  const steps: PathStep[] = [];
  let folder = '/';
  for (let name = pending.shift(), links = 0; name !== undefined; name = pending.shift()) {
    const holder = fs.stat(folder);
    const entry = join(folder, name);
    const node = fs.stat(entry);
    if (name === '..') {
      folder = entry;
      continue;
    }
    if (holder === null) break;
    steps.push({ folder, holder, path: entry, node });
    if (node?.kind !== 'link') {
      folder = entry;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) break;
    const target = fs.readLink(entry);
    if (isAbsolute(target)) folder = '/';
    pending.unshift(...namesOf(target));
  }
  return steps;
}

/** Then the kernel says ELOOP to whoever goes that way. */
const MOST_LINKS = 40;

const namesOf = (path: string): string[] =>
  path.split('/').filter((name) => name !== '' && name !== '.');

/** Root, us, who owns the machine (below `--root`, whoever builds it), and the person behind sudo, who names their own places. */
function oursOf({ fs, self }: Host, owner: number | undefined): Ours {
  const top = fs.stat('/');
  const linkers = [0, self.uid, ...(top === null ? [] : [top.uid])];
  const person = self.uid === 0 ? Number(self.env.SUDO_UID ?? 0) : self.uid;
  return {
    linkers,
    uids: [...linkers, person, ...(owner === undefined ? [] : [owner])],
    gids: [0, self.gid],
  };
}
