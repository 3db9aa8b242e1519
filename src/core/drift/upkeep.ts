import type { DeclaredCertificate } from '../declaration/schema.js';
import type { Place } from '../pki/places.js';
import type { Report } from './report.js';

/** A certificate of our store. Times in milliseconds since 1970. */
export interface HeldCertificate {
  readonly name: string;
  /** Where it was put besides: renewals follow by themselves. */
  readonly places: readonly Place[];
  readonly notAfter: number;
  readonly renewAfter: number;
}

/** Arguments of dockerctl, in the order in which they are to be run. */
export type Step = readonly string[];

/** What makes the store hold what is declared: what is missing is issued, what is due renewed, and put where it is wanted. */
export function upkeepSteps(
  declared: Readonly<Record<string, DeclaredCertificate>>,
  held: readonly HeldCertificate[],
  now: number,
): Step[] {
  const known = new Map(held.map((one) => [one.name, one]));
  const due = [...known.values()].filter(
    ({ name, renewAfter }) => Object.hasOwn(declared, name) && now >= renewAfter,
  );
  return [
    ...Object.entries(declared).flatMap(([name, certificate]) => [
      ...(known.has(name) ? [] : [issueStep(name, certificate)]),
      ...deploySteps(name, certificate, known.get(name)?.places ?? []),
    ]),
    ...(due.length === 0 ? [] : [['certs', 'renew', ...due.map(({ name }) => name)]]),
  ];
}

function issueStep(name: string, { domains, ips, profile, days }: DeclaredCertificate): Step {
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

function deploySteps(
  name: string,
  { deploy }: DeclaredCertificate,
  places: readonly Place[],
): Step[] {
  return (deploy ?? []).flatMap((wanted) =>
    (['harbor', 'registry', 'to'] as const).flatMap((option) => {
      const path = wanted[option];
      const there = places.some((place) => place.kind === KINDS[option] && place.path === path);
      return path === undefined || there ? [] : [['certs', 'deploy', name, `--${option}=${path}`]];
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
  certificates: readonly Pick<HeldCertificate, 'name' | 'notAfter'>[],
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
