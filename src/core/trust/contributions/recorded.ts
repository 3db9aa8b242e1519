import { dirname } from 'node:path';
import { isDockerctlError } from '../../../errors.js';
import type { FileChange } from '../../plan/plan.js';
import { fileAt, namesIn, type Snapshot } from '../../plan/snapshot.js';
import type { Consumer, RegistryOnMachine } from './consumer.js';
import { drop, put, type Contribution } from './contribution.js';
import {
  beforeUs,
  keptKeyPath,
  newFolders,
  NO_RECORD,
  readRecord,
  recordFolder,
  recordPath,
  restored,
  sharedPath,
  type FileRecord,
  type ReplacedRecord,
} from './replaced.js';

/** Exchanged whole, and gone with the trust whatever somebody made of them. */
const CERTIFICATE = /\.(?:crt|cert|key)$/;

/**
 * The consumer, with what it replaces recorded in the same plan: taking a registry back leaves every file as it was, but for
 * what others wrote since. A registry without a record (it was added by hand) is taken back by the consumer's own rules.
 */
export function recorded<Request extends RegistryOnMachine>(
  consumer: Consumer<Request>,
): Consumer<Request> {
  const { name } = consumer;
  return {
    ...consumer,

    reads: (subject, snapshot) => [
      ...consumer.reads(subject, snapshot),
      ...foldersOf(consumer, subject, snapshot),
      recordFolder(subject.machine, name),
      recordPath(subject, name),
      sharedPath(subject, name),
      ...Object.entries(readRecord(snapshot, recordPath(subject, name))?.files ?? {}).flatMap(
        ([path]) => (path.endsWith('.key') ? [path, keptKeyPath(subject, name, path)] : [path]),
      ),
      ...Object.keys(readRecord(snapshot, sharedPath(subject, name))?.files ?? {}),
    ],

    add(request, snapshot) {
      const share = consumer.add(request, snapshot);
      if (share.changes.length === 0) return share;
      const changes = [...share.changes, ...record(consumer, { request, snapshot }, share.changes)];
      return { ...share, changes };
    },

    remove(subject, snapshot) {
      const own = readRecord(snapshot, recordPath(subject, name));
      const share = consumer.remove(subject, snapshot);
      return own === null ? share : giveBack(consumer, { subject, snapshot, own, share });
    },
  };
}

/** For a consumer that needs nothing, where others are given something: what it has now was there before. */
export function recordAsItIs(
  consumer: Removes,
  subject: RegistryOnMachine,
  snapshot: Snapshot,
): FileChange[] {
  const path = recordPath(subject, consumer.name);
  if (consumer.shared === undefined || readRecord(snapshot, path) !== null) return [];
  return consumer.remove(subject, snapshot).changes.length === 0
    ? []
    : write(snapshot, path, NO_RECORD);
}

/** What its taking back would prune, with what lies above: which of them are there already must be seen. */
function foldersOf(consumer: Removes, subject: RegistryOnMachine, snapshot: Snapshot): string[] {
  try {
    return consumer.remove(subject, snapshot).prune.flatMap((folder) => [folder, dirname(folder)]);
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}

/** What taking back needs of a consumer, whatever it is given. */
type Removes = Omit<Consumer, 'add'>;

interface Added {
  readonly request: RegistryOnMachine;
  readonly snapshot: Snapshot;
}

function record(
  { name, shared = [] }: Removes,
  { request, snapshot }: Added,
  changes: readonly FileChange[],
): FileChange[] {
  const paths = { own: recordPath(request, name), shared: sharedPath(request, name) };
  const known = {
    own: readRecord(snapshot, paths.own) ?? NO_RECORD,
    shared: readRecord(snapshot, paths.shared) ?? NO_RECORD,
  };
  const files = { own: { ...known.own.files }, shared: { ...known.shared.files } };
  const folders = [...known.shared.folders];
  const keys: FileChange[] = [];
  for (const change of changes) {
    const where = isShared(shared, change.path) ? 'shared' : 'own';
    const there = files[where][change.path];
    files[where][change.path] = recordOf(there, change);
    folders.push(...newFolders(snapshot, change));
    if (there === undefined) keys.push(...keepKey(request, { name, snapshot }, change));
  }
  return [
    ...keys,
    ...write(snapshot, paths.own, { files: files.own, folders: [] }),
    ...write(snapshot, paths.shared, { files: files.shared, folders: [...new Set(folders)] }),
  ];
}

function recordOf(known: FileRecord | undefined, { path, before, after }: FileChange): FileRecord {
  if (CERTIFICATE.test(path))
    return { before: known === undefined ? before : known.before, after: null };
  return { before: beforeUs(known, before), after };
}

function keepKey(
  subject: RegistryOnMachine,
  { name, snapshot }: { readonly name: Consumer['name']; readonly snapshot: Snapshot },
  { path, before }: FileChange,
): FileChange[] {
  if (before === null || !('secret' in before.content)) return [];
  const { content } = before;
  return put(snapshot, keptKeyPath(subject, name, path), { content, mode: 0o600 });
}

interface Removal {
  readonly subject: RegistryOnMachine;
  readonly snapshot: Snapshot;
  readonly own: ReplacedRecord;
  /** By the consumer's own rules. */
  readonly share: Contribution;
}

function giveBack(consumer: Removes, removal: Removal): Contribution {
  const { subject, snapshot, own, share } = removal;
  const { name } = consumer;
  const folder = recordFolder(subject.machine, name);
  const mine = `${subject.registry.name}.json`;
  const others = namesIn(snapshot, folder).some(
    (one) => one.endsWith('.json') && one !== mine && !one.startsWith('.'),
  );
  const changes = [
    ...Object.entries(own.files).flatMap(([path, one]) => back(removal, path, one)),
    ...(others ? sharedStays(consumer, removal) : sharedBack(consumer, removal)),
  ];
  const keys = Object.keys(own.files)
    .filter((path) => path.endsWith('.key'))
    .flatMap((path) => drop(snapshot, keptKeyPath(subject, name, path)));
  const seen = new Set(changes.map(({ path }) => path));
  const stays = share.changes
    .filter(({ path }) => !seen.has(path) && CERTIFICATE.test(path))
    .map(({ path }) => `${path} is not of dockerctl's making and stays: it is still trusted`);
  const follows = consumer.follow?.(changes) ?? { refresh: [], notes: [] };
  return {
    ...share,
    changes: [...changes, ...keys, ...drop(snapshot, recordPath(subject, name))],
    prune: [...madeBy(consumer, removal), folder, dirname(folder)],
    refresh: follows.refresh,
    notes: [...follows.notes, ...stays],
  };
}

/** A folder, which ends with a slash, stands for all of its files. */
function isShared(shared: readonly string[], path: string): boolean {
  return shared.some((one) => one === path || (one.endsWith('/') && path.startsWith(one)));
}

/** Innermost first; those in which something else is stay. */
function madeBy({ name }: Removes, { subject, snapshot }: Removal): string[] {
  const { folders } = readRecord(snapshot, sharedPath(subject, name)) ?? NO_RECORD;
  return folders.toSorted((one, other) => other.length - one.length);
}

/** By the record; where that cannot be, as the consumer itself would. */
function back({ snapshot, share }: Removal, path: string, known: FileRecord): FileChange[] {
  const now = fileAt(snapshot, path);
  if (now === null) {
    const { before: image, after } = known;
    const ours = after === null && !CERTIFICATE.test(path);
    return ours && image !== null ? [{ path, before: null, after: image }] : [];
  }
  const taken = known.after === null && !CERTIFICATE.test(path);
  const change =
    (taken ? null : restored(path, known, now)) ?? share.changes.find((one) => one.path === path);
  return change === undefined || isNothing(change) ? [] : [change];
}

function isNothing({ before, after }: FileChange): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** The last of our registries goes: what they shared is as it was. */
function sharedBack({ name }: Removes, removal: Removal): FileChange[] {
  const { subject, snapshot } = removal;
  const path = sharedPath(subject, name);
  const { files } = readRecord(snapshot, path) ?? NO_RECORD;
  return [
    ...Object.entries(files).flatMap(([file, known]) => back(removal, file, known)),
    ...drop(snapshot, path),
  ];
}

/** Others of ours are in these files still: only what is of this registry goes. */
function sharedStays(
  { name, shared = [] }: Removes,
  { subject, snapshot, share }: Removal,
): FileChange[] {
  const path = sharedPath(subject, name);
  const known = readRecord(snapshot, path);
  const changes = share.changes.filter((change) => isShared(shared, change.path));
  if (known === null || changes.length === 0) return changes;
  const left = changes.flatMap(({ path: file, before, after }) => {
    const one = known.files[file];
    return one === undefined ? [] : [[file, { before: beforeUs(one, before), after }] as const];
  });
  const files = { ...known.files, ...Object.fromEntries(left) };
  return [...changes, ...write(snapshot, path, { files, folders: known.folders })];
}

function write(snapshot: Snapshot, path: string, value: ReplacedRecord): FileChange[] {
  const text = `${JSON.stringify(value)}\n`;
  return put(snapshot, path, { content: { text }, mode: 0o600 });
}
