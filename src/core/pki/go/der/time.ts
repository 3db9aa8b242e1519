import type { GoRules } from '../rules/generation.js';
import { refuse } from '../rules/refusal.js';
import { readAny, type Cursor, type Element } from './cursor.js';
import { TAG } from '../../asn1/tags.js';

const UTC = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;
const MINUTE_MS = 60_000;

/** The next value as a time, in milliseconds since 1970 (parser.go parseTime). Either type may have any year. */
export const readTime = (from: Cursor, rules: GoRules): number =>
  timeOf(readAny(from), rules) ?? refuse(['time-malformed', 'a date is none that Go reads']);

/** null: no time that Go reads. Fractions of a second, and a missing zone, are none. */
export function timeOf(element: Element | null, rules: GoRules): number | null {
  if (element?.tag !== TAG.utcTime && element?.tag !== TAG.generalizedTime) return null;
  const isUtc = element.tag === TAG.utcTime;
  const match = (isUtc ? UTC : GENERALIZED).exec(element.content.toString('latin1'));
  if (match === null) return null;
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const offset = offsetOf(match[7] ?? '', rules);
  const year = isUtc ? written + (written >= 69 ? 1900 : 2000) : written;
  if (offset === null || hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day))
    return null;
  const time = new Date(0);
  // From 2050 on a UTCTime counts in the last century (RFC 5280 4.1.2.5.1).
  time.setUTCFullYear(isUtc && year >= 2050 ? year - 100 : year, month - 1, day);
  time.setUTCHours(hour, minute, second);
  return time.getTime() - offset * MINUTE_MS;
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Minutes; null: out of range, or zero and not written as Z. */
function offsetOf(zone: string, { zoneLimited }: GoRules): number | null {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if ((zoneLimited && hours > 24) || minutes > 59 || hours + minutes === 0) return null;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}
