import * as make from './certificate.js';
import { cn, oid, seq, set, tlv } from './der.js';
import { anyBase, anyName } from './random-names.js';
import type { Random } from './random.js';

export const POLICIES = [
  ...['2.5.29.32.0', '1.2.3.4', '1.2.3.5'],
  ...['1.3.6.1.4.1.311.21.8.99999999999999999.1', '2.25.329800735698586629295641978511506172918'],
];
const USAGES = [
  ...[make.SERVER_AUTH, make.SERVER_AUTH, make.CLIENT_AUTH, make.ANY_USAGE],
  ...['1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1', '1.2.3.4', '1.3.6.1.5.5.7.3.9'],
  '2.25.329800735698586629295641978511506172918',
];

interface About {
  readonly key: make.Key;
  readonly parentId: Buffer;
  readonly isAuthority: boolean;
}

/** What extensions a certificate may have, likely ones and odd ones. */
export function anyExtensions({ key, parentId, isAuthority }: About, random: Random): Buffer[] {
  const p = (probability: number) => random.chance(probability);
  const list: Buffer[] = [];
  const add = (probability: number, one: () => Buffer): void => {
    if (p(probability)) list.push(one());
  };
  const either = (authority: number, leaf: number) => (isAuthority ? authority : leaf);
  const pathLength = () => (p(0.15) ? random.pick([0, 1, 2, 3, -1, 300, either(1, 0)]) : undefined);
  add(either(0.97, 0.5), () => make.basicConstraints(p(either(0.97, 0.1)), pathLength(), p(0.8)));
  add(0.6, () => make.keyUsage(...(isAuthority && p(0.96) ? [5, 6] : [0])));
  add(0.5, () => make.subjectKeyId(p(0.9) ? key.id : random.bytes(20), p(0.02)));
  add(0.5, () => make.authorityKeyId(p(0.9) ? parentId : random.bytes(20), p(0.02)));
  add(either(0.15, 0.75), () =>
    make.extendedKeyUsage(...(p(0.8) ? [make.SERVER_AUTH] : random.some(USAGES, 3))),
  );
  add(either(0.06, 0.96), () => make.alternativeNames(namesOf(random), p(0.1)));
  add(either(0.35, 0.03), () => make.nameConstraints(bases(2, random), bases(2, random), p(0.6)));
  add(0.35, () => make.policies(random.some(POLICIES, 3), p(0.2)));
  add(either(0.12, 0), () =>
    make.policyConstraints(
      p(0.7) ? random.below(3) : null,
      p(0.5) ? random.below(2) : null,
      p(0.4),
    ),
  );
  add(either(0.08, 0), () =>
    make.policyMappings([[random.pick(POLICIES), random.pick(POLICIES)]], p(0.3)),
  );
  add(either(0.08, 0), () => make.inhibitAnyPolicy(random.below(2), p(0.4)));
  add(0.05, () =>
    make.extension('1.3.6.1.4.1.311.21.7', seq(oid('1.3.6.1.4.1.311.21.8.1')), p(0.1)),
  );
  add(0.05, () =>
    make.extension(
      '1.3.6.1.5.5.7.1.1',
      seq(seq(oid('1.3.6.1.5.5.7.48.1'), make.uri('ldap:///x y'))),
      p(0.05),
    ),
  );
  add(0.05, () => make.extension('2.5.29.31', seq(seq(crlPoint(random))), p(0.1)));
  if (list.length > 0) add(0.01, () => random.pick(list));
  return list;
}

const crlPoint = (random: Random): Buffer =>
  random.call(
    () => tlv(0xa0, tlv(0xa0, make.uri('http://x'))),
    () => tlv(0xa0, tlv(0xa1, set())),
    () => tlv(0xa2, make.directoryName(cn('x'))),
  );

const namesOf = (random: Random): Buffer[] =>
  random.chance(0.55)
    ? [make.dns('registry.test')]
    : [
        ...several(3, random, anyName),
        random.chance(0.6) ? make.dns('registry.test') : anyName(random),
      ];

const bases = (most: number, random: Random): Buffer[] => several(most, random, anyBase);
export const several = (most: number, random: Random, one: (random: Random) => Buffer): Buffer[] =>
  Array.from({ length: random.below(most + 1) }, () => one(random));
