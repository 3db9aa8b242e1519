import { contentOf } from '../../plan/content.js';
import { bytesOf as fileBytes, type Document, parseDocument } from '../../formats/json/document.js';
import { get, remove, set } from '../../formats/json/json-edit.js';
import { openDocument } from '../../formats/json/open.js';
import { asClosedAs, holdsSecret } from '../../plan/derived-file.js';
import { shellWord } from '../../text/shell-word.js';
import { redactText } from '../../text/redact.js';
import { type Comment, commentsText, relax } from '../../formats/json/relaxed.js';
import type { FileChange, FileImage, Plan } from '../../plan/plan.js';
import { type DaemonConfig, decideActivation } from '../activation/activation.js';
import { clearingValue } from '../options/keys/keys.js';
import { changedKeys, sameMeaning } from '../options/meaning.js';
import { leftInKernel, limitsOf } from '../running/after-change.js';
import { runningConfig, runningWithoutFile } from '../running/running-config.js';
import { bytesIn } from './file.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { engineOf } from '../options/keys/version.js';

/** What an operator wants of daemon.json. */
export interface DaemonEdit {
  /** For the plan and history: `mirrors set https://mirror.example.com`. */
  readonly title: string;
  /** The key that the operator asked for: it shall be in force afterwards, also where the file has the value already. */
  readonly key?: string;
  /** It takes the whole of `key` out of the file: that a flag gives it too is no reason against it. */
  readonly isRemoval?: boolean;
  readonly edit: (document: Document, observed: ObservedDaemon) => Document;
  /** What the operator should know; `before` is the file as it was. */
  readonly notes?: (before: Document) => readonly string[];
}

export interface EditOptions {
  readonly activate: 'auto' | 'reload' | 'restart' | 'never';
  /**
   * The operator agreed that a file with comments is rewritten as strict JSON: the side file of the comments as it is
   * now, null when there is none. Absent: such a file is the error `not-strict-json`.
   */
  readonly convert?: { readonly commentsFile: FileImage | null };
}

/** Where comments go that cannot stay in daemon.json. */
export function commentsPath(configPath: string): string {
  return `${configPath}.comments`;
}

export function configOf(document: Document): DaemonConfig {
  return get(document, []) as DaemonConfig;
}

/** A file that dockerd cannot read is not what it runs with. */
export function configIn(image: FileImage | null): DaemonConfig {
  return readableConfig(image) ?? {};
}

/** null for a file that dockerd cannot read. */
export function readableConfig(image: FileImage | null): DaemonConfig | null {
  const parsed = parseDocument(bytesIn(image));
  return parsed.ok ? configOf(parsed.document) : null;
}

/** What dockerd has of a daemon.json that is about to be another. */
export function runningIn(observed: ObservedDaemon, { before, after }: FileChange): DaemonConfig {
  const parsed = parseDocument(bytesIn(before));
  if (!parsed.ok) return runningWithoutFile(observed, configIn(after));
  return runningConfig(observed, parsed.document, { after: configIn(after), asked: [] });
}

/** The plan that carries out an edit of daemon.json; empty when the edit changes no byte. */
export function planDaemonEdit(
  observed: ObservedDaemon,
  { title, key, edit, notes }: DaemonEdit,
  options: EditOptions,
): Plan {
  const bytes = bytesIn(observed.configFile);
  const { document: before, comments } = readable(bytes, observed.configPath, options);
  const wanted = { document: edit(before, observed), comments };
  // A file that dockerd cannot read is not what it runs with.
  const running =
    comments === null
      ? runningConfig(observed, before, {
          after: configOf(wanted.document),
          asked: key === undefined ? [] : [key],
        })
      : runningWithoutFile(observed, configOf(wanted.document));
  const plan = planOf(observed, { title, before, running, wanted }, options);
  return { ...plan, notes: [...(notes?.(before) ?? []), ...plan.notes] };
}

/** The plan that makes these bytes the daemon.json, whatever is there now. Throws as `openDocument` does. */
export function planDaemonReplacement(
  observed: ObservedDaemon,
  { title, bytes }: { readonly title: string; readonly bytes: Uint8Array },
  options: EditOptions,
): Plan {
  const wanted = readable(bytes, observed.configPath, options);
  const old = parseDocument(bytesIn(observed.configFile));
  const after = configOf(wanted.document);
  const running = old.ok
    ? runningConfig(observed, old.document, { after, asked: [] })
    : runningWithoutFile(observed, after);
  return planOf(observed, { title, running, wanted }, options);
}

interface Wanted {
  readonly title: string;
  /** The file as it was, where what is wanted was made from it. */
  readonly before?: Document;
  /** What dockerd has from the file as it was. */
  readonly running: DaemonConfig;
  readonly wanted: Readable;
}

function planOf(
  observed: ObservedDaemon,
  { title, before, running, wanted: { document, comments } }: Wanted,
  options: EditOptions,
): Plan {
  const cleared =
    options.activate === 'restart' ? [] : keysToClear(running, configOf(document), observed);
  const names = cleared.map(({ name }) => [name]);
  // Where removing was all that was wanted, the empty value stands where the old one stood.
  const inPlace = before !== undefined && names.reduce(remove, before).text === document.text;
  const after = cleared.reduce(
    (text, { name, value }) => set(text, [name], value),
    inPlace ? before : document,
  );
  const decision = decideActivation(running, configOf(after), observed);
  const change = changeOf(observed, after);
  return {
    title: redactText(title),
    changes: [...commentsChange(observed, comments, options), ...change],
    prune: [],
    refresh: [],
    activation: decision.activation,
    expect: decision.expect,
    notes: [
      ...openSecretNotes(observed, change),
      ...conversionNotes(observed, comments),
      ...cleared.map(({ name, value }) => clearedNote(name, JSON.stringify(value))),
      ...decision.notes,
      ...leftInKernel(running, configOf(after), engineOf(observed.version)),
      ...(hasContainers(observed) ? limitsOf(changedKeys(running, configOf(after))) : []),
    ],
  };
}

/** Stopped ones too: what they were made with stays. */
function hasContainers({ containers, info }: ObservedDaemon): boolean {
  return containers.length > 0 || Number(info?.Containers ?? 0) > 0;
}

interface Readable {
  readonly document: Document;
  /** null: the file is strict JSON as it is. */
  readonly comments: readonly Comment[] | null;
}

function readable(bytes: Uint8Array | null, path: string, { convert }: EditOptions): Readable {
  const relaxed = convert === undefined || bytes === null ? null : relax(bytes);
  if (relaxed?.ok !== true) return { document: openDocument(bytes, path), comments: null };
  const same = Buffer.from(fileBytes(relaxed.document)).equals(bytes ?? Buffer.of());
  return { document: relaxed.document, comments: same ? null : relaxed.comments };
}

/**
 * The keys that are gone from `now` and would stay in force through a reload of a running dockerd
 * (moby daemon/reload.go asks IsValueSet), with the value that clears each.
 */
export function keysToClear(old: DaemonConfig, now: DaemonConfig, observed: ObservedDaemon) {
  if (observed.state !== 'running') return [];
  const engine = engineOf(observed.version);
  const cleared = Object.keys(old).flatMap((name) => {
    const value = clearingValue(name, engine);
    const stays = Object.hasOwn(now, name) || sameMeaning(name, old[name], undefined);
    return stays || value === undefined ? [] : [{ name, value }];
  });
  // A restart takes them back by itself.
  const names = new Set(cleared.map(({ name }) => name));
  const rest = (config: DaemonConfig): DaemonConfig =>
    Object.fromEntries(Object.entries(config).filter(([name]) => !names.has(name)));
  const { action } = decideActivation(rest(old), rest(now), observed).activation;
  return action === 'restart' ? [] : cleared;
}

function changeOf({ configFile, configPath }: ObservedDaemon, after: Document): FileChange[] {
  const bytes = Buffer.from(fileBytes(after));
  const old = bytesIn(configFile);
  if (old === null ? bytes.length === 0 : bytes.equals(old)) return [];
  return [{ path: configPath, before: configFile, after: imageLike(configFile, bytes) }];
}

function commentsChange(
  { configFile, configPath }: ObservedDaemon,
  comments: readonly Comment[] | null,
  { convert }: EditOptions,
): FileChange[] {
  if (convert === undefined || comments === null || comments.length === 0) return [];
  const before = convert.commentsFile;
  const bytes = Buffer.concat([
    bytesIn(before) ?? Buffer.of(),
    Buffer.from(commentsText(configPath, comments)),
  ]);
  const after = asClosedAs(imageLike(before ?? configFile, bytes), configFile);
  return [{ path: commentsPath(configPath), before, after }];
}

/** A file that is there keeps its rights; a new one with a secret in it is for root alone. */
function imageLike(old: FileImage | null, bytes: Uint8Array): FileImage {
  const { mode, uid, gid } = old ?? { mode: 0o644, uid: 0, gid: 0 };
  const image = { content: contentOf(bytes), mode, uid, gid };
  return old === null && holdsSecret(image) ? { ...image, mode: 0o600 } : image;
}

/** dockerd reads its file as root: nobody else has to. */
function openSecretNotes(
  { configPath, configFile }: ObservedDaemon,
  after: FileChange[],
): string[] {
  const image = after[0]?.after ?? null;
  const isNew = holdsSecret(image) && !holdsSecret(configFile);
  return isNew && (image.mode & 0o044) !== 0
    ? [
        `a secret now stands in ${configPath}, which others may read (mode ${image.mode.toString(8)}): \`chmod 600 ${shellWord(configPath)}\``,
      ]
    : [];
}

function conversionNotes(
  { configPath }: ObservedDaemon,
  comments: readonly Comment[] | null,
): string[] {
  if (comments === null) return [];
  const kept =
    comments.length === 0 ? '' : `; its comments are kept in ${commentsPath(configPath)}`;
  return [`${configPath} was not strict JSON, which is all that dockerd reads, and is now${kept}.`];
}

function clearedNote(name: string, value: string): string {
  return `"${name}": ${value} is written instead of leaving ${name} out: on a reload dockerd keeps the old value of a key that is gone.`;
}
