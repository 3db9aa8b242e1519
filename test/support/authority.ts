import { createHash } from 'node:crypto';
import type { NameConstraints } from '../../src/core/pki/x509/constraints.js';
import {
  issueLeaf,
  issueRoot,
  privateKey,
  type Signer,
} from '../../src/core/pki/authority/issue.js';
import { KEY_TYPES, type KeyPair, type KeyType } from '../../src/core/pki/keys/key-type.js';
import { parseNames } from '../../src/core/pki/x509/names.js';
import { readCertificate, type Certificate } from '../../src/core/pki/x509/read-certificate.js';
import type { Subject } from '../../src/core/pki/x509/subject.js';
import { DAY_MS } from '../../src/core/pki/x509/validity.js';

/** 2026-11-21T12:00:00Z: the day these tests live on. */
export const NOW = Date.UTC(2026, 10, 21, 12);

let draws = 0;

/** 16 bytes that differ at every call and are the same in every run. */
export const entropy = (): Uint8Array =>
  createHash('sha256')
    .update(`${(draws += 1)}`)
    .digest()
    .subarray(0, 16);

export interface RootOptions {
  readonly keyType?: KeyType;
  readonly days?: number;
  readonly now?: number;
  readonly subject?: Subject;
  readonly constraints?: NameConstraints | null;
}

/** A root and its open key. */
export async function makeSigner(
  wish: RootOptions = {},
): Promise<Signer & { readonly pair: KeyPair }> {
  const pair = await KEY_TYPES[wish.keyType ?? 'ecdsa-p256'].generate();
  const key = privateKey(pair.pkcs8);
  const constraints = wish.constraints ?? null;
  const { der } = issueRoot(
    {
      subject: wish.subject ?? [['CN', 'Test Root']],
      now: wish.now ?? NOW,
      days: wish.days ?? 3650,
      pathLength: 0,
      constraints,
    },
    { spki: pair.spki, key },
    entropy(),
  );
  return {
    certificate: readCertificate(der, 'root'),
    key,
    constraints: constraints === null ? [] : [constraints],
    crlUrl: null,
    pair,
  };
}

export interface LeafOptions {
  readonly domains?: readonly string[];
  readonly subject?: Subject;
  readonly days?: number;
  readonly keyType?: KeyType;
  readonly explicitDays?: boolean;
  readonly now?: number;
}

export interface Leaf {
  readonly certificate: Certificate;
  readonly pair: KeyPair;
  readonly notes: readonly string[];
}

export async function makeLeaf(signer: Signer, wish: LeafOptions = {}): Promise<Leaf> {
  const pair = await KEY_TYPES[wish.keyType ?? 'ecdsa-p256'].generate();
  const domains = wish.domains ?? ['registry.example.com'];
  const { der, notes } = issueLeaf(
    {
      names: parseNames({ domains, ips: [], emails: [], uris: [] }).names,
      subject: wish.subject ?? [],
      usages: ['server'],
      now: wish.now ?? NOW,
      days: wish.days ?? 397,
      explicitDays: wish.explicitDays ?? false,
      spki: pair.spki,
    },
    signer,
    entropy(),
  );
  return { certificate: readCertificate(der, 'leaf'), pair, notes };
}

export const inDays = (days: number): number => NOW + days * DAY_MS;
