/**
 * What Go's regexp.Compile refuses of a text, in its words; null where it takes it (regexp/syntax/parse.go, Perl flags). Names of
 * scripts and the limit of a program's size are not looked at.
 */
export function goRegexpFault(text: string): string | null {
  let at = 0;
  let depth = 0;
  // What a repetition would repeat: nothing at the beginning, after ( and after |.
  let hasAtom = false;
  let repeated = false;
  const names = new Set<string>();
  while (at < text.length) {
    const rest = text.slice(at, at + MOST_AHEAD);
    const wasRepeated = repeated;
    repeated = false;
    const counted = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/.exec(rest);
    const char = rest.charAt(0);
    if ('*+?'.includes(char) || counted !== null) {
      const [, least = '', comma, most = ''] = counted ?? [];
      if (counted !== null && !isCount(least, comma === undefined ? least : most))
        return 'invalid repeat count';
      at += counted?.[0].length ?? 1;
      if (text.charAt(at) === '?') at += 1;
      if (wasRepeated) return 'invalid nested repetition operator';
      if (!hasAtom) return 'missing argument to repetition operator';
      repeated = true;
    } else if (char === '(') {
      const group = groupAt(text, at, names);
      if ('fault' in group) return group.fault;
      at = group.end;
      depth += group.opens ? 1 : 0;
      hasAtom = group.opens ? false : hasAtom;
    } else if (char === ')') {
      if (depth === 0) return 'unexpected )';
      depth -= 1;
      at += 1;
      hasAtom = true;
    } else if (char === '|') {
      at += 1;
      hasAtom = false;
    } else {
      const end = char === '[' ? classEnd(text, at) : char === '\\' ? escapeEnd(text, at) : at + 1;
      if (typeof end === 'string') return end;
      // An empty \Q\E is nothing.
      hasAtom = hasAtom || end > at;
      at = end;
    }
  }
  return depth > 0 ? 'missing closing )' : null;
}

const MOST_AHEAD = 32;
const MOST_TIMES = 1000;

function isCount(least: string, most: string): boolean {
  const [from, to] = [Number(least), most === '' ? Infinity : Number(most)];
  return from <= MOST_TIMES && (to === Infinity || to <= MOST_TIMES) && from <= to;
}

type Group = { readonly fault: string } | { readonly end: number; readonly opens: boolean };

function groupAt(text: string, at: number, names: Set<string>): Group {
  if (text.charAt(at + 1) !== '?') return { end: at + 1, opens: true };
  const rest = text.slice(at, at + 128);
  const named = /^\(\?P?<([^>]*)>/.exec(rest);
  if (named !== null && !/^\(\?<[=!]/.test(rest)) {
    const name = named[1] ?? '';
    if (!/^\w+$/.test(name)) return { fault: 'invalid named capture' };
    if (names.has(name)) return { fault: 'duplicate capture group name' };
    names.add(name);
    return { end: at + named[0].length, opens: true };
  }
  if (/^\(\?P?<(?![=!])/.test(rest)) return { fault: 'invalid named capture' };
  const flags = /^\(\?[imsU]*(?:-[imsU]+)?([:)])/.exec(rest);
  if (flags === null) return { fault: 'invalid or unsupported Perl syntax' };
  return { end: at + flags[0].length, opens: flags[1] === ':' };
}

/** The offset behind a class, or what is wrong with it. */
function classEnd(text: string, open: number): number | string {
  let at = text.charAt(open + 1) === '^' ? open + 2 : open + 1;
  for (let first = true; first || text.charAt(at) !== ']'; first = false) {
    if (at >= text.length) return 'missing closing ]';
    const posix = /^\[:(\^?\w*):\]/.exec(text.slice(at, at + MOST_AHEAD));
    if (posix !== null) {
      if (!POSIX.has((posix[1] ?? '').replace('^', ''))) return 'invalid character class range';
      at += posix[0].length;
      continue;
    }
    const class_ = /^\\(?:[dsw]|p\{[^}]*\}|p.)/i.exec(text.slice(at, at + MOST_AHEAD));
    if (class_ !== null) {
      const end = escapeEnd(text, at);
      if (typeof end === 'string') return end;
      at = end;
      continue;
    }
    const low = characterAt(text, at);
    if (typeof low === 'string') return low;
    at = low.end;
    if (text.charAt(at) !== '-' || [']', ''].includes(text.charAt(at + 1))) continue;
    const high = characterAt(text, at + 1);
    if (typeof high === 'string') return high;
    if (high.code < low.code) return 'invalid character class range';
    at = high.end;
  }
  return at + 1;
}

const POSIX: ReadonlySet<string> = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
);

interface Character {
  readonly code: number;
  readonly end: number;
}

function characterAt(text: string, at: number): Character | string {
  if (at >= text.length) return 'missing closing ]';
  if (text.charAt(at) === '\\') return escapedAt(text, at);
  const code = text.codePointAt(at) ?? 0;
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}

/** The offset behind an escape outside a class, or what is wrong with it. */
function escapeEnd(text: string, at: number): number | string {
  const next = text.charAt(at + 1);
  if ('AbBzdDsSwW'.includes(next) && next !== '') return at + 2;
  if (next === 'Q') {
    const end = text.indexOf('\\E', at + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (next === 'p' || next === 'P') {
    const [all, name = '', letter = ''] =
      /^\\p(?:\{\^?([^}]*)\}|(.))/i.exec(text.slice(at, at + 128)) ?? [];
    if (all === undefined || !isProperty(name || letter)) return 'invalid character class range';
    return at + all.length;
  }
  const escaped = escapedAt(text, at);
  return typeof escaped === 'string' ? escaped : escaped.end;
}

/** Categories by their short name, scripts by their long one. */
function isProperty(name: string): boolean {
  if (name === 'Any') return true;
  if (!/^(?:[A-Z][a-z]?|[A-Z][A-Za-z_]{2,})$/.test(name)) return false;
  return ['', 'Script='].some((kind) => {
    try {
      return new RegExp(`\\p{${kind}${name}}`, 'u').source !== '';
    } catch {
      return false;
    }
  });
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

function escapedAt(text: string, at: number): Character | string {
  const next = text.charAt(at + 1);
  if (next === '') return 'trailing backslash at end of expression';
  const control = CONTROLS[next];
  if (control !== undefined) return { code: control, end: at + 2 };
  const rest = text.slice(at, at + MOST_AHEAD);
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
  if (octal !== null) return { code: parseInt(octal[1] ?? '', 8), end: at + octal[0].length };
  const hex = /^\\x(?:\{([0-9a-f]+)\}|([0-9a-f]{2}))/i.exec(rest);
  const code = hex === null ? NaN : parseInt(hex[1] ?? hex[2] ?? '', 16);
  if (hex !== null && code <= 0x10ffff) return { code, end: at + hex[0].length };
  if ((/^[\x21-\x7e]$/.test(next) && !/[a-z0-9]/i.test(next)) || /^[\x00-\x20\x7f]$/.test(next))
    return { code: next.charCodeAt(0), end: at + 2 };
  return 'invalid escape sequence';
}
