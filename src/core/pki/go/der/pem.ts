import type { GoRules } from '../rules/generation.js';
import { trimEndOf } from '../../../text/trim-end.js';

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/** A block as Go's encoding/pem finds it. */
export interface GoPemBlock {
  readonly label: string;
  /** Lines like `DEK-Info: …` before its body. */
  readonly hasHeaders: boolean;
  readonly der: Buffer;
}

/**
 * The DER of each block that CertPool.AppendCertsFromPEM takes: of the label CERTIFICATE, without headers. `text` has one
 * character a byte.
 */
export const pemCertificates = (text: string, rules: GoRules): Buffer[] =>
  goPemBlocks(text, rules)
    .filter(({ label, hasHeaders }) => label === 'CERTIFICATE' && !hasHeaders)
    .map(({ der }) => der);

/**
 * The blocks that Go sees (encoding/pem Decode), which are fewer than OpenSSL's: BEGIN and END stand at the start of a
 * line, which a byte order mark or a blank takes from them, and the body is strict base64.
 */
export function goPemBlocks(text: string, { pem }: Pick<GoRules, 'pem'>): GoPemBlock[] {
  const decode = pem === 'BEGIN first' ? fromBegin : fromEnd;
  const found: GoPemBlock[] = [];
  for (let block = decode(text, 0); block !== null; block = decode(text, block.next))
    found.push(block);
  return found;
}

interface LocatedBlock extends GoPemBlock {
  /** Where to look for the next one. */
  readonly next: number;
}

/** Up to 1.24: from each BEGIN to the END that follows it. */
function fromBegin(text: string, start: number): LocatedBlock | null {
  let end = -1;
  for (let begin = nextBegin(text, start); begin >= 0;) {
    const { line, next } = lineAt(text, begin);
    const label = labelIn(line);
    const body = label === null ? next : skipHeaders(text, next);
    if (body === null) return null;
    if (label !== null) {
      const isBare = body === next && text.startsWith(END.slice(1), body);
      if (!isBare && end < body) end = text.indexOf(END, body);
      // Without an END here there is none behind any later BEGIN either.
      if (!isBare && end < 0) return null;
      const at = { label, hasHeaders: body !== next, body, end: isBare ? body - 1 : end };
      const block = blockAt(text, at);
      if (block !== null) return block;
    }
    begin = nextBegin(text, body);
  }
  return null;
}

/** Since 1.27: from each END to the last BEGIN before it. */
function fromEnd(text: string, start: number): LocatedBlock | null {
  for (let from = start; ;) {
    const end = text.indexOf(END, from);
    if (end < 0) return null;
    const begin = text.slice(from, end).lastIndexOf(BEGIN);
    const startsLine = begin === 0 || (begin > 0 && text[from + begin - 1] === '\n');
    const { line, next } = lineAt(text, from + begin + BEGIN.length);
    const label = startsLine ? labelIn(line) : null;
    const body = label === null ? next : skipHeaders(text, next);
    if (body === null) return null;
    from = end + END.length;
    if (label === null) continue;
    const hasHeaders = body !== next;
    if (hasHeaders && from < body) return null;
    const block = hasHeaders && end < body ? null : blockAt(text, { label, hasHeaders, body, end });
    if (block !== null) return block;
  }
}

interface BlockBounds {
  readonly label: string;
  readonly hasHeaders: boolean;
  readonly body: number;
  /** Of the line feed before END. */
  readonly end: number;
}

function blockAt(text: string, { label, hasHeaders, body, end }: BlockBounds): LocatedBlock | null {
  const closing = `${label}${DASHES}`;
  const trailer = end + END.length;
  if (!text.startsWith(closing, trailer)) return null;
  if (lineAt(text, trailer + closing.length).line !== '') return null;
  const dash = text.indexOf('-', body);
  if (dash >= 0 && dash < end) return null;
  const der = base64Of(text.slice(body, Math.max(body, end)));
  return der === null ? null : { label, hasHeaders, der, next: lineAt(text, trailer - 1).next };
}

/** Behind the next BEGIN; -1: there is none. */
function nextBegin(text: string, from: number): number {
  if (text.startsWith(BEGIN, from)) return from + BEGIN.length;
  const feed = text.indexOf(`\n${BEGIN}`, from);
  return feed < 0 ? -1 : feed + 1 + BEGIN.length;
}

const labelIn = (line: string): string | null =>
  line.endsWith(DASHES) ? line.slice(0, -DASHES.length) : null;

/** Where the body begins; null: the text ends before. */
function skipHeaders(text: string, from: number): number | null {
  for (let at = from; at < text.length;) {
    const { line, next } = lineAt(text, at);
    if (!line.includes(':')) return at;
    at = next;
  }
  return null;
}

function lineAt(text: string, from: number): { readonly line: string; readonly next: number } {
  const feed = text.indexOf('\n', from);
  const line = feed < 0 ? text.slice(from) : text.slice(from, feed).replace(/\r$/, '');
  return { line: trimEndOf(line, ' \t'), next: feed < 0 ? text.length : feed + 1 };
}

/** null: no base64 with its padding. */
function base64Of(body: string): Buffer | null {
  const base64 = body.replace(/[ \t\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null;
  return Buffer.from(base64, 'base64');
}
