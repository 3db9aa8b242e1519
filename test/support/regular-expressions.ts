import ts from 'typescript';
import { sourcesBelow } from './sources.js';

/** A regular expression as it stands in the program. */
export interface Literal {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every regular expression below a folder of sources. */
export function literalsBelow(folder: string): Literal[] {
  return sourcesBelow(folder).flatMap(literalsIn);
}

function literalsIn(source: ts.SourceFile): Literal[] {
  const file = source.fileName;
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, pattern: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What such a pattern is likely to go back over: each of its pieces, and two by two, again and again. */
export function pumpsFor({
  pattern,
}: Literal): readonly { readonly text: string; readonly isPair: boolean }[] {
  const pieces = [...new Set(piecesOf(pattern))].slice(0, 8);
  const pairs = pieces.flatMap((one) =>
    pieces.filter((other) => other !== one).map((other) => one + other),
  );
  return [
    ...pieces.map((text) => ({ text, isPair: false })),
    ...pairs.slice(0, 30).map((text) => ({ text, isPair: true })),
  ];
}

/** Characters that its classes take, and the texts that stand in it. */
function piecesOf(pattern: string): string[] {
  const pieces: string[] = [];
  const TOKEN =
    /\\[dwsDWSbB]|\\u([\da-f]{4})|\\(.)|\[(\^?)((?:\\.|[^\]\\])*)\]|[^\\[\](){}|*+?^$.]+|[.]/gi;
  for (const [token, code, escaped, negated, members = ''] of pattern.matchAll(TOKEN)) {
    if (code !== undefined) pieces.push(String.fromCharCode(parseInt(code, 16)));
    else if (escaped !== undefined && !/[dwsbk]/i.test(escaped)) pieces.push(plain(escaped));
    else if (negated === '^') pieces.push(...outside(members));
    else if (members !== '') pieces.push(...inside(members));
    else pieces.push(CLASSES[token] ?? token);
  }
  return pieces.filter((piece) => piece !== '');
}

const CLASSES: Readonly<Record<string, string>> = {
  ...{
    '\\d': '0',
    '\\w': 'a',
    '\\s': ' ',
    '\\S': 'a',
    '\\D': 'a',
    '\\W': '-',
    '.': 'a',
    '\\b': '',
    '\\B': '',
  },
};

const plain = (escaped: string): string =>
  ({ n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' })[escaped] ?? escaped;

const PROBES = [
  'a',
  'A',
  '0',
  ' ',
  '-',
  '.',
  ':',
  '/',
  '"',
  "'",
  '@',
  '=',
  ',',
  '\n',
  '_',
  '#',
  '\\',
  '[',
  '{',
  '(',
];

function matching(test: RegExp): string[] {
  return PROBES.filter((probe) => test.test(probe)).slice(0, 2);
}

function classOf(members: string, negated: boolean): string[] {
  try {
    return matching(new RegExp(`^[${negated ? '^' : ''}${members}]$`));
  } catch {
    return ['a'];
  }
}

const inside = (members: string): string[] => classOf(members, false);
const outside = (members: string): string[] => classOf(members, true);
