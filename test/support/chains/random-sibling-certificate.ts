import { sign } from 'node:crypto';
import * as make from './certificate.js';
import {
  attribute,
  bits,
  cn,
  day,
  int,
  latin1,
  NO_NAME,
  NULL,
  oid,
  seq,
  text,
  time,
  tlv,
} from './der.js';
import { anyBase, anyName, DNS_NAMES } from './random-names.js';
import { POLICIES } from './random-extensions.js';
import type { Random } from './random.js';
import type { Draft, DraftChain } from './random-siblings.js';

type Change = (draft: Draft, random: Random, chain: DraftChain) => void;

const set =
  (name: string, make: (random: Random, draft: Draft) => Buffer | null): Change =>
  (draft, random) => {
    const value = make(random, draft);
    if (value === null) draft.extensions.delete(name);
    else draft.extensions.set(name, value);
  };

const spelt = (value: string, tag: number): Buffer =>
  seq(
    attribute(
      '2.5.4.3',
      tag === 30 ? tlv(30, Buffer.from(value, 'utf16le').swap16()) : latin1(tag, value),
    ),
  );
const respelt = (name: string, random: Random): Buffer =>
  random.call(
    () => spelt(name, random.pick([12, 19, 20, 22, 26, 27, 30])),
    () => cn(name.toUpperCase()),
    () => cn(name.replace(' ', '  ')),
    () => cn(`${name} `),
    () => cn(`${name}_@`, random.pick([12, 19, 22])),
    () => seq(attribute('2.5.4.10', text(12, 'Example')), attribute('2.5.4.3', text(12, name))),
    () => NO_NAME,
    () => spelt('é', random.pick([12, 20, 22, 30])),
  );
const SPIFFE = 'spiffe://test/ns';
const USAGES = [
  [make.ANY_USAGE],
  [make.CLIENT_AUTH],
  [make.CLIENT_AUTH, make.SERVER_AUTH],
  [],
  ['1.3.6.1.4.1.311.10.3.3'],
  ['2.16.840.1.113730.4.1'],
  ['1.3.6.1.4.1.311.10.3.3', make.SERVER_AUTH],
  ['2.25.329800735698586629295641978511506172918', make.SERVER_AUTH],
  ['1.3.6.1.5.5.7.3.4', make.CLIENT_AUTH],
];
const VALIDITIES: readonly (() => Buffer)[] = [
  () => seq(time(day(-30)), time(day(-1))),
  () => seq(time(day(2)), time(day(30))),
  () => seq(time(day(-30)), time(day(30_000))),
  () => seq(time(day(30)), time(day(-30))),
  () => seq(latin1(24, '20200101000000Z'), latin1(24, '20400101000000Z')),
  () => seq(latin1(23, '2001010000Z'), latin1(23, '4001010000Z')),
  () => seq(latin1(23, '200101000000+0100'), latin1(23, '400101000000-0230')),
  () => seq(latin1(23, '200101000000Z'), latin1(24, '99991231235959Z')),
  () => seq(latin1(23, '200101000000Z'), latin1(24, '20400101000000.5Z')),
];
const ALGORITHMS = Object.values(make.ALGORITHM);
const pss = (salt: number, isNullThere = true): Buffer => {
  const hash = seq(oid('2.16.840.1.101.3.4.2.1'), isNullThere ? NULL : []);
  const mask = seq(oid('1.2.840.113549.1.1.8'), hash);
  return seq(
    oid('1.2.840.113549.1.1.10'),
    seq(tlv(0xa0, hash), tlv(0xa1, mask), tlv(0xa2, int(salt))),
  );
};

/** What may be another way in one certificate. */
export const CERTIFICATE_CHANGES: readonly Change[] = [
  (draft, random) => {
    draft.subject = respelt(draft.name, random);
  },
  (draft, random, { drafts }) => {
    const parent = drafts[Math.max(0, drafts.indexOf(draft) - 1)]!;
    draft.issuer = respelt(parent.name, random);
  },
  (draft, _, { drafts }) => {
    draft.subject = drafts[0]!.subject;
  },
  (draft, random, { keys }) => {
    draft.key = random.pick(keys);
  },
  (draft, random) => {
    draft.wish.serial = random.call(
      ...[() => int(0), () => int(-5), () => tlv(2, Buffer.alloc(30, 7))],
      ...[() => tlv(2, Buffer.of()), () => tlv(2, Buffer.of(0, 1))],
    );
  },
  (draft, random) => {
    draft.wish.version = random.below(4);
    if (random.chance(0.5)) draft.extensions.clear();
  },
  (draft, random) => {
    draft.wish.validity = random.pick(VALIDITIES)();
  },
  (draft, random) => {
    draft.wish.algorithm = random.pick(ALGORITHMS);
    if (random.chance(0.2)) draft.wish.outerAlgorithm = random.pick(ALGORITHMS);
  },
  (draft, random, { drafts, keys }) => {
    const signer = keys.find(({ privateKey }) => privateKey.asymmetricKeyType === 'rsa')!;
    const at = drafts.indexOf(draft);
    if (at > 0) drafts[at - 1]!.key = signer;
    const saltLength = random.pick([32, 32, 20, 0]);
    draft.wish.algorithm = pss(random.pick([saltLength, saltLength, 20]), random.chance(0.7));
    draft.wish.signature = (key, tbs) =>
      key.asymmetricKeyType === 'rsa'
        ? sign('sha256', tbs, { key, padding: 6, saltLength })
        : sign('sha256', tbs, key);
  },
  (draft, random) => {
    draft.wish.signature = (key, tbs) => {
      const isEdwards = key.asymmetricKeyType?.startsWith('ed') === true;
      const hash = isEdwards ? null : random.pick(['sha1', 'sha224', 'sha384', 'sha512', 'sha256']);
      const made = sign(hash, tbs, key);
      if (random.chance(0.3)) made[made.length - 1]! ^= 1;
      return made;
    };
  },
  (draft, random) => {
    draft.wish.uniqueIds = [tlv(random.pick([0x81, 0x82]), Buffer.of(0, 1))];
  },
  (draft, random) => {
    if (draft.extensions.size === 0) return;
    const [name, value] = random.pick([...draft.extensions]);
    draft.extensions.set(`${name} again`, value);
  },
  set('bc', (random) =>
    random.call(
      () => null,
      () => make.basicConstraints(random.chance(0.5)),
      () => make.basicConstraints(true, random.pick([0, 1, 2, -1]), random.chance(0.5)),
      () => make.basicConstraints(random.chance(0.5), undefined, false),
    ),
  ),
  set('ku', (random) =>
    random.call(
      () => null,
      () => make.keyUsage(...random.some([0, 1, 2, 4, 5, 6, 7], 4)),
      () => make.extension('2.5.29.15', bits(Buffer.of(0x86), random.below(4)), true),
    ),
  ),
  set('ski', (random, { key }) =>
    random.call(
      () => null,
      () => make.subjectKeyId(random.bytes(20)),
      () => make.subjectKeyId(key.id, true),
    ),
  ),
  set('aki', (random, { key }) =>
    random.call(
      () => null,
      () => make.authorityKeyId(random.bytes(20)),
      () => make.authorityKeyId(key.id, true),
      () =>
        make.extension(
          '2.5.29.35',
          seq(tlv(0xa1, make.directoryName(cn('x'))), tlv(0x82, Buffer.of(1))),
        ),
    ),
  ),
  set('eku', (random) => make.extendedKeyUsage(...random.pick(USAGES))),
  set('eku', () => null),
  set('san', (random) => make.alternativeNames([anyName(random), make.dns('registry.test')])),
  set('san', (random) => make.alternativeNames([anyName(random)], random.chance(0.3))),
  set('san', (random) => make.alternativeNames([make.dns(random.pick(DNS_NAMES))])),
  set('san', (random) =>
    make.alternativeNames([
      make.dns('registry.test'),
      make.uri(SPIFFE),
      make.email(random.pick(['a@test', 'a'])),
    ]),
  ),
  set('san', (random) => (random.chance(0.5) ? null : make.extension('2.5.29.17', seq()))),
  set('nc', (random) =>
    make.nameConstraints([make.dns('test')], [anyBase(random)], random.chance(0.6)),
  ),
  set('nc', (random) => make.nameConstraints([anyBase(random)], [], random.chance(0.6))),
  set('nc', (random) =>
    make.nameConstraints([], [anyBase(random), make.directoryName(cn('x'))], random.chance(0.6)),
  ),
  set('cp', (random) => make.policies(random.some(POLICIES, 3), random.chance(0.3))),
  set('pc', (random) =>
    make.policyConstraints(random.below(3), random.chance(0.3) ? 0 : null, random.chance(0.5)),
  ),
  set('iap', (random) => make.inhibitAnyPolicy(random.below(2), random.chance(0.5))),
  set('pm', (random) =>
    make.policyMappings([[random.pick(POLICIES), '1.2.3.4']], random.chance(0.5)),
  ),
  set('odd', (random) =>
    make.extension(
      random.pick([
        '1.3.6.1.4.1.55738.666.1',
        '2.16.840.1.113730.1.1',
        '1.3.6.1.5.5.7.1.24',
        '1.3.6.1.5.5.7.1.3',
        '1.3.6.1.4.1.311.20.2',
        '2.25.329800735698586629295641978511506172918',
        '2.5.29.16',
        '2.5.29.9',
      ]),
      random.bytes(4),
      random.chance(0.5),
    ),
  ),
  set('crl', (random) => {
    const full = tlv(0xa0, tlv(0xa0, make.uri('http://x')));
    const point = random.pick([
      full,
      tlv(0xa0, tlv(0xa1, seq())),
      tlv(0xa2, make.directoryName(cn('x'))),
    ]);
    return make.extension('2.5.29.31', seq(seq(point)), random.chance(0.3));
  }),
  set('aia', (random) =>
    make.extension(
      '1.3.6.1.5.5.7.1.1',
      seq(seq(oid('1.3.6.1.5.5.7.48.1'), make.uri('http://x'))),
      random.chance(0.4),
    ),
  ),
];
