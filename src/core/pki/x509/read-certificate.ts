import { X509Certificate, type KeyObject } from 'node:crypto';
import { DockerctlError, messageOf } from '../../../errors.js';
import { sha256 } from '../../plan/content.js';
import { decodeConstraints, type NameConstraints } from './constraints.js';
import {
  bitsOf,
  contentOf,
  decode,
  type Der,
  encode,
  isBoolean,
  isTagged,
  itemsOf,
  numberOf,
  oidOf,
  timeOf,
} from '../asn1/der.js';
import { KEY_USAGES, type KeyUsage } from './extensions.js';
import { decodeGeneralName } from './general-name.js';
import { keyTypeOf } from '../keys/key-type.js';
import type { SubjectName } from './names.js';
import { OID } from '../asn1/oid.js';
import { pemBlocks, type PemBlock } from '../keys/pem.js';
import { decodeX509 } from './x509.js';
import { decodeSubject, type Subject } from './subject.js';

/** What a certificate says, of any maker and key type. Times in milliseconds since 1970; identifiers and serial in lower-case hex. */
export interface Certificate {
  readonly der: Buffer;
  /** SHA-256 of `der`. */
  readonly fingerprint: string;
  /** 1 to 3. */
  readonly version: number;
  /** As encoded, so a leading `00` or a negative number shows. */
  readonly serial: string;
  readonly subject: Subject;
  readonly subjectDer: Buffer;
  readonly issuer: Subject;
  readonly issuerDer: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyType: string;
  readonly publicKey: KeyObject;
  /** The same as SubjectPublicKeyInfo. */
  readonly publicKeyDer: Buffer;
  readonly signatureOid: string;
  readonly names: readonly SubjectName[];
  /** Whether basicConstraints say so. */
  readonly isAuthority: boolean;
  readonly pathLength: number | null;
  readonly keyUsage: readonly KeyUsage[] | null;
  /** `server`, `client`, or a dotted OID. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly constraints: NameConstraints | null;
  /** OIDs of every extension, and whether it is critical. */
  readonly extensions: ReadonlyMap<string, boolean>;
}

/** Throws `invalid-certificate`; `subject` says whose bytes they are: a path, or `the server's certificate`. */
export function readCertificate(der: Uint8Array, subject: string): Certificate {
  try {
    return decodeCertificate(decodeX509(der));
  } catch (cause) {
    throw new DockerctlError({
      code: 'invalid-certificate',
      message: `${subject} is not an X.509 certificate: ${reasonOf(der, cause)}.`,
      hint: '`dockerctl certs inspect FILE` with a PEM or DER certificate',
      cause,
    });
  }
}

/** What is said of one whose beginning alone is DER. */
export const CUT_OFF = 'it is cut off or damaged';

/** OpenSSL's own words are codes, and of what it tried last. */
function reasonOf(der: Uint8Array, cause: unknown): string {
  if (!messageOf(cause).startsWith('error:')) return messageOf(cause);
  return der[0] === SEQUENCE ? CUT_OFF : 'it is neither PEM nor DER';
}

/** What every certificate in DER begins with (X.690, 8.9). */
const SEQUENCE = 0x30;

/**
 * Every certificate of a file that we wrote ourselves, in order: PEM, or one in DER. What others wrote is for pki/given.
 * Throws `invalid-certificate` where there is none, or one that cannot be read.
 */
export function readStoredCertificates(bytes: Uint8Array, path: string): Certificate[] {
  const blocks = certificateBlocks(Buffer.from(bytes).toString('latin1'));
  const found = blocks.length === 0 ? [bytes] : blocks.map(({ der }) => der);
  return found.map((der) => readCertificate(der, path));
}

const certificateBlocks = (pem: string): PemBlock[] =>
  pemBlocks(pem).filter(({ label }) => /^(?:X509 |TRUSTED )?CERTIFICATE$/u.test(label));

/** SHA-256 of each certificate in a PEM text; of one that cannot be read too, for only its bytes count. */
export const fingerprintsIn = (pem: string): string[] =>
  certificateBlocks(pem).map(({ der }) => sha256(der));

export const isSelfIssued = ({ subjectDer, issuerDer }: Certificate): boolean =>
  subjectDer.equals(issuerDer);

/** Whether `issuer`'s key made the signature on `certificate`. */
export const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  new X509Certificate(certificate.der).verify(issuer.publicKey);

const AUTH_USAGES: Readonly<Record<string, string>> = {
  [OID.serverAuth]: 'server',
  [OID.clientAuth]: 'client',
};

function decodeCertificate(x509: X509Certificate): Certificate {
  const der = Buffer.from(x509.raw);
  const body = itemsOf(itemsOf(decode(der))[0]);
  const versioned = isTagged(body[0], 0);
  const [serial, algorithm, issuer, validity, subject, key] = versioned ? body.slice(1) : body;
  const { publicKey } = x509;
  const extensions = extensionsOf(body);
  const value = (id: string): Der | undefined => extensions.get(id)?.value;
  const [authority, pathLength] = itemsOf(value(OID.basicConstraints));
  const isAuthority = isBoolean(authority) && contentOf(authority)[0] !== 0;
  const constraints = value(OID.nameConstraints);
  const [notBefore, notAfter] = itemsOf(validity);
  return {
    der,
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    version: versioned ? numberOf(itemsOf(body[0])[0]) + 1 : 1,
    serial: contentOf(serial).toString('hex'),
    subject: decodeSubject(subject),
    subjectDer: derOf(subject),
    issuer: decodeSubject(issuer),
    issuerDer: derOf(issuer),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    keyType: keyTypeOf(publicKey),
    publicKey,
    publicKeyDer: derOf(key),
    signatureOid: oidOf(itemsOf(algorithm)[0]),
    names: itemsOf(value(OID.subjectAltName)).flatMap((name) => decodeGeneralName(name) ?? []),
    isAuthority,
    pathLength: isAuthority && pathLength !== undefined ? numberOf(pathLength) : null,
    keyUsage: mapped(value(OID.keyUsage), keyUsagesOf),
    extendedKeyUsage: mapped(value(OID.extendedKeyUsage), (usages) =>
      itemsOf(usages).map((usage) => AUTH_USAGES[oidOf(usage)] ?? oidOf(usage)),
    ),
    subjectKeyId: mapped(value(OID.subjectKeyIdentifier), (id) => contentOf(id).toString('hex')),
    authorityKeyId: mapped(value(OID.authorityKeyIdentifier), authorityKeyIdOf),
    constraints: mapped(constraints, decodeConstraints),
    extensions: new Map([...extensions].map(([id, { critical }]) => [id, critical])),
  };
}

interface Extension {
  readonly critical: boolean;
  readonly value: Der;
}

function extensionsOf(body: readonly Der[]): ReadonlyMap<string, Extension> {
  const list = itemsOf(itemsOf(body.find((item) => isTagged(item, 3)))[0]);
  return new Map(
    list.map((extension) => {
      const [id, ...rest] = itemsOf(extension);
      const critical = isBoolean(rest[0]) && contentOf(rest[0])[0] !== 0;
      return [oidOf(id), { critical, value: decode(contentOf(rest.at(-1))) }];
    }),
  );
}

function keyUsagesOf(value: Der): KeyUsage[] {
  const flags = bitsOf(value);
  return KEY_USAGES.filter((_, bit) => ((flags[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

const authorityKeyIdOf = (value: Der): string | null => {
  const id = itemsOf(value).find((item) => isTagged(item, 0));
  return id === undefined ? null : contentOf(id).toString('hex');
};

const derOf = (item: Der | undefined): Buffer =>
  item === undefined ? Buffer.alloc(0) : encode(item);

const mapped = <From, To>(value: From | undefined, read: (value: From) => To): To | null =>
  value === undefined ? null : read(value);
