import { expect, test } from '@jest/globals';
import { printableText } from '../../../../src/core/text/printable.js';

test.each([
  ['\u001b]0;owned\u0007', String.raw`\x1b]0;owned\x07`],
  ['\u001b[2J', String.raw`\x1b[2J`],
  ['a\rb', String.raw`a\x0db`],
  ['\u009b31m', String.raw`\x9b31m`],
  ['evil\u202egpj', String.raw`evil\u202egpj`],
])('%j cannot drive the terminal', (text, safe) => {
  expect(printableText(text)).toBe(safe);
});

test('colours, tabs, newlines and every script stay', () => {
  const text = '\u001b[1;31mred\u001b[0m\t示例\n';
  expect(printableText(text)).toBe(text);
});
