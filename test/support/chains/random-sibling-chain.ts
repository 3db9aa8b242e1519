import * as make from './certificate.js';
import { cn, pem } from './der.js';
import { damagedPem } from './random-damage.js';
import { HOSTS } from './random-names.js';
import type { Random } from './random.js';
import type { DraftChain } from './random-siblings.js';

type Change = (chain: DraftChain, random: Random) => void;

const stranger = (
  [key]: readonly make.Key[],
  name = 'stranger',
  extra: Partial<make.CertificateWish> = {},
): Buffer =>
  make.certificate({
    ...{ issuer: cn(name), subject: cn(name), key: key!, signer: key! },
    extensions: [make.basicConstraints(true)],
    ...extra,
  });

const insertedAt = <Item>(list: readonly Item[], item: Item, at: number): Item[] => [
  ...list.slice(0, at),
  item,
  ...list.slice(at),
];

/** What may be another way in what is sent, what is trusted, and what is asked for. */
export const CHAIN_CHANGES: readonly Change[] = [
  (chain) => {
    chain.sent = (made) => made;
  },
  (chain, random) => {
    chain.sent = ([leaf, ...made]) => [leaf!, ...made.reverse().filter(() => random.chance(0.9))];
  },
  (chain, random) => {
    chain.sent = ([leaf, ...made]) => [leaf!, ...made.filter(() => random.chance(0.6))];
  },
  (chain) => {
    chain.sent = ([leaf, ...made]) => [leaf!, ...made, leaf!, ...made];
  },
  // Superfluous, and perhaps of a kind that cannot be read.
  (chain, random) => {
    const key = random.pick(chain.keys);
    const extra = stranger(
      chain.keys,
      'stranger',
      random.chance(0.5) ? { key } : { issuer: cn('_', 19) },
    );
    chain.sent = (made) => insertedAt(made.slice(0, -1), extra, 1 + random.below(made.length - 1));
  },
  // An intermediate, or the server's own, is all that is trusted.
  (chain, random) => {
    const which = random.below(chain.drafts.length);
    chain.trusted = (made) => [made[which]!];
  },
  (chain, random) => {
    const [, ...others] = chain.keys;
    chain.trusted = (made) =>
      insertedAt(made.slice(-1), stranger(others, 'Example 0'), random.below(2));
  },
  // An older certificate of the same authority, beside the good one or in its place.
  (chain, random) => {
    const [root] = chain.drafts;
    const old = make.certificate({
      ...{ issuer: cn(root!.name), subject: cn(root!.name), key: root!.key, signer: root!.key },
      ...{
        from: new Date('2001-01-01'),
        until: new Date(random.pick(['2020-01-01', '2040-01-01'])),
      },
      extensions: [
        make.basicConstraints(true),
        ...(random.chance(0.5) ? [make.subjectKeyId(random.bytes(20))] : []),
      ],
    });
    chain.trusted = (made) => (random.chance(0.5) ? [old] : [old, ...made.slice(-1)]);
  },
  // Many of one name before the right one.
  (chain, random) => {
    const { name } = chain.drafts[0]!;
    const count = random.pick([3, 50, 97, 98, 99, 100, 101, 120]);
    const hasId = random.chance(0.3);
    const many = Array.from({ length: count }, () => {
      const [, , , key] = chain.keys;
      const extensions = [
        make.basicConstraints(true),
        ...(hasId ? [make.subjectKeyId(random.bytes(20))] : []),
      ];
      return stranger([key!], name, { extensions });
    });
    chain.trusted = (made) => [...many, ...made.slice(-1)];
  },
  (chain, random) => {
    chain.host = random.pick([...HOSTS, 'other.test', 'REGISTRY.TEST']);
  },
  (chain, random) => {
    chain.file = (text, root) =>
      random.call(
        () => text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n'])),
        () => `\u00ef\u00bb\u00bf${text}`,
        () => `Certificate:\n  Data: x\n${text}`,
        () => `  ${text.replaceAll('\n', '\n  ')}`,
        () =>
          text.replaceAll('CERTIFICATE', random.pick(['TRUSTED CERTIFICATE', 'X509 CERTIFICATE'])),
        () => root.toString('latin1'),
        () => text.trimEnd(),
        () => `${pem(stranger(chain.keys)).trimEnd()}${text}`,
        () => `${pem(stranger(chain.keys)).slice(0, 200)}\n${text}`,
      );
  },
  (chain, random) => {
    chain.file = (_, root) => damagedPem(stranger(chain.keys), root, random);
  },
];
