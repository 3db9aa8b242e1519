import { GENERATIONS, rulesOf } from '../../../src/core/pki/go/rules/generation.js';
import { poolOfPem } from '../../../src/core/pki/go/verify/pool.js';
import { verifyAsGo } from '../../../src/core/pki/go/verify/verify.js';
import * as make from './certificate.js';
import { cn, NULL, oid, pem, seq, tlv } from './der.js';

export const HOST = 'registry.test';
const key = { root: make.ecKey(), middle: make.ecKey(), leaf: make.ecKey() };
export const keys = key;
export const ROOT = cn('Root');
export const MIDDLE = cn('Middle');
export const names = (...list: readonly Buffer[]): Buffer => make.alternativeNames(list);

type Wish = Partial<make.CertificateWish>;

export const root = (wish: Wish = {}): Buffer =>
  make.certificate({
    ...{ issuer: ROOT, subject: ROOT, key: key.root, signer: key.root },
    extensions: [make.basicConstraints(true)],
    ...wish,
  });

export const middle = (wish: Wish = {}): Buffer =>
  make.certificate({
    ...{ issuer: ROOT, subject: MIDDLE, key: key.middle, signer: key.root },
    extensions: [make.basicConstraints(true)],
    ...wish,
  });

export const leaf = (wish: Wish = {}): Buffer =>
  make.certificate({
    ...{ issuer: ROOT, subject: cn('leaf'), key: key.leaf, signer: key.root },
    extensions: [names(make.dns(HOST))],
    ...wish,
  });

/** Below the intermediate. */
export const deepLeaf = (wish: Wish = {}): Buffer =>
  leaf({ issuer: MIDDLE, signer: key.middle, ...wish });

export interface Server {
  readonly chain: readonly Buffer[];
  /** DER of each; or the file as text. */
  readonly trusted?: readonly Buffer[] | string;
  readonly host?: string;
  readonly godebug?: 'strict';
}

/** What each generation says: `ok`, or the code of what it stops at. */
export function judged({ chain, trusted = [root()], host = HOST, godebug }: Server): string[] {
  const file = typeof trusted === 'string' ? trusted : trusted.map(pem).join('');
  return GENERATIONS.map((generation) => {
    const rules = rulesOf(generation, godebug);
    const pool = poolOfPem([file], rules);
    const { refusals } = verifyAsGo({ chain, trusted: pool, host, now: Date.now(), rules });
    return refusals[0]?.code ?? 'ok';
  });
}

/** The same of Go 1.19, 1.24 and 1.27; or one for each. */
export type Expected = string | readonly [string, string, string];
export type Row = readonly [rule: string, server: () => Server, expected: Expected];

export const dns = make.dns(HOST);
export const withNames = (...more: readonly Buffer[]): Buffer =>
  leaf({ extensions: [names(dns, ...more)] });
export const only = (...list: readonly Buffer[]): Buffer => leaf({ extensions: [names(...list)] });
export const also = (...extensions: readonly Buffer[]): Buffer =>
  leaf({ extensions: [names(dns), ...extensions] });
export const authority = (...extensions: readonly Buffer[]): Buffer =>
  root({ extensions: [make.basicConstraints(true), ...extensions] });
export const under = (rootCertificate: Buffer, leafCertificate = leaf()): Server => ({
  chain: [leafCertificate],
  trusted: [rootCertificate],
});
export const permitted = (base: Buffer): Buffer => authority(make.nameConstraints([base]));
export const excluded = (base: Buffer): Buffer => authority(make.nameConstraints([], [base]));

export const named = (kind: string, rows: readonly Row[]) =>
  rows.map(([rule, ...rest]): Row => [`${kind}: ${rule}`, ...rest]);

export const everyOne = (expected: Expected): readonly string[] =>
  typeof expected === 'string' ? [expected, expected, expected] : expected;

/** Authorities of the name of the root, each with a key of its own; with this identifier, if one is given. */
export const others = (count: number, id?: Buffer): Buffer[] =>
  Array.from({ length: count }, () => {
    const own = make.ecKey();
    const extensions = [
      make.basicConstraints(true),
      ...(id === undefined ? [] : [make.subjectKeyId(own.id)]),
    ];
    return root({ key: own, signer: own, extensions });
  });

/** A key that nobody has: only its size counts. */
export function rsaSpki(size: number, exponent = 65537): Buffer {
  const modulus = Buffer.alloc(size / 8, 0xff);
  const numbers = seq(
    tlv(2, Buffer.of(0), modulus),
    tlv(
      2,
      Buffer.from(exponent.toString(16).padStart(6, '0'), 'hex').subarray(exponent < 0x80 ? 2 : 0),
    ),
  );
  return seq(seq(oid('1.2.840.113549.1.1.1'), NULL), tlv(3, Buffer.of(0), numbers));
}
