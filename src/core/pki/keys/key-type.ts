import { createECDH, generateKeyPair, type ECDH, type KeyObject } from 'node:crypto';

/**
 * A fresh key pair as DER, never as a KeyObject: exporting a generated KeyObject as JWK deadlocks Node 20
 * (ExportJWKEcKey allocates, the collector frees the KeyGenJob, both want one mutex), and DER out of it costs ten times the key.
 */
export interface KeyPair {
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** PKCS#8, not encrypted. */
  readonly pkcs8: Uint8Array;
}

interface KeyTypeRow {
  readonly describe: string;
  /** What the operator should know before using it; null where every client takes it. */
  readonly warning: string | null;
  readonly generate: () => Promise<KeyPair>;
}

const DER = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

const rsa = (modulusLength: number) => (): Promise<KeyPair> =>
  new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength, ...DER }, settle(resolve, reject));
  });

const ed25519 = (): Promise<KeyPair> =>
  new Promise((resolve, reject) => {
    generateKeyPair('ed25519', DER, settle(resolve, reject));
  });

const settle =
  (resolve: (pair: KeyPair) => void, reject: (error: Error) => void) =>
  (error: Error | null, spki: Buffer, pkcs8: Buffer): void => {
    if (error === null) resolve({ spki, pkcs8 });
    else reject(error);
  };

/** Everything of the DER but the numbers: RFC 5480 (SPKI) and RFC 5958 with RFC 5915 (PKCS#8). */
interface Curve {
  readonly name: 'prime256v1' | 'secp384r1';
  /** Octets of a secret. */
  readonly size: number;
  readonly spki: Buffer;
  readonly beforeSecret: Buffer;
  readonly beforePoint: Buffer;
}

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

const P256: Curve = {
  name: 'prime256v1',
  size: 32,
  spki: hex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  beforeSecret: hex('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420'),
  beforePoint: hex('a144034200'),
};

const P384: Curve = {
  name: 'secp384r1',
  size: 48,
  spki: hex('3076301006072a8648ce3d020106052b81040022036200'),
  beforeSecret: hex('3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430'),
  beforePoint: hex('a164036200'),
};

const encoded = (curve: Curve, secret: Buffer, point: Buffer): KeyPair => ({
  spki: Buffer.concat([curve.spki, point]),
  pkcs8: Buffer.concat([curve.beforeSecret, secret, curve.beforePoint, point]),
});

/** Setting up a curve takes as long as a key, and an object a key keeps the collector busy: one for all. */
const known = new Map<Curve, ECDH>();

function ecdhOn(curve: Curve): ECDH {
  const ecdh = known.get(curve) ?? createECDH(curve.name);
  known.set(curve, ecdh);
  return ecdh;
}

const ecdsa = (curve: Curve) => (): Promise<KeyPair> => {
  const ecdh = ecdhOn(curve);
  const point = ecdh.generateKeys();
  const secret = Buffer.alloc(curve.size);
  // A scalar that begins with zeros comes out shorter.
  const scalar = ecdh.getPrivateKey();
  scalar.copy(secret, curve.size - scalar.length);
  return Promise.resolve(encoded(curve, secret, point));
};

/**
 * SubjectPublicKeyInfo that belongs to a PKCS#8 key as `generate` writes it, worked out from its secret: a tenth of the time that
 * OpenSSL takes to decode such a key. null for a key that another program wrote, or that is damaged.
 */
export function spkiOfCurveKey(pkcs8: Buffer): Uint8Array | null {
  const curve = [P256, P384].find(({ beforeSecret }) => pkcs8.indexOf(beforeSecret) === 0);
  if (curve === undefined) return null;
  const start = curve.beforeSecret.length;
  const secret = pkcs8.subarray(start, start + curve.size);
  const ecdh = ecdhOn(curve);
  try {
    ecdh.setPrivateKey(secret);
  } catch {
    return null;
  }
  const whole = encoded(curve, secret, ecdh.getPublicKey());
  return pkcs8.equals(whole.pkcs8) ? whole.spki : null;
}

export const KEY_TYPES = {
  'ecdsa-p256': { describe: 'ECDSA on P-256', warning: null, generate: ecdsa(P256) },
  'ecdsa-p384': { describe: 'ECDSA on P-384', warning: null, generate: ecdsa(P384) },
  'rsa-2048': { describe: 'RSA of 2048 bits', warning: null, generate: rsa(2048) },
  'rsa-3072': { describe: 'RSA of 3072 bits', warning: null, generate: rsa(3072) },
  'rsa-4096': { describe: 'RSA of 4096 bits', warning: null, generate: rsa(4096) },
  ed25519: {
    describe: 'Ed25519',
    warning:
      'ed25519: docker 20.10 and newer, skopeo, openssl and Java 15+ accept it; no browser does, so the Harbor portal would not open',
    generate: ed25519,
  },
} as const satisfies Record<string, KeyTypeRow>;

export type KeyType = keyof typeof KEY_TYPES;

export const KEY_TYPE_NAMES = Object.keys(KEY_TYPES) as KeyType[];

/** `ecdsa-p256`, `rsa-3072`, `ed25519`, or Node's own words (`rsa-pss`, `ecdsa-secp521r1`) for a key we would not make. */
export function keyTypeOf(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const kind = key.asymmetricKeyType ?? 'unknown';
  if (kind === 'rsa') return `rsa-${modulusLength ?? 0}`;
  if (kind !== 'ec') return kind;
  const curve = namedCurve ?? 'unknown';
  return `ecdsa-${{ prime256v1: 'p256', secp384r1: 'p384' }[curve] ?? curve}`;
}

export const isKeyType = (text: string): text is KeyType => Object.hasOwn(KEY_TYPES, text);
