import { DAY_MS } from '../x509/validity.js';

export interface Lifetime {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** With a daily run every certificate needs one run before its end, and some slack for a machine that was off. */
const LEAST_REST_MS = 1.5 * DAY_MS;

/**
 * When a certificate is to be renewed, milliseconds since 1970: with a third of its life left (as certbot and certmagic do),
 * but at least a day and a half before its end, and not within a day of its birth.
 */
export function renewalTime({ notBefore, notAfter }: Lifetime): number {
  const life = notAfter - notBefore;
  const rest = Math.max(life / 3, LEAST_REST_MS);
  const youth = Math.min(DAY_MS, life / 2);
  return Math.max(notAfter - rest, notBefore + youth);
}

/** `ceiling` is the end of the authority: where a new certificate would not live a day longer, it is the authority that must be renewed. */
export function isRenewalDue(
  lifetime: Lifetime,
  { now, ceiling }: { readonly now: number; readonly ceiling: number },
): boolean {
  return now >= renewalTime(lifetime) && ceiling - lifetime.notAfter >= DAY_MS;
}
