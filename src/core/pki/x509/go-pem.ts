/** A block as Go's encoding/pem finds it. */
export interface GoPemBlock {
  readonly label: string;
  /** Lines like `DEK-Info: …` before its body. */
  readonly hasHeaders: boolean;
  readonly der: Buffer;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/**
 * The blocks that dockerd, containerd and podman see in a file (Go encoding/pem, Decode), which are fewer than OpenSSL's:
 * BEGIN and END stand at the start of a line, which a byte order mark takes from them, and the body is strict base64.
 * `text` is one character a byte (latin1).
 */
export function goPemBlocks(text: string): GoPemBlock[] {
  const blocks: GoPemBlock[] = [];
  let end = -1;
  for (let begin = nextBegin(text, 0); begin >= 0;) {
    const { line, next } = lineAt(text, begin + BEGIN.length);
    const body = skipHeaders(text, next);
    if (end < body - 1) end = text.indexOf(END, body - 1);
    if (end < 0) return blocks;
    const label = line.endsWith(DASHES) ? line.slice(0, -DASHES.length) : null;
    const closing = lineAt(text, end + END.length);
    const der = closing.line === line ? decoded(text.slice(body, Math.max(body, end))) : null;
    if (label === null || der === null) {
      begin = nextBegin(text, next);
    } else {
      blocks.push({ label, hasHeaders: body !== next, der });
      begin = nextBegin(text, closing.next);
    }
  }
  return blocks;
}

/** -1: none. */
function nextBegin(text: string, from: number): number {
  if (text.startsWith(BEGIN, from)) return from;
  const found = text.indexOf(`\n${BEGIN}`, from);
  return found < 0 ? -1 : found + 1;
}

function skipHeaders(text: string, from: number): number {
  let at = from;
  for (;;) {
    const { line, next } = lineAt(text, at);
    if (next === at || !line.includes(':')) return at;
    at = next;
  }
}

function lineAt(text: string, from: number): { readonly line: string; readonly next: number } {
  const feed = text.indexOf('\n', from);
  const line = feed < 0 ? text.slice(from) : text.slice(from, feed).replace(/\r$/, '');
  return { line: line.replace(/[ \t]+$/, ''), next: feed < 0 ? text.length : feed + 1 };
}

/** null: no base64 with its padding. */
function decoded(body: string): Buffer | null {
  if (body.includes('-')) return null;
  const base64 = body.replace(/[ \t\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null;
  return Buffer.from(base64, 'base64');
}
