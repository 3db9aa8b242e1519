import * as make from './certificate.js';
import { cn, day, NO_NAME, pem } from './der.js';
import { damagedCertificate, damagedPem, oddCertificate } from './random-damage.js';
import { anyExtensions, several } from './random-extensions.js';
import { anyBase, anyName, DNS_NAMES, HOSTS, ODD_HOSTS, SUBJECTS } from './random-names.js';
import { withPolicies } from './random-policies.js';
import { sibling, siblingKeys } from './random-siblings.js';
import type { Random } from './random.js';

/** A server, what is trusted, and the name that is asked for. */
export interface ChainCase {
  readonly kind: string;
  /** The trusted file, one character a byte. */
  readonly ca: string;
  /** DER, leaf first. */
  readonly chain: readonly Buffer[];
  readonly host: string;
}

export const KINDS = [
  ...(['graph', 'constraints', 'policies', 'host', 'odd', 'pem', 'damaged'] as const),
  'siblings',
] as const;
export type Kind = (typeof KINDS)[number];

/** `count` chains of one kind; the same for the same seed but for keys, serials and signatures. */
export function randomChains(kind: Kind, count: number, random: Random): ChainCase[] {
  const keys = makeKeys();
  const makers: Record<Kind, () => ChainCase> = {
    graph: () => graph(keys, random),
    constraints: () => constrained(keys, random),
    policies: () => withPolicies(keys, random),
    host: () => asked(keys, random),
    odd: () => pinned('odd', oddCertificate(keys, random)),
    pem: () => inFile(keys, random),
    damaged: () => pinned('damaged', damagedCertificate(samples(), random)),
    siblings: () => sibling(forms, random),
  };
  const forms = kind === 'siblings' ? siblingKeys() : [];
  let known: Buffer[] = [];
  const samples = (): Buffer[] => {
    if (known.length === 0)
      known = Array.from({ length: 60 }, () => graph(keys, random).chain).flat();
    return known;
  };
  return Array.from({ length: count }, makers[kind]);
}

/** A certificate that its file may hold or not. */
function inFile(keys: readonly make.Key[], random: Random): ChainCase {
  const wanted = plain(keys);
  return { ...pinned('pem', wanted), ca: damagedPem(plain(keys, 'y'), wanted, random) };
}

const pinned = (kind: Kind, certificate: Buffer): ChainCase => ({
  kind,
  ca: pem(certificate),
  chain: [certificate],
  host: 'registry.test',
});

const ec = () => make.ecKey();
/** One of each kind that Go knows; made anew for each run. */
export const makeKeys = (): make.Key[] => [
  ...[ec(), ec(), ec(), ec(), ec()],
  make.ecKey('P-384'),
  make.ed25519Key(),
  make.rsaKey(),
];

function plain(keys: readonly make.Key[], name = 'x'): Buffer {
  const [key] = keys;
  const extensions = name === 'x' ? [make.alternativeNames([make.dns('registry.test')])] : [];
  return make.certificate({
    issuer: cn(name),
    subject: cn(name),
    key: key!,
    signer: key!,
    extensions,
  });
}

const dates = (random: Random): readonly [Date, Date] =>
  random.chance(0.93)
    ? [day(-3), day(300)]
    : random.pick([
        [day(-30), day(-1)],
        [day(2), day(30)],
        [day(-3), day(30_000)],
      ]);

const bases = (most: number, random: Random): Buffer[] => several(most, random, anyBase);

interface Authority {
  readonly key: make.Key;
  readonly subject: Buffer;
  readonly certificate: Buffer;
}

/** Authorities that signed each other somehow, some of them trusted, some sent. */
function graph(keys: readonly make.Key[], random: Random): ChainCase {
  const authorities: Authority[] = [];
  const signed = (
    of: Pick<Authority, 'key' | 'subject'>,
    by: Pick<Authority, 'key' | 'subject'>,
    version = 2,
  ): Authority => {
    const [from, until] = dates(random);
    const extensions = anyExtensions(
      { key: of.key, parentId: by.key.id, isAuthority: true },
      random,
    );
    const wish = { issuer: by.subject, subject: of.subject, key: of.key, signer: by.key };
    return { ...of, certificate: make.certificate({ ...wish, version, from, until, extensions }) };
  };
  for (let count = 1 + random.below(4); authorities.length < count;) {
    const self = { key: random.pick(keys), subject: random.pick(SUBJECTS) };
    const isRoot = authorities.length === 0 || random.chance(0.25);
    const version = random.chance(0.97) ? 2 : random.below(2);
    authorities.push(signed(self, isRoot ? self : random.pick(authorities), version));
  }
  const crossed = random.chance(0.3)
    ? authorities.map((one) => signed(one, random.pick(authorities)))
    : [];
  const all = [...authorities, ...crossed];
  const issuer = authorities.at(-1)!;
  const key = random.pick(keys);
  const [from, until] = dates(random);
  const leaf = make.certificate({
    issuer: issuer.subject,
    subject: random.chance(0.1)
      ? issuer.subject
      : random.pick([cn('registry.test'), NO_NAME, cn('registry.test', 19)]),
    key,
    signer: random.chance(0.98) ? issuer.key : random.pick(keys),
    ...{ from, until },
    extensions: anyExtensions({ key, parentId: issuer.key.id, isAuthority: false }, random),
  });
  const roots = all
    .filter((_, at) => random.chance(at === 0 ? 0.9 : 0.25))
    .map((one) => one.certificate);
  const sent = all.filter(() => random.chance(0.8)).map((one) => one.certificate);
  return {
    kind: 'graph',
    ca: [...roots, ...(random.chance(0.03) ? [leaf] : [])].map(pem).join(''),
    chain: [leaf, ...(random.chance(0.3) ? sent.reverse() : sent)],
    host: random.chance(0.8) ? 'registry.test' : random.pick(HOSTS),
  };
}

/** Name constraints in a root and an intermediate. */
function constrained(
  [rootKey, middleKey, leafKey]: readonly make.Key[],
  random: Random,
): ChainCase {
  const p = (probability: number) => random.chance(probability);
  const constraints = () => make.nameConstraints(bases(4, random), bases(3, random), p(0.5));
  const names = () => make.alternativeNames(several(3, random, anyName));
  const optional = (probability: number, one: () => Buffer) => (p(probability) ? [one()] : []);
  const [R, I] = [cn('R'), cn('I')];
  const authority = make.basicConstraints(true);
  const root = make.certificate({
    ...{ issuer: R, subject: R, key: rootKey!, signer: rootKey! },
    extensions: [authority, ...optional(0.7, constraints), ...optional(0.1, names)],
  });
  const middle = make.certificate({
    ...{ issuer: R, subject: I, key: middleKey!, signer: rootKey! },
    extensions: [authority, ...optional(0.5, constraints), ...optional(0.25, names)],
  });
  const isDirect = p(0.4);
  const leaf = make.certificate({
    issuer: isDirect ? R : I,
    subject: cn('l'),
    key: leafKey!,
    signer: isDirect ? rootKey! : middleKey!,
    extensions: [
      make.alternativeNames([make.dns('registry.test'), ...several(3, random, anyName)]),
      ...optional(0.05, constraints),
    ],
  });
  return {
    kind: 'constraints',
    ca: pem(root),
    chain: isDirect ? [leaf] : [leaf, middle],
    host: 'registry.test',
  };
}

/** A pinned certificate with odd names, asked for by odd hosts. */
function asked([key]: readonly make.Key[], random: Random): ChainCase {
  const more = () => make.dns(random.pick([...DNS_NAMES, ...ODD_HOSTS]));
  const certificate = make.certificate({
    ...{ issuer: cn('x'), subject: cn('x'), key: key!, signer: key! },
    extensions: [
      make.alternativeNames([...several(3, random, anyName), ...several(2, random, more)]),
    ],
  });
  return { ...pinned('host', certificate), host: random.pick(ODD_HOSTS) };
}
