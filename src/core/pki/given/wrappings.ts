import { isUtf8 } from 'node:buffer';

/** The characters of a file, as lines that end in a line feed. */
export interface FlatText {
  readonly text: string;
  /** A line of it is one of the file. */
  readonly hasItsLines: boolean;
}

/** Invisible: zero-width characters, soft hyphen, byte order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** What word processors make of hyphens. */
const DASHES = /[\u2010-\u2015\u2212]/g;

/**
 * A text without what chats, consoles and editors do to it: UTF-16, line ends that are escaped (`\n`, as in JSON and YAML,
 * once or twice), `<br>`, carriage returns alone, percent signs, typographic dashes.
 */
export function textOf(bytes: Uint8Array): FlatText {
  const wide = wideText(bytes);
  const raw = wide ?? Buffer.from(bytes).toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  const text = unescaped(raw.includes('BEGIN%20') ? percentDecoded(raw) : raw)
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(/\r\n?/g, '\n');
  return { text, hasItsLines: wide === null && lineFeeds(text) === lineFeeds(raw) };
}

/** UTF-16, as PowerShell and regedit write it, with a byte order mark or without. */
function wideText(bytes: Uint8Array): string | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const mark = first * 256 + second;
  const little = mark === 0xfffe || (first !== 0 && second === 0 && third !== 0 && fourth === 0);
  const big = mark === 0xfeff || (first === 0 && second !== 0 && third === 0 && fourth !== 0);
  if (!little && !big) return null;
  const words = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (big ? words.swap16() : words).toString('utf16le');
}

function unescaped(text: string): string {
  const lined = /<br/i.test(text) ? text.replace(/<br ?\/?>/gi, '\n') : text;
  if (!lined.includes('\\n')) return lined;
  return lined.replace(/\\{1,4}r/g, '').replace(/\\{1,4}n/g, '\n');
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const lineFeeds = (text: string): number => text.split('\n').length;

/** base64 of `-----BEGIN`. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/]*={0,2}/g;

/** What is base64 from end to end, with PEM or DER inside; or base64 of PEM as the value of a key, as in Kubernetes. null: neither. */
export function innerOf(text: string): Buffer | null {
  const body = text.replace(/[\s"']/g, '');
  if (body.length >= 64 && /^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    const inner = Buffer.from(body, 'base64');
    if (inner[0] === 0x30 || inner.includes('-----BEGIN ')) return inner;
  }
  const parts = [...text.matchAll(ENCODED)].map(([part]) => Buffer.from(part, 'base64'));
  return parts.length === 0 ? null : Buffer.concat(parts.flatMap((part) => [part, LINE_FEED]));
}

const LINE_FEED = Buffer.from('\n');
