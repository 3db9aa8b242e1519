import { DockerctlError } from '../../../errors.js';
import type { Certificate } from './read-certificate.js';
import { utcDay } from '../../text/utc-time.js';

export const DAY_MS = 86_400_000;

/** Clocks of clients lag: a certificate that begins now is refused by every TLS client two minutes behind. */
export const BACKDATE_MS = 3_600_000;

/** Apple's limit, for authorities the user added himself too (support.apple.com/103769). */
export const LONGEST_LEAF_DAYS = 825;

const LONGEST_DAYS = 36_500;

export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly notes: readonly string[];
}

export interface ValidityOrder {
  readonly now: number;
  /** Whole days, the backdating counted in; both ends belong to a validity (RFC 5280 4.1.2.5), hence one second less. */
  readonly days: number;
  /** Typed by the operator: then it is kept or refused, never cut. */
  readonly explicit: boolean;
  /** The certificate that signs; null for a root. */
  readonly issuer: Certificate | null;
}

/** Throws `invalid-value` for days no certificate can have, `invalid-certificate` for an authority outside its own validity. */
export function decideValidity(order: ValidityOrder): Validity {
  assertDays(order.days, 'certificate');
  const { issuer, now } = order;
  if (issuer !== null) assertValidNow(issuer, now);
  const start = Math.floor((now - BACKDATE_MS) / 1000) * 1000;
  const notBefore = Math.max(start, issuer?.notBefore ?? start);
  const wanted = start + order.days * DAY_MS - 1000;
  const ceiling = issuer?.notAfter ?? wanted;
  if (wanted <= ceiling) return { notBefore, notAfter: wanted, notes: notesOf(order) };
  if (order.explicit) throw outlives(order, ceiling);
  const note = `the certificate ends with its authority on ${utcDay(ceiling)}, before its usual ${order.days} days are over`;
  return { notBefore, notAfter: ceiling, notes: [note] };
}

/** Length of a validity in whole days, as `--days` counts them. */
export const daysOf = ({
  notBefore,
  notAfter,
}: Pick<Certificate, 'notBefore' | 'notAfter'>): number =>
  Math.round((notAfter + 1000 - notBefore) / DAY_MS);

/** Throws `invalid-value`. */
export function assertDays(days: number, what: 'certificate' | 'revocation list'): void {
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS) return;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `A ${what} cannot be valid for ${days} days: it takes a whole number from 1 to ${LONGEST_DAYS}.`,
    hint: what === 'certificate' ? '--days 397' : '--days 30',
  });
}

function assertValidNow(issuer: Certificate, now: number): void {
  if (now >= issuer.notBefore && now <= issuer.notAfter) return;
  const state =
    now > issuer.notAfter
      ? `expired on ${utcDay(issuer.notAfter)}`
      : `is not valid before ${utcDay(issuer.notBefore)}`;
  throw new DockerctlError({
    code: 'invalid-certificate',
    message: `The authority ${state}: nothing it signs would be accepted.`,
    hint: '`dockerctl certs init --force` (the old authority is kept), or set the clock right',
  });
}

const outlives = ({ days, now }: ValidityOrder, ceiling: number): DockerctlError => {
  const most = Math.floor((ceiling - now) / DAY_MS);
  return new DockerctlError({
    code: 'invalid-value',
    message: `${days} ${days === 1 ? 'day leads' : 'days lead'} beyond the authority's own end on ${utcDay(ceiling)}: clients would refuse the certificate from then on.`,
    hint: most >= 1 ? `--days ${most}, or a new authority` : 'dockerctl certs init --force',
  });
};

const notesOf = ({ days, issuer }: ValidityOrder): string[] =>
  issuer !== null && days > LONGEST_LEAF_DAYS
    ? [`${days} days are more than the ${LONGEST_LEAF_DAYS} that Apple's clients accept`]
    : [];
