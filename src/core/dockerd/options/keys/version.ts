/**
 * An engine's version as numbers: [major, minor, patch]. A part that is not given is Infinity, the newest there is:
 * `29` is the last 29.x, `20.10` the last 20.10.x.
 */
export type EngineVersion = readonly [major: number, minor: number, patch: number];

/**
 * Ranges, both ends included, joined by commas: `25.0.0..`, `..24`, `23.0.0..23.0.6, 24.0.0`. An end counts with the parts it has:
 * `..24` holds 24.0.9. The empty string is every engine.
 */
export type EngineRange = string;

/** Whose source the rules were read from. */
export const KNOWN_ENGINES: EngineRange = '20.10..29';

/** What we judge by when no engine is named and none answers. */
export const NEWEST_ENGINE: EngineVersion = [29, Infinity, Infinity];

/** The engine that says this of its version, or whichever we judge by instead. */
export function engineOf(version: string | null | undefined): EngineVersion {
  return parseVersion(version ?? '') ?? NEWEST_ENGINE;
}

/** `20.10.24+dfsg1`, `v28.5.2`, `29.0.0-rc.1`, `27`; null for what is not a version (`dev`, the empty string). */
export function parseVersion(text: string): EngineVersion | null {
  const match = /^v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?(?:$|[-+~])/.exec(text.trim());
  if (match === null) return null;
  const [major = Infinity, minor = Infinity, patch = Infinity] = match.slice(1).map(part);
  return [major, minor, patch];
}

export function formatVersion(version: EngineVersion): string {
  return version.filter(Number.isFinite).join('.');
}

/** Negative when `a` is older. */
export function compareVersions(a: EngineVersion, b: EngineVersion): number {
  const index = a[0] !== b[0] ? 0 : a[1] !== b[1] ? 1 : 2;
  if (a[index] === b[index]) return 0;
  return a[index] < b[index] ? -1 : 1;
}

/** One range in words: `since 25`, `until 23`, `every engine`. */
export function enginesIn(range: EngineRange): string {
  const [from = '', to = ''] = range.split('..');
  if (from === '' && to === '') return 'every engine';
  if (to === '') return `since ${from}`;
  return from === '' ? `until ${to}` : `${from} to ${to}`;
}

export function inRange(version: EngineVersion, range: EngineRange): boolean {
  for (const { from, to } of windowsOf(range))
    if (compareVersions(version, from) >= 0 && compareVersions(version, to) <= 0) return true;
  return false;
}

interface Window {
  readonly from: EngineVersion;
  readonly to: EngineVersion;
}

/** The same few ranges are asked for each entry of a list. */
const WINDOWS = new Map<EngineRange, readonly Window[]>();

function windowsOf(range: EngineRange): readonly Window[] {
  const known = WINDOWS.get(range);
  if (known !== undefined) return known;
  const windows = range.split(',').map(windowOf);
  WINDOWS.set(range, windows);
  return windows;
}

/** `..` and the empty text hold every engine. */
function windowOf(text: string): Window {
  const [from = '', to = from] = text.trim().split('..');
  return { from: end(from, 0), to: end(to, Infinity) };
}

/** A missing lower part is 0 at the start of a window and Infinity at its end. */
function end(text: string, missing: number): EngineVersion {
  const [major = missing, minor = missing, patch = missing] = text
    .split('.')
    .filter(Boolean)
    .map(Number);
  return [major, minor, patch];
}

function part(digits: string | undefined): number {
  return digits === undefined ? Infinity : Number(digits);
}
