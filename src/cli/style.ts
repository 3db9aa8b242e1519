import colours from 'picocolors';
import type { Style } from '../app/context/command.js';
import { English, wrapFor, type Streams } from './output.js';

/** Colours only on a terminal, and never against NO_COLOR (no-color.org) or `--no-color`. */
export function createStyle({ stdout, env, say = English }: Streams, wanted: boolean): Style {
  const on = wanted && stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  const { bold, dim, red, green, yellow, cyan } = colours.createColors(on);
  const wrapped = (text: string) => wrapFor(say(text), stdout);
  return { say, bold, dim, red, green, yellow, cyan, wrapped, width: stdout.columns ?? 100 };
}
