import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { listItems } from '../../../../../src/core/formats/json/list-items.js';

const parsed = (text: string): unknown => {
  try {
    return [...listItems(text)];
  } catch (error) {
    return (error as Error).name;
  }
};

const whole = (text: string): unknown => {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value : 'SyntaxError';
  } catch (error) {
    return (error as Error).name;
  }
};

test.each([
  '[]',
  ' [ ] \n',
  '[1]',
  '[1, "a]", {"b": [2, "}"]}, null , true]',
  '["\\"]", "\\\\"]',
  '[1,]',
  '[,1]',
  '[1 2]',
  '[1',
  '[{"a":1}',
  '[[[]',
  '[] []',
  '[1]x',
  '["a',
  '{}',
  '',
  'null',
  '"[]"',
])('%s is read as JSON.parse reads it', (text) => {
  expect(parsed(text)).toEqual(whole(text));
});

test('any array is, and any text that is one no longer', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.nat(), (value, at) => {
      const text = JSON.stringify(value);
      expect(parsed(text)).toEqual(whole(text));
      const cut = text.slice(0, at % text.length) + text.slice((at % text.length) + 1);
      expect(parsed(cut)).toEqual(whole(cut));
    }),
  );
});
