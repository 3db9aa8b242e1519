import type { DeclaredCertificate } from '../declaration/schema.js';
import type { Status } from '../pki/authority/entry.js';
import { fileNameFor } from '../pki/authority/file-name.js';
import type { DeployTarget } from '../pki/authority/deploy-targets.js';
import type { Report } from './report.js';

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

/** A row of `certs list`; times are ISO 8601. */
export interface ListedCertificate {
  readonly name: string;
  readonly status: Status;
  readonly notAfter: string;
  readonly renewAfter: string;
}

/** What the store holds under each name: one that was revoked and issued anew is not revoked. */
export function heldCertificates(rows: readonly ListedCertificate[]): HeldCertificate[] {
  const held = rows.map(({ name, status, notAfter, renewAfter }) => ({
    name,
    notAfter: Date.parse(notAfter),
    renewAfter: Date.parse(renewAfter),
    isRevoked: status === 'revoked',
  }));
  const inForce = new Set(held.filter((one) => !one.isRevoked).map(({ name }) => name));
  return held.filter(({ name, isRevoked }) => !isRevoked || !inForce.has(name));
}

/** Arguments of dockerctl, in the order in which they are to be run. */
export type RenewalCommand = readonly string[];

/** What makes the store hold what is declared: what is missing is issued, what is due renewed wherever it was put. */
export function upkeepSteps(
  declared: Readonly<Record<string, DeclaredCertificate>>,
  held: readonly HeldCertificate[],
  now: number,
): RenewalCommand[] {
  const known = new Set(held.map(({ name }) => name));
  const names = new Set(Object.keys(declared).map(fileNameFor));
  const due = held
    .filter(({ name, isRevoked }) => names.has(name) && !isRevoked)
    .filter(({ renewAfter }) => now >= renewAfter);
  return [
    ...Object.entries(declared)
      .filter(([name]) => !known.has(fileNameFor(name)))
      .map(([name, certificate]) => issueStep(name, certificate)),
    ...(due.length === 0 ? [] : [['certs', 'renew', ...due.map(({ name }) => name)]]),
  ];
}

function issueStep(
  name: string,
  { domains, ips, profile, days }: DeclaredCertificate,
): RenewalCommand {
  return [
    'certs',
    'issue',
    `--name=${name}`,
    ...(domains ?? [name]).map((domain) => `--domain=${domain}`),
    ...(ips ?? []).map((ip) => `--ip=${ip}`),
    ...(profile === undefined ? [] : [`--profile=${profile}`]),
    ...(days === undefined ? [] : [`--days=${days}`]),
  ];
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
): { readonly reports: readonly Report[]; readonly warned: Warned } {
  const reached = certificates.flatMap(({ name, notAfter }) => {
    const threshold = THRESHOLDS.find((days) => notAfter - now <= days * DAY_MS);
    return threshold === undefined ? [] : [{ name, notAfter, threshold }];
  });
  const news = reached.filter(({ name, threshold }) => threshold < (warned.get(name) ?? Infinity));
  return {
    reports: news.map(({ name, notAfter }) => ({
      name: 'cert-expiring',
      drift: null,
      reason: `${name} ${notAfter <= now ? 'expired' : 'expires'} on ${new Date(notAfter).toISOString().slice(0, 10)}`,
    })),
    warned: new Map(reached.map(({ name, threshold }) => [name, threshold])),
  };
}
