import type { EffectiveValue } from '../../core/dockerd/config/effective.js';
import { printable } from '../../core/text/printable.js';
import type { Style } from '../../app/context/command.js';

/** A line a value: what dockerd uses, who says so, and whether the running one already does. */
export function effectiveLines(values: readonly EffectiveValue[], style: Style): string[] {
  const width = Math.max(...values.map(({ key }) => key.length), 0);
  return values.map(({ key, value, source, from, inForce }) => {
    const origin = from === null ? source : `${source}: ${from}`;
    const pending = inForce === false ? style.yellow('  not in force yet') : '';
    const text = printable(JSON.stringify(value), 120);
    const line = `${key.padEnd(width)}  ${text}  ${style.dim(`(${origin})`)}${pending}`;
    return source === 'default' ? style.dim(line) : line;
  });
}
