import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { CURVES, isPoint } from '../../../../../../src/core/pki/go/parse/curve.js';

/** Points that OpenSSL made, by the OIDs of SEC 2. */
test.each([
  ['P-224', '1.3.132.0.33', 28],
  ['P-256', '1.2.840.10045.3.1.7', 32],
  ['P-384', '1.3.132.0.34', 48],
  ['P-521', '1.3.132.0.35', 66],
])('%s has the points that OpenSSL makes, and no others', (name, oid, size) => {
  const curve = CURVES[oid]!;
  const argv = ['genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`];
  for (let round = 0; round < 5; round += 1) {
    const pem = execFileSync('openssl', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    const point = spki.subarray(-(1 + 2 * size));
    expect(isPoint(point, curve)).toBe(true);
    const beside = Buffer.from(point);
    beside[beside.length - 1]! ^= 1;
    expect(isPoint(beside, curve)).toBe(false);
    // SEC 1 2.3.3: 02 or 03 and one coordinate; Go's SetBytes for keys takes the uncompressed form alone.
    const compressed = Buffer.concat([
      Buffer.of(2 + (point.at(-1)! & 1)),
      point.subarray(1, 1 + size),
    ]);
    expect(isPoint(compressed, curve)).toBe(false);
    expect(isPoint(Buffer.concat([Buffer.of(6), point.subarray(1)]), curve)).toBe(false);
  }
});

test('a coordinate is below the prime, though the equation holds for what is as much above it', () => {
  const curve = CURVES['1.2.840.10045.3.1.7']!;
  const octets = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
  // x = 0: y is a root of b; y + p fits into 32 octets for none, so 0 + p is tried for x.
  const root = power(curve.b, (curve.p + 1n) / 4n, curve.p);
  const point = (x: bigint) => Buffer.concat([Buffer.of(4), octets(x), octets(root)]);
  expect([isPoint(point(0n), curve), isPoint(point(curve.p), curve)]).toEqual([true, false]);
});

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
