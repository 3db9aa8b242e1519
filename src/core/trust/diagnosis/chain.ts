import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { isSha1Signed } from '../../pki/x509/x509.js';
import { dayOf, isAuthority, isSelfIssued, nameOf } from '../material/certificates.js';
import { inspectorNamed } from './inspectors.js';
import type { Roots } from './roots.js';

/** What a server showed, and by what it is judged. `chain` as sent, leaf first; `now` in milliseconds since 1970. */
export interface ShownChain {
  readonly chain: readonly X509Certificate[];
  readonly roots: Roots;
  /** The names of the authorities that were installed for this very registry. */
  readonly installed: readonly string[];
  readonly host: string;
  readonly now: number;
}

export type ChainProblem =
  | 'no-certificate'
  | 'unknown-authority'
  | 'proxy-in-between'
  | 'self-signed'
  | 'authority-changed'
  | 'intermediate-missing'
  | 'expired'
  | 'not-yet-valid'
  | 'name-mismatch'
  | 'only-common-name'
  | 'weak-signature'
  | 'not-for-servers';

export interface ChainVerdict {
  readonly problem: ChainProblem;
  /** A clause for people: which certificate, what about it. */
  readonly detail: string;
}

const MOST_LINKS = 10;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_USAGE = '2.5.29.37.0';

/**
 * Judges as Go does for dockerd (crypto/x509 Certificate.Verify), which is not OpenSSL's way: any trusted certificate is
 * an anchor, a common name counts for nothing, SHA-1 is refused. All problems at once, not only the first; none: trusted.
 */
export function judgeChain(shown: ShownChain): ChainVerdict[] {
  const [leaf] = shown.chain;
  if (leaf === undefined) return [{ problem: 'no-certificate', detail: 'the server showed none' }];
  const path = climb(leaf, shown);
  return [
    ...judgeDates(path.links, shown.now),
    ...judgeName(leaf, shown.host),
    ...judgeUsage(leaf),
    ...(path.anchored ? judgeSignatures(path.links) : judgeGap(path.links, shown)),
  ];
}

interface Path {
  /** Leaf first; the anchor last where there is one. */
  readonly links: readonly X509Certificate[];
  readonly anchored: boolean;
}

/** The path to an anchor; where there is none, the longest that can be built. Anchors are preferred to what was sent. */
function climb(leaf: X509Certificate, { chain, roots }: ShownChain): Path {
  let longest: readonly X509Certificate[] = [leaf];
  const visit = (links: readonly X509Certificate[]): readonly X509Certificate[] | null => {
    const top = links[links.length - 1] ?? leaf;
    if (links.length > longest.length) longest = links;
    if (roots.has(top)) return links;
    if (links.length >= MOST_LINKS) return null;
    for (const parent of [...roots.bySubject(top.issuer), ...chain]) {
      if (!links.includes(parent) && signed(parent, top)) {
        const found = visit([...links, parent]);
        if (found !== null) return found;
      }
    }
    return null;
  };
  const anchored = visit([leaf]);
  return { links: anchored ?? longest, anchored: anchored !== null };
}

function signed(parent: X509Certificate, child: X509Certificate): boolean {
  return isAuthority(parent) && child.checkIssued(parent) && child.verify(parent.publicKey);
}

function judgeDates(links: readonly X509Certificate[], now: number): ChainVerdict[] {
  return links.flatMap((link): ChainVerdict[] => {
    const name = nameOf(link.subject);
    if (Date.parse(link.validTo) < now) {
      return [{ problem: 'expired', detail: `${name} expired on ${dayOf(link.validTo)}` }];
    }
    if (Date.parse(link.validFrom) > now) {
      return [
        {
          problem: 'not-yet-valid',
          detail: `${name} is valid only from ${dayOf(link.validFrom)}, and this machine's clock says ${new Date(now).toISOString().slice(0, 10)}`,
        },
      ];
    }
    return [];
  });
}

function judgeName(leaf: X509Certificate, host: string): ChainVerdict[] {
  const named = isIP(host) === 0 ? namesHost(leaf, host) : leaf.checkIP(host) !== undefined;
  if (named) return [];
  // null, which Node's types do not know: there is such an extension, and it cannot be read.
  const names = leaf.subjectAltName as string | null | undefined;
  if (names === undefined) {
    return [
      {
        problem: 'only-common-name',
        detail: `${nameOf(leaf.subject)} has no subject alternative names at all, and the common name does not count`,
      },
    ];
  }
  const whose = names === null ? 'names that nobody can read' : nameOf(names);
  return [{ problem: 'name-mismatch', detail: `it is for ${whose} and not for ${host}` }];
}

function namesHost(leaf: X509Certificate, host: string): boolean {
  return leaf.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
}

function judgeUsage(leaf: X509Certificate): ChainVerdict[] {
  const usages = Array.isArray(leaf.keyUsage) ? leaf.keyUsage : [];
  const fits = usages.length === 0 || usages.includes(SERVER_AUTH) || usages.includes(ANY_USAGE);
  return fits
    ? []
    : [
        {
          problem: 'not-for-servers',
          detail: `${nameOf(leaf.subject)} is not for servers (its extended key usage lacks serverAuth)`,
        },
      ];
}

/** The anchor's own signature is checked by nobody. */
function judgeSignatures(links: readonly X509Certificate[]): ChainVerdict[] {
  return links
    .slice(0, -1)
    .filter(isSha1Signed)
    .map((link) => ({
      problem: 'weak-signature' as const,
      detail: `${nameOf(link.subject)} is signed with SHA-1`,
    }));
}

/** Why the path ends before an anchor. */
function judgeGap(
  links: readonly X509Certificate[],
  { roots, installed }: ShownChain,
): ChainVerdict[] {
  const top = links[links.length - 1];
  if (top === undefined) return [];
  const name = nameOf(top.subject);
  const issuer = nameOf(top.issuer);
  const inspector = inspectorNamed(issuer);
  if (inspector !== null) {
    return [
      {
        problem: 'proxy-in-between',
        detail: `${issuer}, which is not trusted here, is how ${inspector} names its authority`,
      },
    ];
  }
  if (roots.bySubject(top.issuer).length > 0 && !isSelfIssued(top)) {
    return [
      {
        problem: 'authority-changed',
        detail: `${name} names ${issuer} as its authority; one of that name is trusted, but another key signed this`,
      },
    ];
  }
  if (roots.bySubject(top.subject).length > 0) {
    return [
      {
        problem: 'authority-changed',
        detail: `the server's ${name} is not the ${name} that is trusted here: same name, another key`,
      },
    ];
  }
  if (isSelfIssued(top)) {
    return links.length === 1 && !isAuthority(top)
      ? [{ problem: 'self-signed', detail: `${name} signed itself and is not an authority` }]
      : [
          {
            problem: 'unknown-authority',
            detail: `its authority ${name} is not trusted here${insteadOf(installed)}`,
          },
        ];
  }
  const gap = `${name} is signed by ${issuer}, which is not trusted here and which the server did not send`;
  if (hasIssuerAddress(top)) return [{ problem: 'intermediate-missing', detail: gap }];
  return installed.length === 0
    ? [{ problem: 'unknown-authority', detail: gap }]
    : [
        {
          problem: 'intermediate-missing',
          detail: `${gap}; trusted is ${installed.map(nameOf).join('; ')}: either the server leaves out an intermediate, or another authority signed it`,
        },
      ];
}

/** Another authority than the registry had when it was added. */
function insteadOf(installed: readonly string[]): string {
  return installed.length === 0
    ? ''
    : `; trusted is ${installed.map(nameOf).join('; ')}: either the registry has another authority now, or a proxy in between shows certificates of its own`;
}

/** A certificate that says where its issuer's can be had (AIA, caIssuers) has an intermediate above it. */
function hasIssuerAddress(certificate: X509Certificate): boolean {
  const access: string | undefined = certificate.infoAccess;
  return access?.includes('CA Issuers') === true;
}
