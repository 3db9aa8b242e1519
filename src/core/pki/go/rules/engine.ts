import {
  GENERATIONS,
  rulesOf,
  type GoGeneration,
  type Godebug,
  type GoRules,
} from './generation.js';

/** What GET /version says of a dockerd. */
export interface EngineBuild {
  /** `go1.24.4`. */
  readonly goVersion: string;
  /** `26.1.5+dfsg1`. */
  readonly version: string;
}

/**
 * By which rules a dockerd judges; several where it cannot be told: no daemon, a Go between those that were measured, or
 * a build whose GODEBUG defaults are not known.
 */
export function rulesOfEngine(build: EngineBuild | null): GoRules[] {
  const minor = Number(/^go1\.(\d+)/.exec(build?.goVersion ?? '')?.[1] ?? NaN);
  const generations = generationsAround(minor);
  const godebugs = build === null ? LENIENT : godebugsOf(build, minor);
  return generations.flatMap((generation) =>
    godebugs
      .filter((godebug) => godebug === 'lenient' || generation !== '1.19')
      .map((godebug) => rulesOf(generation, godebug)),
  );
}

/** The measured generation, or those before and after. */
function generationsAround(minor: number): readonly GoGeneration[] {
  if (Number.isNaN(minor)) return GENERATIONS;
  if (minor <= 19) return ['1.19'];
  if (minor < 24) return ['1.19', '1.24'];
  if (minor === 24) return ['1.24'];
  return minor < 27 ? ['1.24', '1.27'] : ['1.27'];
}

const LENIENT: readonly Godebug[] = ['lenient'];

/** Debian builds without a module, with the defaults of old; docker's own module names the Go it wants, which nobody tells. */
const godebugsOf = ({ version }: EngineBuild, minor: number): readonly Godebug[] =>
  version.includes('dfsg') || minor < 23 ? LENIENT : ['lenient', 'strict'];
