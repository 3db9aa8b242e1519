import { hash } from 'node:crypto';
import { serialText } from '../x509/certificate.js';
import { REASONS, type Revocation } from '../x509/crl.js';
import type { IssuedLeaf } from './issue.js';
import { formatName } from '../x509/names.js';
import type { Certificate } from '../x509/read-certificate.js';

/** One certificate of the store, as the index has it. Everything here can be read from the certificate again. */
export interface CertificateEntry {
  /** The name of its files, and what commands call it. */
  readonly name: string;
  /** `current` is in certs/, `superseded` was renewed or replaced and is in old/. */
  readonly place: 'current' | 'superseded';
  /** Lower-case hex, as encoded. */
  readonly serial: string;
  /** `dns:registry.example.com`, `ip:192.0.2.10`. */
  readonly names: readonly string[];
  readonly usages: readonly string[];
  readonly keyType: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SHA-256, hex. */
  readonly fingerprint: string;
  /** Whether its key was made here; one of a signing request is its maker's. Absent where nobody knows any more. */
  readonly keyIsOurs?: boolean;
  /** As the revocation list has it, so that it is known should that be lost. */
  readonly revoked?: Omit<Revocation, 'serial'>;
}

export function entryOf(
  certificate: Certificate,
  {
    name,
    place,
    keyIsOurs,
  }: Pick<CertificateEntry, 'name' | 'place'> & { readonly keyIsOurs: boolean },
): CertificateEntry {
  const { serial, keyType, notBefore, notAfter, fingerprint } = certificate;
  return {
    name,
    place,
    serial,
    names: certificate.names.map(formatName),
    usages: certificate.extendedKeyUsage ?? [],
    keyType,
    notBefore,
    notAfter,
    fingerprint,
    ...(keyIsOurs ? { keyIsOurs } : {}),
  };
}

/** The entry of a certificate just made, without decoding it again: a batch has thousands. */
export function entryOfIssued(
  { der, content }: IssuedLeaf,
  {
    name,
    keyType,
    keyIsOurs,
  }: Pick<CertificateEntry, 'name' | 'keyType'> & { readonly keyIsOurs: boolean },
): CertificateEntry {
  const { role, serial, names, notBefore, notAfter } = content;
  return {
    name,
    place: 'current',
    serial: serialText(serial),
    names: names.map(formatName),
    usages: role.authority === null ? role.usages : [],
    keyType,
    notBefore,
    notAfter,
    fingerprint: hash('sha256', der),
    keyIsOurs,
  };
}

/** `registry.example.com.crt` in certs/, `registry.example.com.4f2a….crt` in old/: sorted by name, then one after another. */
export const certificateFile = ({ name, place, serial }: CertificateEntry): string =>
  place === 'current' ? `certs/${name}.crt` : `old/${name}.${serial}.crt`;

export const keyFile = (entry: CertificateEntry): string =>
  certificateFile(entry).replace(/\.crt$/u, '.key');

/** The entry of a file of the store, from its name alone; null for what is none of ours. */
export function placeOf(file: string): Pick<CertificateEntry, 'name' | 'place'> | null {
  const [, current] = /^certs\/(.+)\.crt$/u.exec(file) ?? [];
  if (current !== undefined) return { name: current, place: 'current' };
  const [, superseded] = /^old\/(.+)\.[0-9a-f]+\.crt$/u.exec(file) ?? [];
  return superseded === undefined ? null : { name: superseded, place: 'superseded' };
}

/** The index as text: an entry a line, so that a diff of two backups reads well. */
export const formatIndex = (entries: readonly CertificateEntry[]): string =>
  `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;

/** null when the text is not an index: it is then made anew from the certificates. */
export function parseIndex(text: string): CertificateEntry[] | null {
  try {
    const entries = JSON.parse(text) as unknown;
    return Array.isArray(entries) && entries.every(isEntry) ? entries : null;
  } catch {
    return null;
  }
}

export const revocationsIn = (entries: readonly CertificateEntry[]): Revocation[] =>
  entries.flatMap(({ serial, revoked }) => (revoked === undefined ? [] : [{ serial, ...revoked }]));

/** The entries, saying which of them are revoked. */
export const withRevocations = (
  entries: readonly CertificateEntry[],
  revoked: ReadonlyMap<string, Revocation>,
): CertificateEntry[] =>
  entries.map((entry) => {
    const known = revoked.get(entry.serial);
    return known === undefined
      ? entry
      : { ...entry, revoked: { at: known.at, reason: known.reason } };
  });

export type Status = 'valid' | 'expired' | 'revoked' | 'superseded';

/** `revoked` by serial; `now` in milliseconds since 1970. */
export function statusOf(
  entry: CertificateEntry,
  { revoked, now }: { readonly revoked: ReadonlyMap<string, Revocation>; readonly now: number },
): Status {
  if (revoked.has(entry.serial)) return 'revoked';
  if (entry.place === 'superseded') return 'superseded';
  return now > entry.notAfter ? 'expired' : 'valid';
}

const STRINGS = ['name', 'serial', 'keyType', 'fingerprint'] as const;
const NUMBERS = ['notBefore', 'notAfter'] as const;
const LISTS = ['names', 'usages'] as const;

function isEntry(value: unknown): value is CertificateEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  return (
    (entry.place === 'current' || entry.place === 'superseded') &&
    STRINGS.every((key) => typeof entry[key] === 'string') &&
    NUMBERS.every((key) => Number.isFinite(entry[key])) &&
    LISTS.every((key) => Array.isArray(entry[key])) &&
    (entry.revoked === undefined || isRevocation(entry.revoked))
  );
}

function isRevocation(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { at, reason } = value as Record<string, unknown>;
  return Number.isFinite(at) && typeof reason === 'string' && Object.hasOwn(REASONS, reason);
}
