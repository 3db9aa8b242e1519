import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lex } from '../../../../../../src/core/formats/json/syntax/lex.js';

const kinds = (text: string) => lex(text).map(({ kind, text: piece }) => `${kind} ${piece}`);

test.each([
  ['{"a":1}', ['mark {', 'string "a"', 'mark :', 'word 1', 'mark }']],
  ['"//x" // "y"\n1', ['string "//x"', 'space  ', 'comment // "y"', 'space \n', 'word 1']],
  ['# it\'s\r"a"', ["comment # it's", 'space \r', 'string "a"']],
  ['/* { */{', ['comment /* { */', 'mark {']],
  ['/* open {', ['comment /* open {']],
  ['"a\\"b"c', ['string "a\\"b"', 'word c']],
  ['"a\\\\"c', ['string "a\\\\"', 'word c']],
  ['"open\n1', ['string "open', 'space \n', 'word 1']],
  ["'it\\'s'", ["string 'it\\'s'"]],
  ['a/b', ['word a', 'word /', 'word b']],
  ['\u200b\u00a0{', ['space \u200b\u00a0', 'mark {']],
  ['“a”:1', ['word “a”', 'mark :', 'word 1']],
  ['', []],
])('%j', (text, pieces) => {
  expect(kinds(text)).toEqual(pieces);
});

test('every character belongs to one piece, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('"', "'", '\\', '/', '*', '#', '\n', '\r', '{', 'a'))
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      expect(
        lex(given)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(given);
    }),
    { numRuns: 1000 },
  );
});
