import type { Issuer } from './certificate.js';
import {
  contentOf,
  decode,
  isTagged,
  itemsOf,
  numberOf,
  oidOf,
  timeOf,
  type Der,
} from '../asn1/der.js';
import { bits, enumerated, integer, sequence, tagged, time } from '../asn1/der-writer.js';
import { authorityKeyIdentifier, crlNumber, reasonCode } from './extensions.js';
import { OID } from '../asn1/oid.js';
import { signBytes } from './signature.js';
import { assertDays, BACKDATE_MS, DAY_MS } from './validity.js';

/** CRLReason (RFC 5280 5.3.1), of the ones that fit a certificate of ours. */
export const REASONS = {
  unspecified: 0,
  'key-compromise': 1,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
  'privilege-withdrawn': 9,
} as const;

export type Reason = keyof typeof REASONS;

export interface Revocation {
  /** Lower-case hex. */
  readonly serial: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: Reason;
}

export interface RevocationList {
  /** Grows by one from list to list. */
  readonly number: number;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked: readonly Revocation[];
}

export interface ListOrder {
  readonly now: number;
  /** How long the list is good for. */
  readonly days: number;
  /** What comes on it beside what is on the last one. */
  readonly revoke: readonly Revocation[];
}

/** What is known of the lists before. */
export interface Published {
  /** The last one; null before the first, and where it is lost. */
  readonly crl: RevocationList | null;
  readonly crlIsLost: boolean;
  /** By serial. */
  readonly revoked: ReadonlyMap<string, Revocation>;
}

/** The list after the last one, one number up. Throws `invalid-value` for days that no list can have. */
export function nextList({ crl, crlIsLost, revoked }: Published, order: ListOrder): RevocationList {
  const { now, days, revoke } = order;
  assertDays(days, 'revocation list');
  // A client keeps the list with the highest number, and that of a lost one is unknown: more than anybody counts to.
  const listed = [...revoked.values(), ...revoke.filter(({ serial }) => !revoked.has(serial))];
  const before = crlIsLost ? Math.floor(now / 1000) : (crl?.number ?? 0);
  return {
    number: before + 1,
    thisUpdate: issuedAt(now, listed),
    nextUpdate: now + days * DAY_MS,
    revoked: listed,
  };
}

/** Backdated for clocks that are slow, but never before what stands on the list was revoked (RFC 5280 5.1.2.4). */
function issuedAt(now: number, listed: readonly Revocation[]): number {
  const latest = listed.reduce((time, { at }) => Math.max(time, at), 0);
  return Math.min(now, Math.max(now - BACKDATE_MS, latest));
}

/** CertificateList version 2 (RFC 5280 5) as DER. */
export function buildCrl(list: RevocationList, issuer: Issuer): Buffer {
  const entries = list.revoked.map(encodeRevocation);
  const body = sequence(
    integer(1),
    issuer.algorithm,
    issuer.name,
    time(list.thisUpdate),
    time(list.nextUpdate),
    // An empty list is left out altogether (5.1.2.6).
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(authorityKeyIdentifier(issuer.keyId), crlNumber(list.number))),
  );
  const signature = signBytes(body, issuer.key, issuer.scheme);
  return sequence(body, issuer.algorithm, bits(signature));
}

/** A list that `buildCrl` made. Throws forge's Error for anything that is not DER. */
export function readCrl(der: Uint8Array): RevocationList {
  const body = itemsOf(itemsOf(decode(der))[0]);
  const [, , , thisUpdate, nextUpdate, entries] = body;
  const number = extensionValue(itemsOf(body.find((item) => isTagged(item, 0)))[0], OID.crlNumber);
  return {
    number: numberOf(number),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: timeOf(nextUpdate),
    revoked: isTagged(entries, 0) ? [] : itemsOf(entries).map(decodeRevocation),
  };
}

function encodeRevocation({ serial, at, reason }: Revocation): Buffer {
  const code = REASONS[reason];
  const said = code === 0 ? [] : [sequence(reasonCode(enumerated(code)))];
  return sequence(integer(Buffer.from(serial, 'hex')), time(at), ...said);
}

function decodeRevocation(entry: Der): Revocation {
  const [serial, at, extensions] = itemsOf(entry);
  const code = numberOf(extensionValue(extensions, OID.reasonCode));
  const reason = (Object.keys(REASONS) as Reason[]).find((name) => REASONS[name] === code);
  return {
    serial: contentOf(serial).toString('hex'),
    at: timeOf(at),
    reason: reason ?? 'unspecified',
  };
}

function extensionValue(extensions: Der | undefined, id: string): Der | undefined {
  const found = itemsOf(extensions).find((item) => oidOf(itemsOf(item)[0]) === id);
  return found === undefined ? undefined : decode(contentOf(itemsOf(found).at(-1)));
}
