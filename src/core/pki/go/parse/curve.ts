/** y² = x³ - 3x + b modulo p. */
interface Curve {
  /** Of a coordinate, in octets. */
  readonly size: number;
  readonly p: bigint;
  readonly b: bigint;
}

/** The curves of Go's crypto/ecdsa by OID: P-224, P-256, P-384, P-521 (SEC 2 sections 2.3 to 2.6). */
export const CURVES: Readonly<Partial<Record<string, Curve>>> = {
  '1.3.132.0.33': {
    size: 28,
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  '1.2.840.10045.3.1.7': {
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  '1.3.132.0.34': {
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  '1.3.132.0.35': {
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

const UNCOMPRESSED = 4;

/** Whether these octets are a point of the curve, as Go reads one (crypto/internal/nistec SetBytes): uncompressed. */
export function isPoint(octets: Buffer, { size, p, b }: Curve): boolean {
  if (octets.length !== 1 + 2 * size || octets[0] !== UNCOMPRESSED) return false;
  const x = numberOf(octets.subarray(1, 1 + size));
  const y = numberOf(octets.subarray(1 + size));
  return x < p && y < p && (y * y - (x * x - 3n) * x - b) % p === 0n;
}

const numberOf = (octets: Buffer): bigint => BigInt(`0x${octets.toString('hex')}`);
