import { cursor, isNext, read, readAny } from '../der/cursor.js';
import { pemCertificates } from '../der/pem.js';
import { explicitTag, TAG } from '../../asn1/tags.js';
import { readName } from '../names/distinguished-name.js';
import { parseCertificate, type GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import { refusalOf } from '../rules/refusal.js';

/** Certificates by their subject, in the order in which they came (crypto/x509/cert_pool.go). */
export interface CertificatePool {
  /** Those with this very subject, as encoded. */
  named(subject: Buffer): readonly GoCertificate[];
  /** Whether this certificate is one of them, byte for byte. */
  has(certificate: GoCertificate): boolean;
  /** Those whose subject reads like this, however it is encoded. */
  reading(subject: string): readonly GoCertificate[];
}

/** Of PEM files, one character a byte. What Go does not read in them is as if it were not there, without a word. */
export const poolOfPem = (files: readonly string[], rules: GoRules): CertificatePool =>
  poolOf(
    files.flatMap((text) => pemCertificates(text, rules)),
    rules,
  );

interface Entry {
  readonly der: Buffer;
  /** undefined: not looked at yet; null: Go cannot read it. */
  parsed: GoCertificate | null | undefined;
}

/** A certificate is read when somebody asks for its subject: the system's have 140, of which a chain needs one. */
export function poolOf(certificates: readonly Buffer[], rules: GoRules): CertificatePool {
  const known = new Set<string>();
  const bySubject = new Map<string, Entry[]>();
  for (const der of certificates) {
    const subject = subjectIn(der);
    const bytes = der.toString('latin1');
    if (subject === null || known.has(bytes)) continue;
    known.add(bytes);
    const key = subject.toString('latin1');
    const entries = bySubject.get(key) ?? [];
    entries.push({ der, parsed: undefined });
    bySubject.set(key, entries);
  }
  const parse = (entry: Entry): GoCertificate[] => {
    if (entry.parsed === undefined) entry.parsed = parsedOrNull(entry.der, rules);
    return entry.parsed === null ? [] : [entry.parsed];
  };
  return {
    named: (subject) => (bySubject.get(subject.toString('latin1')) ?? []).flatMap(parse),
    has: ({ raw }) => known.has(raw.toString('latin1')),
    reading: (text) =>
      [...bySubject].flatMap(([subject, entries]) =>
        textOf(subject, rules) === text ? entries.flatMap(parse) : [],
      ),
  };
}

/** One pool of two, the first one's before the other's. */
export const joinPools = (one: CertificatePool, other: CertificatePool): CertificatePool => ({
  named: (subject) => [
    ...one.named(subject),
    ...other.named(subject).filter((certificate) => !one.has(certificate)),
  ],
  has: (certificate) => one.has(certificate) || other.has(certificate),
  reading: (text) => [...one.reading(text), ...other.reading(text)],
});

/**
 * Who may have signed, in the order in which they are tried (cert_pool.go findPotentialParents): first those whose key
 * identifier is the one that is named, then those that have none to compare, then all others.
 */
export function parentsIn(pool: CertificatePool, child: GoCertificate): GoCertificate[] {
  const wanted = child.authorityKeyId;
  const rank = ({ subjectKeyId }: GoCertificate): number => {
    if (subjectKeyId.equals(wanted)) return 0;
    return (subjectKeyId.length === 0) === (wanted.length === 0) ? 2 : 1;
  };
  const named = pool.named(child.issuer.raw);
  return [0, 1, 2].flatMap((wish) => named.filter((parent) => rank(parent) === wish));
}

function parsedOrNull(der: Buffer, rules: GoRules): GoCertificate | null {
  try {
    return parseCertificate(der, rules);
  } catch (error) {
    refusalOf(error);
    return null;
  }
}

function textOf(subject: string, rules: GoRules): string | null {
  try {
    return readName(cursor(Buffer.from(subject, 'latin1')), rules).text;
  } catch (error) {
    refusalOf(error);
    return null;
  }
}

/** As parseCertificate would find it; null where it would find none. */
function subjectIn(der: Buffer): Buffer | null {
  const whole = read(cursor(der), TAG.sequence);
  const body = whole === null ? null : read(cursor(whole.content), TAG.sequence);
  if (body === null) return null;
  const from = cursor(body.content);
  if (isNext(from, explicitTag(0))) readAny(from);
  // Serial, algorithm, issuer, validity.
  for (let skipped = 0; skipped < 4; skipped += 1) if (readAny(from) === null) return null;
  return read(from, TAG.sequence)?.whole ?? null;
}
