import { inRange, type EngineVersion } from '../keys/version.js';

const UNITS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

const SIZE = /^([+]?(?:\d(?:_?\d)*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?) ?(?:b|([kmgtp])(?:b|ib)?)?$/i;

/**
 * Bytes of `64MiB`, `1g`, `1.5 GB`, `1024`, counted by 1024 as docker/go-units RAMInBytes does; null when it is not a size.
 */
export function parseSize(text: string): number | null {
  const match = SIZE.exec(text);
  if (match === null) return null;
  const [, number = '', unit = ''] = match;
  return Math.trunc(Number(number.replaceAll('_', '')) * 1024 ** (UNITS[unit.toLowerCase()] ?? 0));
}

/** This engine's docker/go-units takes the text; older ones know fewer spellings, and packages of 23 to 27 may have either. */
export function isSize(text: string, engine: EngineVersion): boolean {
  if (inRange(engine, '..27')) return /^\d+(?:\.\d+)? ?[kmgtp]?i?b?$/i.test(text);
  return SIZE.test(text);
}
