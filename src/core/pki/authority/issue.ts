import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import {
  buildCertificate,
  serialFrom,
  type CertificateContent,
  type Issuer,
} from '../x509/certificate.js';
import { assertPermitted, type NameConstraints } from '../x509/constraints.js';
import { keyFacts, type Usage } from '../x509/extensions.js';
import type { SubjectName } from '../x509/names.js';
import type { Certificate } from '../x509/read-certificate.js';
import { encodeScheme, schemeFor } from '../x509/signature.js';
import {
  commonName,
  encodeSubject,
  LONGEST_COMMON_NAME,
  sameSubject,
  type Subject,
} from '../x509/subject.js';
import { decideValidity } from '../x509/validity.js';

/** 16 fresh random bytes. */
export type Entropy = Uint8Array;

export interface SignedCertificate {
  readonly der: Buffer;
  readonly notes: readonly string[];
}

export interface IssuedLeaf extends SignedCertificate {
  readonly content: CertificateContent;
}

export interface RootOrder {
  readonly subject: Subject;
  readonly now: number;
  readonly days: number;
  /** How many authorities may stand below: 1 where an intermediate signs day to day. */
  readonly pathLength: number;
  readonly constraints: NameConstraints | null;
}

/** Both halves of the root's key: to be certified, and to sign. */
export interface RootKey {
  readonly spki: Uint8Array;
  readonly key: KeyObject;
}

/** A self-signed root. Throws `invalid-value`. */
export function issueRoot(
  order: RootOrder,
  { spki, key }: RootKey,
  entropy: Entropy,
): SignedCertificate {
  const { notBefore, notAfter, notes } = decideValidity({ ...order, explicit: true, issuer: null });
  const issuer: Issuer = {
    name: encodeSubject(order.subject),
    keyId: keyFacts(spki).id,
    ...signing(key),
  };
  const der = buildCertificate(
    {
      serial: serialFrom(entropy),
      subject: order.subject,
      notBefore,
      notAfter,
      spki,
      names: [],
      role: { authority: { pathLength: order.pathLength }, constraints: order.constraints },
      crlUrl: null,
    },
    issuer,
  );
  return { der, notes };
}

/** An authority that can sign now: its certificate and its opened key. */
export interface Signer {
  readonly certificate: Certificate;
  readonly key: KeyObject;
  /** Of every certificate from the root down: clients apply them all. */
  readonly constraints: readonly NameConstraints[];
  readonly crlUrl: string | null;
  readonly caUrl?: string | null;
}

export interface IntermediateOrder {
  readonly subject: Subject;
  readonly now: number;
  readonly days: number;
  readonly spki: Uint8Array;
  /** The root's again: Java ignores them on a trust anchor. */
  readonly constraints: NameConstraints | null;
}

export function issueIntermediate(
  order: IntermediateOrder,
  signer: Signer,
  entropy: Entropy,
): SignedCertificate {
  const { notBefore, notAfter } = decideValidity({
    ...order,
    explicit: false,
    issuer: signer.certificate,
  });
  const der = buildCertificate(
    {
      ...order,
      serial: serialFrom(entropy),
      notBefore,
      notAfter,
      names: [],
      role: { authority: { pathLength: 0 }, constraints: order.constraints },
      crlUrl: signer.crlUrl,
      ...(typeof signer.caUrl === 'string' && { caUrl: signer.caUrl }),
    },
    issuerFrom(signer),
  );
  return { der, notes: [] };
}

export interface LeafOrder {
  readonly names: readonly SubjectName[];
  /** Beside the common name, which is the first domain unless one is here. */
  readonly subject: Subject;
  readonly usages: readonly Usage[];
  readonly now: number;
  readonly days: number;
  /** Typed by the operator, so that it may be refused but not cut. */
  readonly explicitDays: boolean;
  readonly spki: Uint8Array;
}

/** Throws `invalid-value` for names outside the authority's constraints, or days beyond its end. */
export function issueLeaf(order: LeafOrder, signer: Signer, entropy: Entropy): IssuedLeaf {
  assertPermitted(order.names, signer.constraints);
  const { notBefore, notAfter, notes } = decideValidity({
    ...order,
    explicit: order.explicitDays,
    issuer: signer.certificate,
  });
  const subject = withCommonName(order);
  assertDistinct(subject, signer.certificate);
  const content: CertificateContent = {
    serial: serialFrom(entropy),
    subject,
    notBefore,
    notAfter,
    spki: order.spki,
    names: order.names,
    role: { authority: null, usages: order.usages },
    crlUrl: signer.crlUrl,
    ...(typeof signer.caUrl === 'string' && { caUrl: signer.caUrl }),
  };
  return { der: buildCertificate(content, issuerFrom(signer)), content, notes };
}

/** The issuer's part that does not change from one certificate to the next. Made once a signer: reading key details is slow. */
const issuers = new WeakMap<Signer, Issuer>();

export function issuerFrom(signer: Signer): Issuer {
  const known = issuers.get(signer);
  if (known !== undefined) return known;
  const { certificate, key } = signer;
  const issuer: Issuer = {
    name: certificate.subjectDer,
    keyId: keyIdOf(certificate),
    ...signing(key),
  };
  issuers.set(signer, issuer);
  return issuer;
}

function signing(key: KeyObject): Pick<Issuer, 'key' | 'scheme' | 'algorithm'> {
  const scheme = schemeFor(key);
  return { key, scheme, algorithm: encodeScheme(scheme) };
}

const keyIdOf = ({ subjectKeyId, publicKeyDer }: Certificate): Buffer =>
  subjectKeyId === null ? keyFacts(publicKeyDer).id : Buffer.from(subjectKeyId, 'hex');

export const privateKey = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });

/** The first domain, where it fits: a common name has at most 64 characters, and clients look at the names anyway. */
function withCommonName({ subject, names }: LeafOrder): Subject {
  if (subject.some(([type]) => type === 'CN')) return subject;
  const first = names.find(({ kind }) => kind === 'dns') ?? names[0];
  return first === undefined || first.value.length > LONGEST_COMMON_NAME
    ? subject
    : [...subject, commonName(first.value)];
}

/** Java 17 takes a leaf with the authority's name for the authority itself. */
function assertDistinct(subject: Subject, authority: Certificate): void {
  if (!sameSubject(subject, authority.subject)) return;
  throw new DockerctlError({
    code: 'invalid-value',
    message:
      'The certificate would have the same subject as its authority, and Java refuses such a chain.',
    hint: '--subject "CN=another name"',
  });
}
