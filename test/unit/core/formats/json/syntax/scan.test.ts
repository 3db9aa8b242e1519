import { describe, expect, test } from '@jest/globals';
import { scan } from '../../../../../../src/core/formats/json/syntax/scan.js';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON.parse is the oracle of RFC 8259; a blank text, which it refuses, is no settings. */
describe('scan takes what RFC 8259 takes', () => {
  test.each([
    ...[
      '0',
      '-0',
      '1.5',
      '1e3',
      '1E+3',
      '-1.5e-3',
      '01',
      '-',
      '+1',
      '.5',
      '1.',
      '1e',
      '1e+',
      '0x1',
    ],
    ...['1_000', '1a', '--1', '0.0.1', '00', '-01', '1e5.5', 'Infinity', '-Infinity', 'NaN'],
    ...['"a"', '""', '"\\u0041"', '"\\u004"', '"\\x41"', '"\\\n"', '"\t"', '"\x7f"', '"\u2028"'],
    ...['"', '"\\"', "'a'", '"\\/\\b\\f\\n\\r\\t"', '"\\ud800"', '"\ud800"', '"\\U0041"'],
    ...['[]', '[1]', '[1,]', '[,1]', '[1 2]', '[1,,2]', '[', ']', '[}', '[1]]', '[[]'],
    ...['{}', '{"a":1}', '{"a":1,}', '{,}', '{"a"}', '{"a":}', '{a:1}', '{1:1}', '{"a" 1}'],
    ...['{"a":1:2}', '{"a":1]', '{"a":1}}', '{"a":1} 2', '{"a":1,"a":2}', '{null:1}', '{"a":{}}'],
    ...['true', 'True', 'truee', 'nul', 'null', 'false1', '//', '/**/1', '1//', '#', '[1]#'],
    ...['\u00a01', '\u20281', '\f1', '\v1', '\ufeff1', ' \t\r\n1 \t\r\n', '1\u00a0'],
  ])('%j', (text) => {
    expect(scan(text).ok).toBe(isJson(text));
  });
});

test.each(['', ' \r\n\t', '\n'.repeat(1_000_000)])('white space has no root', (text) => {
  expect(scan(text)).toEqual({ ok: true, root: null });
});

test('offsets are of the text, from where it is told to begin', () => {
  const scanned = scan('\ufeff {"k": [1, "x"]}', 1);
  expect(scanned).toEqual({
    ok: true,
    root: {
      ...{ kind: 'object', start: 2, end: 17 },
      members: [
        {
          ...{ start: 3, keyEnd: 6, key: 'k' },
          value: {
            ...{ kind: 'array', start: 8, end: 16 },
            items: [
              { kind: 'number', start: 9, end: 10 },
              { kind: 'string', start: 12, end: 15 },
            ],
          },
        },
      ],
    },
  });
});

test.each([
  ['{"a" 1}', { offset: 5, expected: 'colon', previous: 4, open: '{', inside: null }],
  ['{"a": [1 2', { offset: 9, expected: 'separator', previous: 8, open: '{[', inside: null }],
  ['{"a": 1} x', { offset: 9, expected: 'end', previous: 8, open: '', inside: null }],
  ['{"a": [{', { offset: 8, expected: 'key-or-close', open: '{[{', inside: 'end-of-text' }],
  ['{"a', { offset: 1, expected: 'key-or-close', inside: 'string-end' }],
  ['["\\q"]', { offset: 1, inside: 'escape' }],
  ['["\x00"]', { offset: 1, inside: 'control' }],
  ['[01]', { offset: 1, inside: 'number' }],
  ['{"a": 1,}', { offset: 8, expected: 'key', previous: 8, open: '{', inside: null }],
])('%j is refused where it stops being JSON', (text, fault) => {
  expect(scan(text)).toMatchObject({ ok: false, fault });
});

test('refuses more than 200 levels, however many there are', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(scan(deep(200)).ok).toBe(true);
  expect(scan(deep(201))).toMatchObject({ fault: { inside: 'depth', offset: 200 } });
  expect(scan(deep(1_000_000))).toMatchObject({ fault: { inside: 'depth', offset: 200 } });
});
