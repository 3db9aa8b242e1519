import { expect, it } from '@jest/globals';
import { rememberLast } from '../../../../src/core/text/remember-last.js';

it('reads a text once while it is asked about that one', () => {
  const read: string[] = [];
  const length = rememberLast((text) => {
    read.push(text);
    return text === '' ? undefined : text.length;
  });
  expect(['a', 'a', 'bb', 'a', '', ''].map(length)).toEqual([1, 1, 2, 1, undefined, undefined]);
  expect(read).toEqual(['a', 'bb', 'a', '']);
});
