import * as make from './certificate.js';
import { cn, int, intAs, pem, seq } from './der.js';
import type { ChainCase } from './random-chains.js';
import { POLICIES } from './random-extensions.js';
import type { Random } from './random.js';

/** Policies, mappings and limits on both, over up to six certificates. */
export function withPolicies(keys: readonly make.Key[], random: Random): ChainCase {
  const p = (probability: number) => random.chance(probability);
  const known = POLICIES.slice(0, 3);
  const mapped = [...known, '1.2.3.4', '1.2.3.5', '1.2.3.6'];
  const length = 2 + random.below(4);
  let parent = { key: keys[0]!, subject: cn('R') };
  const chain: Buffer[] = [];
  for (let at = 0; at < length; at += 1) {
    const isLeaf = at === length - 1;
    const isSelfIssued = at === 0 || (!isLeaf && p(0.2));
    const subject = isSelfIssued ? parent.subject : cn(`N${at}`);
    const key = keys[at % 5]!;
    const list = [...new Set([...random.some(known, 3), ...(p(0.5) ? [random.pick(known)] : [])])];
    const extensions = [
      isLeaf ? make.alternativeNames([make.dns('registry.test')]) : make.basicConstraints(true),
      ...(p(0.85) ? [make.policies(list)] : []),
      ...(p(0.4) ? [limits(random)] : []),
      ...(p(0.35)
        ? [
            make.policyMappings(
              Array.from(
                { length: 1 + random.below(2) },
                () => [random.pick(mapped), random.pick(mapped)] as const,
              ),
            ),
          ]
        : []),
      ...(p(0.3) ? [make.extension('2.5.29.54', int(random.pick([0, 1, -1])))] : []),
    ];
    chain.unshift(
      make.certificate({
        issuer: parent.subject,
        subject,
        key,
        signer: at === 0 ? key : parent.key,
        extensions,
      }),
    );
    parent = { key, subject };
  }
  return {
    kind: 'policies',
    ca: pem(chain.at(-1)!),
    chain: chain.slice(0, -1),
    host: 'registry.test',
  };
}

const limits = (random: Random): Buffer =>
  make.extension(
    '2.5.29.36',
    seq(
      random.chance(0.7) ? intAs(0x80, random.pick([0, 0, 1, 2, -1])) : [],
      random.chance(0.5) ? intAs(0x81, random.pick([0, 1, 2])) : [],
    ),
  );
