import { expect, test } from '@jest/globals';
import { fileNameFor, typedFileName } from '../../../../../src/core/pki/authority/file-name.js';

test.each([
  ['registry.example.com', 'registry.example.com'],
  ['*.example.com', '_wildcard.example.com'],
  ['2001:db8::1', '2001-db8--1'],
  ['::1', '_--1'],
  ['spiffe://example.com/a b', 'spiffe-__example.com_a_b'],
])('files of %s are called %s', (name, file) => {
  expect(fileNameFor(name)).toBe(file);
});

test('two long names that begin alike are called differently, with room for what follows', () => {
  const [one, other] = ['a', 'b'].map((end) => fileNameFor(`${'abcd.'.repeat(49)}${end}`));
  expect(one).not.toBe(other);
  expect(one).toHaveLength(200);
});

test.each(['', ' ', '.', '..', '.hidden', '-x', 'a/b', '../../etc/passwd', '/a'])(
  '--name %j is refused',
  (name) => {
    expect(() => typedFileName(name)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  },
);

test.each(['ci runner', 'käfer', 'admin@example.com'])('--name %j is taken', (name) => {
  expect(typedFileName(name)).toBe(fileNameFor(name));
});
