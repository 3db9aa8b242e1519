import type { DeclaredCertificate } from '../declaration/schema.js';
import { fileNameFor } from '../pki/authority/file-name.js';
import type { DeployTarget } from '../pki/authority/deploy-targets.js';
import type { AgentReport } from './report.js';
import { utcDay } from '../text/utc-time.js';

/** A certificate by the name that people know it by. Times in milliseconds since 1970. */
export interface Expiring {
  readonly name: string;
  readonly notAfter: number;
}

/** One of our store. */
export interface HeldCertificate extends Expiring {
  readonly renewAfter: number;
  /** By a person, who issues it anew where it is still wanted. */
  readonly isRevoked: boolean;
}

/** What the store holds under each name: one that was revoked and issued anew is not revoked. */
export function heldCertificates(all: readonly HeldCertificate[]): HeldCertificate[] {
  const inForce = new Set(all.filter((one) => !one.isRevoked).map(({ name }) => name));
  return all.filter(({ name, isRevoked }) => !isRevoked || !inForce.has(name));
}

/** One thing that makes the store hold what is declared. In the order in which they are to be done. */
export type CertificateStep =
  | {
      readonly kind: 'issue';
      readonly name: string;
      readonly domains: readonly string[];
      readonly ips: readonly string[];
      readonly profile: string | undefined;
      readonly days: number | undefined;
    }
  | { readonly kind: 'renew'; readonly names: readonly string[] };

/** What is missing is issued, what is due is renewed at every deploy target. */
export function certificateSteps(
  declared: Readonly<Record<string, DeclaredCertificate>>,
  held: readonly HeldCertificate[],
  now: number,
): CertificateStep[] {
  const known = new Set(held.map(({ name }) => name));
  const names = new Set(Object.keys(declared).map(fileNameFor));
  const due = held
    .filter(({ name, isRevoked }) => names.has(name) && !isRevoked)
    .filter(({ renewAfter }) => now >= renewAfter);
  return [
    ...Object.entries(declared)
      .filter(([name]) => !known.has(fileNameFor(name)))
      .map(([name, certificate]) => issueStep(name, certificate)),
    ...(due.length === 0 ? [] : [{ kind: 'renew' as const, names: due.map(({ name }) => name) }]),
  ];
}

function issueStep(
  name: string,
  { domains, ips, profile, days }: DeclaredCertificate,
): CertificateStep {
  return { kind: 'issue', name, domains: domains ?? [name], ips: ips ?? [], profile, days };
}

/** The command line that does the same, after `dockerctl `: for history and reports. */
export function stepText(step: CertificateStep): string {
  if (step.kind === 'renew') return ['certs renew', ...step.names].join(' ');
  const { name, domains, ips, profile, days } = step;
  return [
    'certs issue',
    `--name=${name}`,
    ...domains.map((domain) => `--domain=${domain}`),
    ...ips.map((ip) => `--ip=${ip}`),
    ...(profile === undefined ? [] : [`--profile=${profile}`]),
    ...(days === undefined ? [] : [`--days=${days}`]),
  ].join(' ');
}

const KINDS = { harbor: 'harbor', registry: 'registry', to: 'folder' } as const;

/** Where the certificate shall be besides the store. */
export function declaredTargets({ deploy }: DeclaredCertificate): DeployTarget[] {
  return (deploy ?? []).flatMap((wanted) =>
    (['harbor', 'registry', 'to'] as const).flatMap((option): DeployTarget[] => {
      const path = wanted[option];
      return path === undefined ? [] : [{ kind: KINDS[option], path }];
    }),
  );
}

const DAY_MS = 86_400_000;
/** Days before the end at which a certificate is warned of, once each. */
const THRESHOLDS = [1, 7, 14, 30];

/** The smallest threshold that was warned of, by certificate. */
export type Warned = ReadonlyMap<string, number>;

/** Warnings that are new since `warned`; one that was renewed is forgotten. */
export function expiryWarnings(
  certificates: readonly Expiring[],
  warned: Warned,
  now: number,
): { readonly reports: readonly AgentReport[]; readonly warned: Warned } {
  const reached = certificates.flatMap(({ name, notAfter }) => {
    const threshold = THRESHOLDS.find((days) => notAfter - now <= days * DAY_MS);
    return threshold === undefined ? [] : [{ name, notAfter, threshold }];
  });
  const news = reached.filter(({ name, threshold }) => threshold < (warned.get(name) ?? Infinity));
  return {
    reports: news.map(({ name, notAfter }) => ({
      name: 'cert-expiring',
      drift: null,
      reason: `${name} ${notAfter <= now ? 'expired' : 'expires'} on ${utcDay(notAfter)}`,
    })),
    warned: new Map(reached.map(({ name, threshold }) => [name, threshold])),
  };
}
