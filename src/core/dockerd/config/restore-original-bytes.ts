import type { FileImage, Plan } from '../../plan/plan.js';
import type { Json } from '../../formats/json/json-object.js';
import { differencesOf } from '../../formats/json/difference.js';
import { readableConfig } from './edit.js';
import { bytesIn, sameBytes } from './file.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { readConfig } from './read.js';
import { engineOf } from '../options/keys/version.js';

/**
 * A plan that takes a key out of daemon.json leaves the bytes that stood there before dockerctl put it in, where they say
 * the same: a file that was empty is empty again, and so is a list. `past` are the plans that were carried out, newest
 * first; nobody is followed back past an edit of somebody else.
 */
export function asBeforeTheKey(
  plan: Plan,
  { configPath, version }: Pick<ObservedDaemon, 'configPath' | 'version'>,
  past: Iterable<Plan>,
): Plan {
  const change = plan.changes.find(({ path }) => path === configPath);
  const left = change?.after ?? null;
  if (change === undefined || left === null || !takesKeyOut(change.before, left)) return plan;
  let { before: image } = change;
  for (const { changes } of past) {
    const made = changes.find(({ path }) => path === configPath);
    if (made === undefined) continue;
    if (made.before === null || !sameBytes(made.after, image)) return plan;
    if (saysTheSame(left, made.before) && isRead(made.before, version)) {
      const after = { ...left, content: made.before.content };
      const changes = plan.changes.map((one) => (one === change ? { ...change, after } : one));
      return { ...plan, changes };
    }
    image = made.before;
  }
  return plan;
}

function takesKeyOut(before: FileImage | null, left: FileImage): boolean {
  const now = readableConfig(left);
  return (
    now !== null &&
    Object.keys(readableConfig(before) ?? {}).some((key) => !Object.hasOwn(now, key))
  );
}

/** No list and an empty one are the same to who adds an entry and removes it. */
function saysTheSame(left: FileImage, before: FileImage): boolean {
  const [now, then] = [readableConfig(left), readableConfig(before)];
  return (
    now !== null &&
    then !== null &&
    differencesOf(now, then).every(
      (difference) => difference.kind === 'added' && isEmptyList(difference.after),
    )
  );
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** dockerd 20.10 does not start with an empty file. */
function isRead(image: FileImage, version: string | null): boolean {
  const engine = engineOf(version);
  return readConfig(bytesIn(image) ?? Buffer.of(), engine).problems.length === 0;
}
