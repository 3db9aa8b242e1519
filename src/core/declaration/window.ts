import { DockerctlError } from '../../errors.js';

/** When something may or may not be done: `Sat,Sun 02:00-04:00`, `Mon..Fri 22:00-06:00`, `2026-12-20..2027-01-03`. */
export type Window =
  /** Minutes since midnight; `to` before `from` runs into the next day, and the day named is the one it begins on. */
  | {
      readonly kind: 'weekly';
      readonly days: readonly number[];
      readonly from: number;
      readonly to: number;
    }
  /** Days as `YYYY-MM-DD`, both included. */
  | { readonly kind: 'dates'; readonly from: string; readonly to: string };

export interface Calendar {
  readonly allow: readonly Window[];
  readonly deny: readonly Window[];
  /** An IANA name: `UTC`, `Europe/Berlin`. */
  readonly timezone: string;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKLY = /^(?:([a-z.,]+) )?([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)$/i;
const DATES = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;
const DAY_MINUTES = 24 * 60;

/** Throws `invalid-value`. */
export function parseWindow(text: string): Window {
  const dates = DATES.exec(text);
  if (dates !== null) {
    const [, from = '', to = ''] = dates;
    if (isDate(from) && isDate(to) && from <= to) return { kind: 'dates', from, to };
    throw malformed(text);
  }
  const weekly = WEEKLY.exec(text);
  if (weekly === null) throw malformed(text);
  const [, names, fromHour, fromMinute, toHour, toMinute] = weekly;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  const days = names === undefined ? EVERY_DAY : daysOf(names);
  if (days.length === 0 || from >= DAY_MINUTES || to > DAY_MINUTES || from === to)
    throw malformed(text);
  return { kind: 'weekly', days, from, to };
}

/** Nothing at all may be done now: a change freeze. `now` in milliseconds since 1970. */
export function isDenied({ deny, timezone }: Calendar, now: number): boolean {
  return deny.some((window) => covers(window, localTime(now, timezone)));
}

/** What is kept for maintenance windows may be done now: some window allows it and none denies it. */
export function isAllowed(calendar: Calendar, now: number): boolean {
  const local = localTime(now, calendar.timezone);
  return calendar.allow.some((window) => covers(window, local)) && !isDenied(calendar, now);
}

export function isTimezone(name: string): boolean {
  try {
    localTime(0, name);
    return true;
  } catch {
    return false;
  }
}

interface LocalTime {
  readonly date: string;
  readonly day: number;
  readonly minute: number;
}

/** What the clock on the wall says, summer time included. */
function localTime(now: number, timezone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    day: DAYS.indexOf(part('weekday').slice(0, 3).toLowerCase()),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

function covers(window: Window, { date, day, minute }: LocalTime): boolean {
  if (window.kind === 'dates') return window.from <= date && date <= window.to;
  const { days, from, to } = window;
  if (from < to) return days.includes(day) && from <= minute && minute < to;
  const yesterday = (day + 6) % 7;
  return (days.includes(day) && minute >= from) || (days.includes(yesterday) && minute < to);
}

/** `Mon..Fri`, `Sat,Sun`, `Fri..Mon`; empty where a name is none. */
function daysOf(names: string): number[] {
  const days = names.toLowerCase().split(',').flatMap(rangeOf);
  return days.includes(-1) ? [] : [...new Set(days)];
}

function rangeOf(range: string): number[] {
  const [first = '', last = first, ...more] = range.split('..');
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from < 0 || to < 0 || more.length > 0) return [-1];
  return EVERY_DAY.slice(0, ((to - from + 7) % 7) + 1).map((step) => (from + step) % 7);
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function malformed(text: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${JSON.stringify(text)} is not a window.`,
    hint: 'write days and hours, "Sat,Sun 02:00-04:00" or "Mon..Fri 22:00-06:00", or dates, "2026-12-20..2027-01-03"',
  });
}
