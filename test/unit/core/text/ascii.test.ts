import { expect, test } from '@jest/globals';
import { asciiOnly, showsUnicode } from '../../../../src/core/text/ascii.js';

test('what has a near form in ASCII gets it', () => {
  expect(asciiOnly('Asking… 仓 → “x”')).toBe('Asking... ? -> "x"');
});

test.each([
  [{}, false],
  [{ LANG: 'C' }, false],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'en_US.utf8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'C', LC_CTYPE: 'C.UTF-8' }, true],
  [{ LANG: 'C.UTF-8', LC_ALL: '' }, true],
])('%j: %p', (env, shows) => {
  expect(showsUnicode(env)).toBe(shows);
});
