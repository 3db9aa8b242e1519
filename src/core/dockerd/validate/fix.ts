import type { Finding } from '../../plan/finding.js';
import { bytesOf, type Document, isDocument, parseDocument } from '../../formats/json/document.js';
import { BOM, decode, encode } from '../../formats/json/syntax/encoding.js';
import { fixText, isAside, withAside } from '../../formats/json/json-fix.js';
import type { Comment } from '../../formats/json/relaxed.js';
import { applyFix, type ConfigFix } from './config-edit.js';
import { validateConfig, type ValidationInput, type ConfigVerdict } from './validate.js';

export interface Fixed {
  readonly bytes: Uint8Array;
  /** Those that had to go from a file that was no strict JSON. */
  readonly comments: readonly Comment[];
}

/** Each round fixes what it sees, and may bring to light what lay behind. */
const MOST_ROUNDS = 20;

/**
 * The file with every mechanical fix applied; null where there is none. What is not fixed keeps its bytes; fixing the answer
 * again gives null.
 */
export function fixConfig(input: ValidationInput): Fixed | null {
  const verdict = validateConfig(input);
  if (fixableOf(verdict, input.bytes).size === 0) return null;
  const spelled = verdict.findings.some(isOfSpelling) ? spelledForOld(input.bytes) : input.bytes;
  const parsed = parseDocument(spelled);
  const fixed = parsed.ok
    ? { document: parsed.document, comments: [], aside: [] }
    : fixText(spelled);
  if (fixed === null) return null;
  let { document } = fixed;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const isJudged = round === 0 && parsed.ok;
    const { fixes } = isJudged ? verdict : validateConfig({ ...input, bytes: bytesOf(document) });
    // Nothing is certain of a value that only its author can correct.
    const sure = [...fixes.values()].filter((fix) => !isAside(JSON.stringify(fix)));
    const next = applyAll(document, sure);
    if (next.text === document.text) break;
    document = next;
  }
  const text = withAside(document.text, fixed.aside);
  const bytes = encode(text, document.encoding);
  return Buffer.from(bytes).equals(input.bytes) ? null : { bytes, comments: fixed.comments };
}

/** The findings of this verdict that `fixConfig` fixes. */
export function fixableOf(
  { findings, fixes }: ConfigVerdict,
  bytes: Uint8Array,
): ReadonlySet<Finding> {
  const fixed = findings.filter((finding) => fixes.has(finding) || isOfSpelling(finding));
  const ofText = findings.filter(isOfText);
  if (fixed.length + ofText.length === 0) return new Set();
  if (isDocument(bytes)) return new Set(fixed);
  const text = fixText(bytes);
  if (text === null) return new Set();
  const isLeft = ({ code, line }: Finding) =>
    text.aside.some((one) => one.code === code && one.line === line);
  return new Set([...fixed, ...ofText.filter((finding) => !isLeft(finding))]);
}

/** What makes the file unreadable is about the whole of it; of what stands behind its end 20.10 takes no notice. */
function isOfText({ code, severity, subject }: Finding): boolean {
  const isIgnored = code === 'second-value' || code === 'early-close';
  return subject === 'daemon.json' && (severity === 'error' || isIgnored);
}

/** What 20.10 refuses of a file that later ones read. */
export function isOfSpelling({ code }: Finding): boolean {
  return code === 'empty-file' || code === 'byte-order-mark';
}

/** As UTF-8 without a byte order mark, with an object in it. */
function spelledForOld(bytes: Uint8Array): Uint8Array {
  const text = decode(bytes).text.replace(BOM, '');
  return Buffer.from(text.trim() === '' ? '{}\n' : text);
}

/** What is removed from a list goes last, from its end, so that no index moves before its turn. */
function applyAll(document: Document, fixes: readonly ConfigFix[]): Document {
  const removals = fixes.filter((fix) => 'remove' in fix);
  const others = fixes.filter((fix) => !('remove' in fix));
  const later = removals.toSorted((a, b) => Number(b.remove.at(-1)) - Number(a.remove.at(-1)) || 0);
  return [...others, ...later].reduce(applyFix, document);
}
