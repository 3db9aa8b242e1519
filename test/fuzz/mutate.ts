import type { Random } from './random.js';

/** What an input is made of: real files, and words that the format knows. */
export interface Corpus {
  readonly seeds: readonly Uint8Array[];
  readonly words: readonly string[];
  /** Mostly somebody else's parser or arithmetic: ten times the time for an input, and a tenth of the inputs in CI. */
  readonly slow?: boolean;
}

/**
 * Most inputs are small, so that many are tried; one in some hundred is blown up, to find what takes the square of its
 * length. Where that takes a second, all the time would go to it: there it is one in some thousand.
 */
const LONGEST = 4096;
const BLOWN_UP = 64 * 1024;

/** One input: a seed, changed in some places. The same `random` gives the same bytes. */
export function mutate({ seeds, words, slow = false }: Corpus, random: Random): Uint8Array {
  let bytes: Buffer = Buffer.from(random.pick(seeds)).subarray(0, BLOWN_UP);
  if (random.oneIn(50)) return bytes;
  for (let left = 1 + random.below(6); left > 0; left -= 1)
    bytes = random.pick(CHANGES)(bytes, { random, seeds, words });
  if (random.oneIn(slow ? 3000 : 300)) return repeat(bytes, { random, seeds, words });
  return bytes.length > LONGEST && random.oneIn(2) ? bytes.subarray(0, LONGEST) : bytes;
}

type Change = (bytes: Buffer, with_: Corpus & { readonly random: Random }) => Buffer;

/** Numbers that lengths, tags and counts go wrong at. */
const ODD_BYTES = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x0a, 0x1b, 0x22, 0x30, 0x5c];

/** Words that bite in every format: prototypes, terminals, paths, numbers at the edge, broken Unicode. */
const BITING = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '\u001b[2J',
  '\u202e',
  '\0',
  '../../../etc/shadow',
  '%s%n',
  '-1',
  '1e999',
  '99999999999999999999',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '\ufeff',
  '\ud800',
  '\r\n',
  '$(id)',
];

const CHANGES: readonly Change[] = [
  (bytes, { random }) => {
    const changed = Buffer.from(bytes);
    if (bytes.length > 0) changed[random.below(bytes.length)]! ^= 1 << random.below(8);
    return changed;
  },
  (bytes, { random }) => {
    const changed = Buffer.from(bytes);
    if (bytes.length > 0) changed[random.below(bytes.length)] = random.pick(ODD_BYTES);
    return changed;
  },
  (bytes, { random }) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, { random }) => {
    const { start, end } = span(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  (bytes, { random }) => {
    const { start, end } = span(bytes, random);
    return insert(bytes, random.below(bytes.length + 1), bytes.subarray(start, end));
  },
  (bytes, { random, words }) => {
    const word = random.pick(random.oneIn(2) || words.length === 0 ? BITING : words);
    return insert(bytes, random.below(bytes.length + 1), Buffer.from(word));
  },
  (bytes, { random, words }) => {
    const { start, end } = span(bytes, random);
    const word = random.pick(random.oneIn(2) || words.length === 0 ? BITING : words);
    return Buffer.concat([bytes.subarray(0, start), Buffer.from(word), bytes.subarray(end)]);
  },
  (bytes, { random, seeds }) => {
    const other = Buffer.from(random.pick(seeds)).subarray(0, LONGEST);
    const { start, end } = span(other, random);
    return insert(bytes, random.below(bytes.length + 1), other.subarray(start, end));
  },
];

const repeat: Change = (bytes, { random, words }) => {
  const { start, end } = span(bytes, random);
  const piece =
    random.oneIn(2) && words.length > 0
      ? Buffer.from(random.pick(words))
      : bytes.subarray(start, end);
  if (piece.length === 0) return bytes;
  const times = Math.floor(BLOWN_UP / piece.length);
  const many = Buffer.concat(Array.from({ length: times }, () => piece));
  return insert(bytes, random.below(bytes.length + 1), many);
};

function span(bytes: Buffer, random: Random): { start: number; end: number } {
  const start = random.below(bytes.length + 1);
  const most = random.oneIn(4) ? bytes.length : 24;
  return { start, end: Math.min(bytes.length, start + 1 + random.below(most)) };
}

function insert(bytes: Buffer, at: number, piece: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}
