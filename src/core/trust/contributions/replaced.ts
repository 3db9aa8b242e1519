import { dirname, join } from 'node:path';
import { isDockerctlError } from '../../../errors.js';
import { fingerprintOf, sameFingerprint } from '../../plan/content.js';
import type { FileChange, FileImage } from '../../plan/plan.js';
import { fileAt, textAt, type Snapshot } from '../../plan/snapshot.js';
import { mergeLines } from '../../text/line-merge.js';
import { readToml } from '../../formats/toml/toml-edit.js';
import { parseYaml } from '../../formats/yaml-edit.js';
import type { ConsumerName, Machine, RegistryOnMachine } from './consumer.js';

/** One file as it was before we came, and as we left it. */
export interface FileRecord {
  readonly before: FileImage | null;
  /** null where it is of no use: certificates and keys are exchanged whole. */
  readonly after: FileImage | null;
}

/** What one consumer was changed in for one registry; or, for files that registries share, for all of them. */
export interface ReplacedRecord {
  readonly files: Readonly<Record<string, FileRecord>>;
  /** Those that were made; kept in the record of all, since who came first made them for those who follow. */
  readonly folders: readonly string[];
}

export const NO_RECORD: ReplacedRecord = { files: {}, folders: [] };
const SHARED = '.shared';

/** Where the records of one consumer lie. */
export function recordFolder({ records }: Machine, consumer: ConsumerName): string {
  return join(records ?? '/var/lib/dockerctl/replaced', consumer);
}

export function recordPath(
  { machine, registry }: RegistryOnMachine,
  consumer: ConsumerName,
): string {
  return join(recordFolder(machine, consumer), `${registry.name}.json`);
}

export function sharedPath({ machine }: RegistryOnMachine, consumer: ConsumerName): string {
  return join(recordFolder(machine, consumer), `${SHARED}.json`);
}

/** A key that we replaced: its bytes never stand in a record, but beside it, for root alone. */
export function keptKeyPath(
  subject: RegistryOnMachine,
  consumer: ConsumerName,
  path: string,
): string {
  const name = `${subject.registry.name}.${path.replaceAll('/', '%')}`;
  return join(recordFolder(subject.machine, consumer), name);
}

/** null where there is none, or one that nobody can read. */
export function readRecord(snapshot: Snapshot, path: string): ReplacedRecord | null {
  const image = fileAt(snapshot, path);
  if (image === null) return null;
  const known = READ.get(image);
  if (known !== undefined) return known;
  const record = parseRecord(textAt(snapshot, path));
  READ.set(image, record);
  return record;
}

/** The record of all is asked for once a registry: a thousand of them would read a thousand lines as often. */
const READ = new WeakMap<FileImage, ReplacedRecord | null>();

function parseRecord(text: string | null): ReplacedRecord | null {
  if (text === null) return null;
  try {
    const { files, folders } = JSON.parse(text) as Partial<ReplacedRecord>;
    return { files: files ?? {}, folders: folders ?? [] };
  } catch {
    return null;
  }
}

/**
 * What the file was before we came, where it is changed again: what somebody else wrote into it since is theirs, and
 * counts as having been there.
 */
export function beforeUs(known: FileRecord | undefined, now: FileImage | null): FileImage | null {
  if (known === undefined) return now;
  const { before, after } = known;
  if (after === null || now === null || isSame(after, now)) return before;
  const text = merged(known, now);
  if (text === null) return now;
  return text.trim() === '' && before === null ? null : { ...now, content: { text } };
}

/** The change that puts a file back; null where what others wrote into it since stands in the way. */
export function restored(path: string, record: FileRecord, now: FileImage): FileChange | null {
  const { before, after } = record;
  const back = { path, before: now, after: before };
  if (after === null || isSame(after, now)) return back;
  const text = merged(record, now);
  if (text === null || !isRead(path, text)) return null;
  const gone = before === null && text.trim() === '';
  return { ...back, after: gone ? null : { ...(before ?? now), content: { text } } };
}

function merged({ before, after }: FileRecord, now: FileImage): string | null {
  const [ancestor, then, present] = [after, before, now].map((image) =>
    image === null ? '' : 'text' in image.content ? image.content.text : null,
  );
  if (typeof ancestor !== 'string' || typeof then !== 'string' || typeof present !== 'string')
    return null;
  return mergeLines(ancestor, then, present);
}

/** Lines put together need not make sense. */
function isRead(path: string, text: string): boolean {
  try {
    if (path.endsWith('.toml') || path.endsWith('.conf')) readToml({ path, text });
    if (path.endsWith('.yaml')) parseYaml({ path, text });
    return true;
  } catch (error) {
    if (isDockerctlError(error)) return false;
    throw error;
  }
}

function isSame(one: FileImage, other: FileImage): boolean {
  return sameFingerprint(
    { ...fingerprintOf(one), mode: 0, uid: 0, gid: 0 },
    { ...fingerprintOf(other), mode: 0, uid: 0, gid: 0 },
  );
}

/** The folders that a new file makes, innermost first, as far as `snapshot` has seen that they are missing. */
export function newFolders(snapshot: Snapshot, { path, before }: FileChange): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); before === null && snapshot.get(folder) === null;) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return folders;
}
