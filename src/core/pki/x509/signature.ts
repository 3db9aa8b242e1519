import { sign, verify, type KeyObject } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import { nothing, oid, sequence } from '../asn1/der-writer.js';
import { keyTypeOf } from '../keys/key-type.js';
import { OID } from '../asn1/oid.js';

/** How a key signs: the digest follows the issuer's key (RFC 5758 3.2, RFC 8410 3). */
export interface SignatureScheme {
  readonly oid: string;
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512' | null;
  /** RSA writes NULL parameters, the others write none (RFC 4055 5, RFC 5758 3.2). */
  readonly parameters: boolean;
}

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  'ecdsa-p256': { oid: OID.ecdsaWithSha256, digest: 'sha256', parameters: false },
  'ecdsa-p384': { oid: OID.ecdsaWithSha384, digest: 'sha384', parameters: false },
  'ecdsa-secp521r1': { oid: OID.ecdsaWithSha512, digest: 'sha512', parameters: false },
  ed25519: { oid: OID.ed25519, digest: null, parameters: false },
  rsa: { oid: OID.sha256WithRsa, digest: 'sha256', parameters: true },
};

/** What we can check but never make. */
const FOREIGN: readonly SignatureScheme[] = [
  { oid: OID.sha1WithRsa, digest: 'sha1', parameters: true },
  { oid: OID.sha384WithRsa, digest: 'sha384', parameters: true },
  { oid: OID.sha512WithRsa, digest: 'sha512', parameters: true },
  { oid: OID.ecdsaWithSha1, digest: 'sha1', parameters: false },
];

/** Throws `invalid-certificate` for a key that no strict client would accept a signature from. */
export function schemeFor(key: KeyObject): SignatureScheme {
  const type = keyTypeOf(key);
  const scheme = SCHEMES[type.replace(/^rsa-\d+$/u, 'rsa')];
  if (scheme !== undefined && !isWeakKey(key)) return scheme;
  throw new DockerctlError({
    code: 'invalid-certificate',
    message: `An authority cannot sign with a key of type ${type}: clients refuse such signatures.`,
    hint: 'dockerctl certs init --key-type ecdsa-p256',
  });
}

export const schemeByOid = (dotted: string): SignatureScheme | undefined =>
  [...Object.values(SCHEMES), ...FOREIGN].find((scheme) => scheme.oid === dotted);

/** RSA below 2048 bits, or a curve nobody can check: refused by Go, OpenSSL's default level and the CA/B forum alike. */
export function isWeakKey(key: KeyObject): boolean {
  const type = keyTypeOf(key);
  const [, size] = /^rsa-(\d+)$/u.exec(type) ?? [];
  return size === undefined ? SCHEMES[type] === undefined : Number(size) < 2048;
}

export const encodeScheme = (scheme: SignatureScheme): Buffer =>
  scheme.parameters ? sequence(oid(scheme.oid), nothing()) : sequence(oid(scheme.oid));

export const signBytes = (bytes: Uint8Array, key: KeyObject, scheme: SignatureScheme): Buffer =>
  sign(scheme.digest, bytes, key);

export interface Signed {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme;
}

/** False for a wrong signature and for a key that does not fit the scheme. */
export function isSignedBy({ bytes, signature, scheme }: Signed, key: KeyObject): boolean {
  try {
    return verify(scheme.digest, bytes, key, signature);
  } catch {
    return false;
  }
}
