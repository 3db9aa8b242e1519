import type { GoCertificate } from '../parse/certificate.js';
import type { Refusal } from '../rules/refusal.js';
import type { Obstacle, Search } from './chains.js';

/** The last certificate that was reached, and how many lie below it. */
export interface Gap {
  readonly top: GoCertificate;
  readonly below: number;
}

export interface Explanation {
  readonly refusals: readonly Refusal[];
  readonly gap: Gap | null;
}

const MOST_OBSTACLES = 5;

/** Why no chain was found: what stood in the way of those who really signed, else where the path ends. */
export function explainSearch(leaf: GoCertificate, search: Search): Explanation {
  const { obstacles, deadEnd } = search;
  const real = obstacles.filter(({ code }) => code !== 'signature-invalid');
  const forged = obstacles.filter(({ code }) => code === 'signature-invalid');
  const isGapFirst = deadEnd.length > 0 && real.length === 0;
  if (real.length > 0) return { refusals: real.slice(0, MOST_OBSTACLES).map(plain), gap: null };
  const imposter = forged.find(({ isTrusted }) => isTrusted) ?? forged[0];
  if (imposter !== undefined && !(isGapFirst && deadEnd.length > 1))
    return { refusals: [otherKey(imposter)], gap: null };
  const [top = leaf] = deadEnd.slice(-1);
  return {
    refusals: [gapRefusal(top, deadEnd, search)],
    gap: { top, below: Math.max(0, deadEnd.length - 1) },
  };
}

const plain = ({ code, detail }: Obstacle): Refusal => ({ code, detail });

function otherKey({ isTrusted, detail, parent }: Obstacle): Refusal {
  if (!isTrusted) return { code: 'signature-invalid', detail };
  return {
    code: 'authority-changed',
    detail: `${parent.subject.text} is trusted, but another key of that name signed what the server shows`,
  };
}

function gapRefusal(top: GoCertificate, path: readonly GoCertificate[], search: Search): Refusal {
  const { subject, issuer, basicConstraints } = top;
  const isSelfIssued = subject.raw.equals(issuer.raw);
  const lookalike = [
    ...search.trusted.reading(issuer.text),
    ...search.sent.reading(issuer.text),
  ].find((other) => !other.subject.raw.equals(issuer.raw));
  if (lookalike !== undefined)
    return {
      code: 'issuer-name-differs',
      detail: `${subject.text} names its authority ${issuer.text} in other bytes than that authority does (another type of string, mostly), and Go compares bytes`,
    };
  if (isSelfIssued && path.length <= 1 && basicConstraints?.isAuthority !== true)
    return { code: 'self-signed', detail: `${subject.text} signed itself and is not an authority` };
  return {
    code: 'unknown-authority',
    detail: isSelfIssued
      ? `its authority ${subject.text} is not trusted here`
      : `${subject.text} is signed by ${issuer.text}, which is not trusted here and did not come with it`,
  };
}
