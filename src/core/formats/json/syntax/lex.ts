/** A piece of a text that is JSON, JSON5 or something people take for it. Every character belongs to one piece. */
export interface Piece {
  readonly kind: 'space' | 'comment' | 'string' | 'mark' | 'word';
  readonly text: string;
}

/** In order of trial; each takes linear time, an open comment or string to its end too. `#` as YAML and shells have it. */
const PIECES = {
  space: /[\s\u200b\u2060\u00ad]+/,
  comment: /\/\/[^\r\n]*|#[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/,
  string: /"[^"\\\r\n]*(?:\\[\s\S][^"\\\r\n]*)*"?|'[^'\\\r\n]*(?:\\[\s\S][^'\\\r\n]*)*'?/,
  mark: /[{}[\]:,]/,
  word: /[^\s\u200b\u2060\u00ad{}[\]:,"'/#]+|[\s\S]/,
} as const;

const KINDS = Object.keys(PIECES) as (keyof typeof PIECES)[];
const PIECE = new RegExp(KINDS.map((kind) => `(?<${kind}>${PIECES[kind].source})`).join('|'), 'gy');

export function lex(text: string): Piece[] {
  return Array.from(text.matchAll(PIECE), ({ 0: piece, groups = {} }) => ({
    kind: KINDS.find((kind) => groups[kind] !== undefined) ?? 'word',
    text: piece,
  }));
}
