/** What stands between two lines of dashes. */
export interface PemPiece {
  /** In capitals. */
  readonly label: string;
  /** First and last line, from 1. */
  readonly lines: readonly [number, number];
  /** null: see `fault`. */
  readonly der: Buffer | null;
  /** Why it cannot be read. */
  readonly fault: string;
}

/** Dashes get lost and typed anew, which changes nothing about what stands between them. */
const MARK = /-{1,5}[ \t]{0,3}(BEGIN|END)[ \t]{1,3}([A-Z][A-Z0-9# ]{0,40})-{1,5}/gi;
/** What mails, editors and programs put around and between lines; base64 has none of it. */
const DECORATION = /[\s>|"',;\\]/g;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Every block of a text, also one that lacks its first or last line. Unlike Go and OpenSSL it takes lines of any length or
 * none at all, indented, quoted, and with headers (`Proc-Type: …`), which are left out.
 */
export function pemPieces(text: string): PemPiece[] {
  const marks = [...text.matchAll(MARK)].map((match) => ({
    isBegin: match[1]?.toUpperCase() === 'BEGIN',
    label: (match[2] ?? '').trim().toUpperCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const lineAt = lineCounter(text);
  return marks.flatMap(({ isBegin, label, start, end }, at): PemPiece[] => {
    const next = marks[at + 1];
    const isClosed = next?.isBegin === false;
    if (isBegin) {
      const lines = [
        lineAt(start),
        lineAt(isClosed ? next.end : (next?.start ?? text.length)),
      ] as const;
      if (isClosed) return [{ label, lines, ...bodyOf(text.slice(end, next.start)) }];
      return [{ label, lines, der: null, fault: `its line END ${label} is missing` }];
    }
    const before = marks[at - 1];
    if (before?.isBegin === true) return [];
    const lines = [lineAt(before?.end ?? 0), lineAt(end)] as const;
    return [{ label, lines, der: null, fault: `its line BEGIN ${label} is missing` }];
  });
}

function bodyOf(body: string): Pick<PemPiece, 'der' | 'fault'> {
  const plain = body
    .split('\n')
    .filter((line) => !line.includes(':'))
    .join('\n')
    .replace(DECORATION, '');
  if (plain === '') return { der: null, fault: 'nothing stands between its lines of dashes' };
  if (BASE64.test(plain)) return { der: Buffer.from(plain, 'base64'), fault: '' };
  const strange = /[^A-Za-z0-9+/=]/.exec(plain)?.[0] ?? '=';
  return { der: null, fault: `${JSON.stringify(strange)} stands in it, which is no base64` };
}

/** The line of a place, from 1. */
function lineCounter(text: string): (place: number) => number {
  const feeds: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) feeds.push(at);
  return (place) => {
    let [low, high] = [0, feeds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((feeds[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
