import type { FileImage, Plan } from '../plan.js';
import { type Document, parseDocument } from '../json/document.js';
import { bytesIn, sameBytes } from './file.js';
import type { ObservedDaemon } from './observed.js';
import { readConfig } from './read.js';
import { NEWEST_ENGINE, parseVersion } from './version.js';

/**
 * A plan that takes the last key out of daemon.json leaves the bytes that stood there before dockerctl put keys in: a
 * file that was empty is empty again. `past` are the plans that were carried out, newest first; nobody is followed back
 * past an edit of somebody else.
 */
export function asBeforeTheFirstKey(
  plan: Plan,
  { configPath, version }: Pick<ObservedDaemon, 'configPath' | 'version'>,
  past: Iterable<Plan>,
): Plan {
  const change = plan.changes.find(({ path }) => path === configPath);
  const left = change?.after ?? null;
  if (change === undefined || left === null || !saysNothing(left)) return plan;
  let { before: image } = change;
  for (const { changes } of past) {
    const made = changes.find(({ path }) => path === configPath);
    if (made === undefined) continue;
    if (made.before === null || !sameBytes(made.after, image)) return plan;
    if (saysNothing(made.before) && isRead(made.before, version)) {
      const after = { ...left, content: made.before.content };
      const changes = plan.changes.map((one) => (one === change ? { ...change, after } : one));
      return { ...plan, changes };
    }
    image = made.before;
  }
  return plan;
}

function saysNothing(image: FileImage): boolean {
  const parsed = parseDocument(bytesIn(image));
  return parsed.ok && keyCount(parsed.document) === 0;
}

function keyCount({ root }: Document): number {
  return root?.members.length ?? 0;
}

/** dockerd 20.10 does not start with an empty file. */
function isRead(image: FileImage, version: string | null): boolean {
  const engine = parseVersion(version ?? '') ?? NEWEST_ENGINE;
  return readConfig(bytesIn(image) ?? Buffer.of(), engine).problems.length === 0;
}
