import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { generateKeyPairSync } from 'node:crypto';
import { decode, encode, oidOf } from '../../../src/core/pki/asn1/der.js';

const forge = createRequire(import.meta.url)('node-forge/lib/forge.js') as { util: unknown };
const theirs = forge.util;
// @ts-expect-error: plain JavaScript, for the bundler
const { util: ours } = (await import('../../../build/forge-util.js')) as { util: unknown };

/** Everything that is asked of the codec, about bytes that may be anything. */
function asked(util: unknown, bytes: Uint8Array): unknown {
  forge.util = util;
  try {
    const item = decode(bytes);
    return { item, oid: oidOf(item), again: encode(item).toString('hex') };
  } catch (error) {
    return String(error);
  } finally {
    forge.util = theirs;
  }
}

const spki = ['P-256', 'P-384'].map((namedCurve) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' }),
);
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEYS = [
  ...spki,
  publicKey.export({ type: 'spki', format: 'der' }),
  privateKey.export({ type: 'pkcs8', format: 'der' }),
];

const damagedKey = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.array(fc.tuple(fc.nat(1200), fc.integer({ min: 0, max: 255 }))),
    fc.nat(1300),
  )
  .map(([key, changes, length]) => {
    const bytes = Uint8Array.from(key);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes.subarray(0, length);
  });

/** Headers one after the other: tags of every class, lengths of every form. */
const headers = fc
  .array(
    fc.tuple(
      fc.constantFrom(0x02, 0x03, 0x04, 0x06, 0x0c, 0x1e, 0x30, 0x31, 0x80, 0xa0, 0xa3, 0x24),
      fc.constantFrom([0], [1], [2], [5], [0x80], [0x81, 200], [0x82, 1, 0], [0x84, 255, 0, 0, 0]),
      fc.uint8Array({ maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((all) => Uint8Array.from(all.flatMap(([tag, length, value]) => [tag, ...length, ...value])));

describe('what the bundle has in place of node-forge’s util', () => {
  test('answers the codec as that does, for keys', () => {
    for (const key of KEYS) expect(asked(ours, key)).toEqual(asked(theirs, key));
    expect(asked(ours, KEYS[0] ?? new Uint8Array())).toHaveProperty('again');
  });

  test.each([
    ['any bytes', fc.uint8Array({ maxLength: 64 })],
    ['damaged keys', damagedKey],
    ['headers', headers],
  ])('and for %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        expect(asked(ours, bytes)).toEqual(asked(theirs, bytes));
      }),
      { numRuns: 3_000 },
    );
  });
});
