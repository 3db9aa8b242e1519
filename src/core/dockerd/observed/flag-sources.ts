import { argvFlags, type ArgvFlag } from '../options/argv.js';
import type { FlagSource } from './observed.js';
import type { SourcedWord } from './unit.js';

/**
 * Where each flag of a dockerd comes from: the file of the unit's command line that says the same flag, else
 * `otherwise` (the unit was edited after the start, or somebody started dockerd by hand).
 */
export function flagSources(
  argv: readonly string[],
  unit: readonly SourcedWord[],
  otherwise: string,
): FlagSource[] {
  const starts = unit.slice(1).filter(({ word }) => word.startsWith('-'));
  const sources = new Map(
    argvFlags(unit.map(({ word }) => word)).map((flag, index) => [
      keyOf(flag),
      starts[index]?.source ?? otherwise,
    ]),
  );
  return argvFlags(argv).map((flag) => ({
    flag: flag.word,
    source: sources.get(keyOf(flag)) ?? otherwise,
  }));
}

function keyOf({ name, value }: ArgvFlag): string {
  return `${name}=${value ?? ''}`;
}
