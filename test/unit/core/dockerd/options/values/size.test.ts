import { expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { isSize, parseSize } from '../../../../../../src/core/dockerd/options/values/size.js';

const engine = (text: string) => parseVersion(text)!;

/** docker/go-units size_test.go, RAMInBytes: by 1024, whatever the case. */
test.each([
  ['32', 32],
  ['32b', 32],
  ['32B', 32],
  ['32k', 32 * 1024],
  ['32KB', 32 * 1024],
  ['32KiB', 32 * 1024],
  ['32 kb', 32 * 1024],
  ['32.5 kB', 32.5 * 1024],
  ['32Mb', 32 * 1024 ** 2],
  ['32G', 32 * 1024 ** 3],
  ['32Tb', 32 * 1024 ** 4],
  ['32P', 32 * 1024 ** 5],
  ['0', 0],
  ['.5k', 512],
  ['1.9', 1],
  ['1_0.5GiB', 10.5 * 1024 ** 3],
])('%s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each([
  ...[
    '',
    'hello',
    '-32',
    ' 32 ',
    '32 mb ',
    '32m b',
    '32bm',
    '32  k',
    '32i',
    '32kbb',
    'k',
    '.',
    '. k',
  ],
  ...['32E', '1,5g', '64 Mo', '３２', 'Infinity', 'NaN', '0x10', '64m\n'],
])('%j is none', (text) => {
  expect(parseSize(text)).toBeNull();
});

test('a hundred thousand digits are read, and refused', () => {
  expect(parseSize(`${'9'.repeat(100_000)}?`)).toBeNull();
  expect(parseSize(`${'1_'.repeat(100_000)}?`)).toBeNull();
});

/** go-units before 0.5.0 took its number by a pattern. */
test.each([
  ['64m', true, true],
  ['1.5g', true, true],
  ['64 MiB', true, true],
  ['64ib', true, false],
  ['.5g', false, true],
  ['1e3', false, true],
  ['+5m', false, true],
  ['64x', false, false],
])('%s is a size to 20.10: %s, to 28.5: %s', (text, old, recent) => {
  expect([isSize(text, engine('20.10.24')), isSize(text, engine('28.5.2'))]).toEqual([old, recent]);
});
