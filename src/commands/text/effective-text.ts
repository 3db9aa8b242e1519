import { REMEDIES } from '../../core/dockerd/config/pending.js';
import type { EffectiveValue } from '../../core/dockerd/config/effective.js';
import { printable } from '../../core/text/printable.js';
import type { Style } from '../../app/context/command.js';

/** A line a value: what dockerd uses, who says so, and what its next start would take instead. */
export function effectiveLines(values: readonly EffectiveValue[], style: Style): string[] {
  const width = Math.max(...values.map(({ key }) => key.length), 0);
  return values.map((value) => {
    const { key, source, also } = value;
    const said = also.map((one) => `; also ${originOf(one)}: ${show(one.value)}`).join('');
    const origin = style.dim(`(${originOf(value)}${said})`);
    const line = `${key.padEnd(width)}  ${show(value.value)}  ${origin}${standing(value, style)}`;
    return source === 'default' && value.pending === null && value.evidence !== 'unknown'
      ? style.dim(line)
      : line;
  });
}

/** What is known only by the times of a file, and what nobody knows, is not said to be in force. */
function standing({ pending, evidence, source, inForce }: EffectiveValue, style: Style): string {
  if (pending !== null)
    return style.yellow(
      style.say(
        `  not in force yet: ${show(pending.value)} (${originOf(pending)}), needs: ${REMEDIES[pending.remedy]}`,
      ),
    );
  if (inForce === true) return '';
  if (evidence === 'unknown') return style.yellow(style.say('  not known whether in force'));
  return evidence === 'inferred' && source !== 'default'
    ? style.dim(style.say('  in force as far as its times tell'))
    : '';
}

function originOf({
  source,
  from,
}: Pick<EffectiveValue, 'from'> & { readonly source: string }): string {
  return from === null ? source : `${source}: ${from}`;
}

function show(value: EffectiveValue['value']): string {
  return printable(JSON.stringify(value), 120);
}
