import * as make from './certificate.js';
import { cn, pem } from './der.js';
import type { ChainCase } from './random-chains.js';
import { CHAIN_CHANGES } from './random-sibling-chain.js';
import { CERTIFICATE_CHANGES } from './random-sibling-certificate.js';
import type { Random } from './random.js';

/** A certificate before it is signed. */
export interface Draft {
  readonly name: string;
  subject: Buffer;
  /** What it calls its issuer, where that is not the issuer's own subject. */
  issuer?: Buffer;
  key: make.Key;
  /** By a short name, so that a change replaces what is there. */
  readonly extensions: Map<string, Buffer>;
  readonly wish: { -readonly [Part in keyof make.CertificateWish]?: make.CertificateWish[Part] };
}

/** A whole chain before it is signed: a root first, the server last. */
export interface DraftChain {
  readonly drafts: Draft[];
  readonly keys: readonly make.Key[];
  host: string;
  /** What becomes of the certificates that were made, leaf first. */
  sent: (chain: Buffer[]) => Buffer[];
  trusted: (chain: Buffer[]) => Buffer[];
  file: (text: string, root: Buffer) => string;
}

/** Two of P-256 and one of each other kind, those that Go refuses too. */
export const siblingKeys = (): make.Key[] => [
  ...[make.ecKey(), make.ecKey(), make.ecKey(), make.ecKey()],
  ...['P-384', 'P-521', 'P-224', 'brainpoolP256r1', 'secp256k1'].map((curve) => make.ecKey(curve)),
  ...[make.ed25519Key(), make.rsaKey(), make.rsaKey(1024), make.rsaKey(768)],
  ...[make.otherKey('ed448'), make.otherKey('rsa-pss'), make.otherKey('dsa')],
];

/** A sound chain with one or two things changed, each of which keeps a rule or breaks it. */
export function sibling(keys: readonly make.Key[], random: Random): ChainCase {
  const chain = sound(keys, random);
  for (let count = random.chance(0.75) ? 1 : 2; count > 0; count -= 1) {
    if (random.chance(0.3)) random.pick(CHAIN_CHANGES)(chain, random);
    else random.pick(CERTIFICATE_CHANGES)(random.pick(chain.drafts), random, chain);
  }
  const made = signed(chain.drafts);
  const trusted = chain.trusted([...made]);
  return {
    kind: 'siblings',
    ca: chain.file(trusted.map(pem).join(''), trusted[0] ?? Buffer.of()),
    chain: chain.sent([...made]),
    host: chain.host,
  };
}

function sound(keys: readonly make.Key[], random: Random): DraftChain {
  const length = 2 + random.below(3);
  const drafts = Array.from({ length }, (_, at): Draft => {
    const isLeaf = at === length - 1;
    const key = keys[at % 4]!;
    const parent = keys[Math.max(0, at - 1) % 4]!;
    const extensions = new Map([
      ['bc', make.basicConstraints(!isLeaf)],
      ['ku', make.keyUsage(...(isLeaf ? [0] : [5, 6]))],
      ['ski', make.subjectKeyId(key.id)],
      ['aki', make.authorityKeyId(parent.id)],
    ]);
    if (isLeaf) {
      extensions.set('san', make.alternativeNames([make.dns('registry.test')]));
      extensions.set('eku', make.extendedKeyUsage(make.SERVER_AUTH));
    }
    const name = isLeaf ? 'registry.test' : `Example ${at}`;
    return { name, subject: cn(name), key, extensions, wish: {} };
  });
  return {
    ...{ drafts, keys, host: 'registry.test' },
    sent: (made) => made.slice(0, -1),
    trusted: (made) => made.slice(-1),
    file: (text) => text,
  };
}

/** Leaf first. */
function signed(drafts: readonly Draft[]): Buffer[] {
  return drafts
    .map((draft, at) => {
      const parent = drafts[Math.max(0, at - 1)]!;
      return make.certificate({
        ...{ issuer: draft.issuer ?? parent.subject, subject: draft.subject },
        ...{ key: draft.key, signer: parent.key, extensions: [...draft.extensions.values()] },
        ...draft.wish,
      });
    })
    .reverse();
}
