/** A statement of a TOML text: a table's header, or a key with its value. Offsets are indexes into the text. */
export interface TomlStatement {
  readonly kind: 'table' | 'array-table' | 'key';
  /** Full path: the table's, and for a key its own parts. */
  readonly path: readonly string[];
  /** The beginning of its line, and the beginning of the line after it. */
  readonly start: number;
  readonly end: number;
  /** Of the value, without comment; empty for headers. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * The statements of a TOML text in their order. No validation: smol-toml reads the text before and after every change;
 * this only says where things stand, which no TOML library does.
 */
export function statementsOf(text: string): TomlStatement[] {
  const statements: TomlStatement[] = [];
  let table: readonly string[] = [];
  for (let at = 0; at < text.length;) {
    const start = at;
    const first = skipBlanks(text, at);
    if (text[first] === '[') {
      const double = text[first + 1] === '[';
      const key = readKey(text, first + (double ? 2 : 1));
      table = key.parts;
      at = endOfLine(text, key.end);
      const place = { start, end: at, valueStart: at, valueEnd: at };
      statements.push({ kind: double ? 'array-table' : 'table', path: table, ...place });
    } else if (text[first] === '#' || isLineEnd(text, first)) {
      at = endOfLine(text, first);
    } else {
      const key = readKey(text, first);
      const valueStart = skipBlanks(text, text.indexOf('=', key.end) + 1);
      const valueEnd = endOfValue(text, valueStart);
      at = endOfLine(text, valueEnd);
      const place = { start, end: at, valueStart, valueEnd };
      statements.push({ kind: 'key', path: [...table, ...key.parts], ...place });
    }
  }
  return statements;
}

/** Dotted, bare and quoted parts: `plugins."io.containerd.grpc.v1.cri".registry`. */
function readKey(text: string, from: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    at = skipBlanks(text, at);
    const quote = text[at];
    const end = quote === '"' || quote === "'" ? endOfString(text, at) : endOfBare(text, at);
    const raw = text.slice(at, end);
    parts.push(quote === '"' ? unescape(raw) : quote === "'" ? raw.slice(1, -1) : raw);
    at = skipBlanks(text, end);
    if (text[at] !== '.') return { parts, end: at };
    at += 1;
  }
}

/** The TOML escapes of a key that JSON knows too; what others exist, no configuration key has. */
function unescape(raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw.slice(1, -1);
  }
}

function endOfBare(text: string, from: number): number {
  const rest = /^[A-Za-z0-9_-]*/.exec(text.slice(from, from + 256))?.[0] ?? '';
  return from + Math.max(rest.length, 1);
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  let last = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (depth === 0 && (isLineEnd(text, at) || character === '#')) break;
    if (character === '"' || character === "'") at = last = endOfString(text, at);
    else if (character === '#') at = endOfLine(text, at);
    else {
      if ('[{'.includes(character)) depth += 1;
      if (']}'.includes(character)) depth -= 1;
      at += 1;
      if (!/\s/.test(character)) last = at;
    }
  }
  return last;
}

function endOfString(text: string, from: number): number {
  const quote = text[from] ?? '';
  const mark = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  let at = from + mark.length;
  while (at < text.length && !text.startsWith(mark, at))
    at += quote === '"' && text[at] === '\\' ? 2 : 1;
  at = Math.min(at + mark.length, text.length);
  // Up to two quotes may stand before the closing three: """x""""".
  while (mark.length === 3 && text[at] === quote) at += 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || (at === 0 && text[at] === '\ufeff')) at += 1;
  return at;
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** Where the lines begin that are comments and end the text; its length where there is none. */
export function startOfComments(text: string): number {
  let start = text.length;
  while (text.charAt(start - 1) === '\n') {
    const line = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(line, start))) break;
    start = line;
  }
  return start;
}
