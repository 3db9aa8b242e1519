import type { Finding } from '../../plan/finding.js';
import { bytesOf, type Document, parseDocument } from '../../formats/json/document.js';
import { mendText } from '../../formats/json/json-repair.js';
import type { Comment } from '../../formats/json/relaxed.js';
import { applyCure, type Cure } from './config-edit.js';
import { validateConfig, type ValidationInput, type Verdict } from './validate.js';

export interface Fixed {
  readonly bytes: Uint8Array;
  /** Those that had to go from a file that was no strict JSON. */
  readonly comments: readonly Comment[];
}

/** Each round mends what it sees, and may bring to light what lay behind. */
const MOST_ROUNDS = 20;

/**
 * The file with every mechanical cure applied; null where there is none. What is not mended keeps its bytes; fixing the answer
 * again gives null.
 */
export function fixConfig(input: ValidationInput): Fixed | null {
  const verdict = validateConfig(input);
  if (fixableOf(verdict, input.bytes).size === 0) return null;
  const parsed = parseDocument(input.bytes);
  const mended = parsed.ok ? { document: parsed.document, comments: [] } : mendText(input.bytes);
  if (mended === null) return null;
  let { document } = mended;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { cures } = validateConfig({ ...input, bytes: bytesOf(document) });
    const next = applyAll(document, [...cures.values()]);
    if (next.text === document.text) break;
    document = next;
  }
  const bytes = bytesOf(document);
  return Buffer.from(bytes).equals(input.bytes) ? null : { bytes, comments: mended.comments };
}

/** The findings of this verdict that `fixConfig` mends. */
export function fixableOf({ findings, cures }: Verdict, bytes: Uint8Array): ReadonlySet<Finding> {
  const cured = findings.filter((finding) => cures.has(finding));
  const ofText = findings.filter(isOfText);
  if (cured.length + ofText.length === 0) return new Set();
  if (parseDocument(bytes).ok) return new Set(cured);
  return new Set(mendText(bytes) === null ? [] : [...cured, ...ofText]);
}

/** What makes the file unreadable is about the whole of it. */
function isOfText({ severity, subject }: Finding): boolean {
  return severity === 'error' && subject === 'daemon.json';
}

/** What is removed from a list goes last, from its end, so that no index moves before its turn. */
function applyAll(document: Document, cures: readonly Cure[]): Document {
  const removals = cures.filter((cure) => 'remove' in cure);
  const others = cures.filter((cure) => !('remove' in cure));
  const later = removals.toSorted((a, b) => Number(b.remove.at(-1)) - Number(a.remove.at(-1)) || 0);
  return [...others, ...later].reduce(applyCure, document);
}
