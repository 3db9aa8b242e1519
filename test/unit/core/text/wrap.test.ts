import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wrap, wrapHanging, wrapLines } from '../../../../src/core/text/wrap.js';

describe('wrap', () => {
  test('breaks between words, and cuts none', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('/a/long/path x', 4)).toEqual(['/a/long/path', 'x']);
  });

  test('a command in backquotes stays on one line', () => {
    expect(wrap('Stopped a, b. Try: `docker start a b`', 20)).toEqual([
      'Stopped a, b. Try:',
      '`docker start a b`',
    ]);
    expect(wrap('(`a b`, `c d`) e', 9)).toEqual(['(`a b`,', '`c d`) e']);
  });

  test('a backquote without its partner is a character', () => {
    expect(wrap('a `b c', 4)).toEqual(['a `b', 'c']);
    expect(wrap('`a b` c ` d', 5)).toEqual(['`a b`', 'c ` d']);
  });

  test('neither adds nor loses anything but the spaces at which it breaks', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 80 }), (text, width) => {
        expect(wrap(text, width).join(' ')).toBe(text);
      }),
    );
  });
});

test('what follows in a paragraph hangs below its first line', () => {
  expect(wrapHanging('one two three four five six', 24, 4)).toBe(
    'one two three four\n    five six',
  );
});

test('each line keeps its own indentation', () => {
  expect(wrapLines('short\n  one two three four five', 22)).toBe(
    'short\n  one two three four\n  five',
  );
});
