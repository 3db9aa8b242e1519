import { join } from 'node:path';
import { addEntries } from '../../dockerd/options/entries.js';
import { INSECURE } from '../../dockerd/options/insecure.js';
import { type Document, parseDocument, parseText } from '../../formats/json/document.js';
import type { FileChange } from '../../plan/plan.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';
import type { RegistryOnMachine } from './consumer.js';
import { put } from './contribution.js';
import { readRecord, recordFolder, recordPath } from './replaced.js';

/**
 * What a registry's entry in insecure-registries was when its CA was added: whoever takes the CA back leaves the entry, and
 * daemon.json, as they were. Beside the record of what docker's folder held, for root alone.
 */
export interface InsecureBefore {
  /** The entry is of `add-registry --insecure`, and goes with the trust. */
  readonly ours?: true;
  /** The text of daemon.json before somebody agreed that the entry goes, and after; absent where it stayed. */
  readonly taken?: { readonly before: string; readonly after: string };
}

export function insecureBeforePath({ machine, registry }: RegistryOnMachine): string {
  return join(recordFolder(machine, 'docker'), `${registry.name}.insecure`);
}

/** null: it did not stand there, or nobody recorded it. */
export function readInsecureBefore(
  subject: RegistryOnMachine,
  snapshot: Snapshot,
): InsecureBefore | null {
  const text = textAt(snapshot, insecureBeforePath(subject));
  if (text === null) return null;
  try {
    return JSON.parse(text) as InsecureBefore;
  } catch {
    return {};
  }
}

export function putInsecureBefore(
  subject: RegistryOnMachine,
  snapshot: Snapshot,
  known: InsecureBefore,
): FileChange[] {
  const text = `${JSON.stringify(known)}\n`;
  return put(snapshot, insecureBeforePath(subject), { content: { text }, mode: 0o600 });
}

/** With the first of our changes to docker's folder: that the entry was there before. */
export function recordInsecure(
  subject: RegistryOnMachine,
  snapshot: Snapshot,
  changes: readonly FileChange[],
): FileChange[] {
  const own = recordPath(subject, 'docker');
  const isFirst = changes.some(({ path }) => path === own) && readRecord(snapshot, own) === null;
  const isKnown = readInsecureBefore(subject, snapshot) !== null;
  return isFirst && !isKnown ? putInsecureBefore(subject, snapshot, {}) : [];
}

/** What was taken out of daemon.json, for `taken`; undefined for a file that is not plain JSON. */
export function takenOut(
  before: Uint8Array | null,
  after: Uint8Array | null,
): InsecureBefore['taken'] {
  const [then, now] = [parseDocument(before), parseDocument(after)];
  return then.ok && now.ok ? { before: then.document.text, after: now.document.text } : undefined;
}

/** daemon.json with the entry again: the very text where nobody wrote into the file since. */
export function withInsecureAgain(
  document: Document,
  name: string,
  { taken }: InsecureBefore,
): Document {
  if (taken?.after === document.text) {
    const parsed = parseText(taken.before, document.encoding);
    if (parsed.ok) return parsed.document;
  }
  return addEntries(document, INSECURE, [name]);
}
