import { KEY_TYPES, type KeyType } from '../../core/pki/keys/key-type.js';
import type { NameConstraints } from '../../core/pki/x509/constraints.js';
import {
  issueIntermediate,
  issueRoot,
  privateKey,
  type Signer,
} from '../../core/pki/authority/issue.js';
import { writePrivateKey } from '../../core/pki/keys/private-key.js';
import { readCertificate } from '../../core/pki/x509/read-certificate.js';
import {
  commonName,
  commonNameOf,
  LONGEST_COMMON_NAME,
  type Subject,
} from '../../core/pki/x509/subject.js';
import type { Host } from '../../host/host.js';
import type { AuthorityMaterial } from './authority-create.js';

export interface InitOrder {
  readonly subject: Subject;
  readonly keyType: KeyType;
  readonly days: number;
  /** null: the root signs day to day. */
  readonly intermediateDays: number | null;
  readonly constraints: NameConstraints | null;
  readonly passphrase: string | null;
  readonly crlUrl: string | null;
  readonly caUrl?: string | null;
}

export interface PreparedAuthority {
  readonly material: AuthorityMaterial;
  /** What it signs with from the first moment, before anything is written. */
  readonly signer: Signer;
}

/** Keys and certificates of a new authority, in memory only. Keys are generated side by side: RSA takes seconds. */
export async function prepareAuthority(host: Host, order: InitOrder): Promise<PreparedAuthority> {
  const { keyType, intermediateDays, constraints, passphrase, crlUrl, caUrl = null } = order;
  const { generate } = KEY_TYPES[keyType];
  const [rootPair, pair] = await Promise.all([
    generate(),
    intermediateDays === null ? null : generate(),
  ]);
  const now = host.clock.now();
  const entropy = (): Uint8Array => host.random.bytes(16);
  const lock = passphrase === null ? null : { passphrase, salt: entropy(), iv: entropy() };
  const key = privateKey(rootPair.pkcs8);
  const { der } = issueRoot(
    {
      subject: order.subject,
      now,
      days: order.days,
      pathLength: pair === null ? 0 : 1,
      constraints,
    },
    { spki: rootPair.spki, key },
    entropy(),
  );
  const root = readCertificate(der, 'the new root');
  const rootKey = writePrivateKey(rootPair.pkcs8, lock);
  const signer: Signer = {
    certificate: root,
    key,
    constraints: constraints ? [constraints] : [],
    crlUrl,
    caUrl,
  };
  if (pair === null || intermediateDays === null)
    return { material: { root, rootKey, intermediate: null }, signer };
  const below = issueIntermediate(
    {
      subject: belowSubject(order.subject),
      now,
      days: intermediateDays,
      spki: pair.spki,
      constraints,
    },
    signer,
    entropy(),
  );
  const certificate = readCertificate(below.der, 'the new intermediate');
  const text = writePrivateKey(pair.pkcs8, lock && { ...lock, salt: entropy(), iv: entropy() });
  return {
    material: { root, rootKey, intermediate: { certificate, key: text } },
    signer: { ...signer, certificate, key: privateKey(pair.pkcs8) },
  };
}

/** The root's subject with another common name: no two of a chain may be called the same. */
function belowSubject(subject: Subject): Subject {
  const suffix = ' intermediate';
  const stem = Array.from(commonNameOf(subject) ?? '').slice(
    0,
    LONGEST_COMMON_NAME - suffix.length,
  );
  return [...subject.filter(([type]) => type !== 'CN'), commonName(stem.join('') + suffix)];
}
