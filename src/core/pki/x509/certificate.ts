import type { KeyObject } from 'node:crypto';
import type { NameConstraints } from './constraints.js';
import { bits, integer, sequence, tagged, time } from '../asn1/der-writer.js';
import * as extensions from './extensions.js';
import type { KeyUsage, Usage } from './extensions.js';
import type { SubjectName } from './names.js';
import { signBytes, type SignatureScheme } from './signature.js';
import { encodeSubject, type Subject } from './subject.js';

/** Who signs. `name` is the issuer's own bytes, so that names compare equal whatever string types they use. */
export interface Issuer {
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
  readonly key: KeyObject;
  readonly scheme: SignatureScheme;
  /** The scheme as an AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array;
}

/** All that a certificate says; times in milliseconds since 1970. */
export interface CertificateContent {
  readonly serial: Uint8Array;
  readonly subject: Subject;
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly names: readonly SubjectName[];
  readonly role:
    | {
        readonly authority: { readonly pathLength: number };
        readonly constraints: NameConstraints | null;
      }
    | { readonly authority: null; readonly usages: readonly Usage[] };
  readonly crlUrl: string | null;
  /** Where its issuer's certificate is; left out: nowhere. */
  readonly caUrl?: string | null;
}

/** The same in every certificate. */
const VERSION = tagged(0, integer(2));

/** The certificate as DER: RFC 5280 4.1, with the extensions of a strict profile and no others. */
export function buildCertificate(content: CertificateContent, issuer: Issuer): Buffer {
  const body = sequence(
    VERSION,
    integer(content.serial),
    issuer.algorithm,
    issuer.name,
    sequence(time(content.notBefore), time(content.notAfter)),
    encodeSubject(content.subject),
    content.spki,
    tagged(3, sequence(...extensionsOf(content, issuer))),
  );
  const signature = signBytes(body, issuer.key, issuer.scheme);
  return sequence(body, issuer.algorithm, bits(signature));
}

/**
 * 16 random bytes as a serial: positive, no leading zero, 126 bits of chance (CA/B BR 7.1 wants 64).
 * Negative or over-long serials are refused by pyca and Go 1.23.
 */
export function serialFrom(random: Uint8Array): Uint8Array {
  const serial = Uint8Array.from(random.subarray(0, 16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

export const serialText = (serial: Uint8Array): string => Buffer.from(serial).toString('hex');

function extensionsOf(content: CertificateContent, issuer: Issuer): Buffer[] {
  const { role, names } = content;
  const { id: own, isRsa } = extensions.keyFacts(content.spki);
  const selfSigned = own.equals(issuer.keyId);
  return [
    extensions.basicConstraints(role.authority),
    extensions.keyUsage(keyUsagesOf(role, isRsa)),
    ...(role.authority === null ? [extensions.extendedKeyUsage(role.usages)] : []),
    ...(role.authority !== null && role.constraints !== null
      ? [extensions.nameConstraints(role.constraints)]
      : []),
    extensions.subjectKeyIdentifier(own),
    ...(selfSigned ? [] : [extensions.authorityKeyIdentifier(issuer.keyId)]),
    ...(names.length > 0 ? [extensions.subjectAltName(names, content.subject.length === 0)] : []),
    ...(content.crlUrl === null ? [] : [extensions.crlDistributionPoint(content.crlUrl)]),
    ...(typeof content.caUrl !== 'string' ? [] : [extensions.authorityInfoAccess(content.caUrl)]),
  ];
}

/** RSA keys may also transport keys (TLS 1.2); an ECDSA key with keyEncipherment alone is refused by GnuTLS, Java and NSS. */
function keyUsagesOf(role: CertificateContent['role'], isRsa: boolean): readonly KeyUsage[] {
  if (role.authority !== null) return ['keyCertSign', 'cRLSign'];
  return isRsa ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'];
}
