import { appendFileSync } from 'node:fs';
import { engine } from '../../e2e/support/engine.js';

/** Every so many-th case is tried: all of them, unless bench/reliability wants its quick form. */
const STRIDE = Number(process.env.RELIABILITY_STRIDE ?? 1);

export function chosen<Case>(cases: readonly Case[]): readonly Case[] {
  return cases.filter((_, index) => index % STRIDE === 0);
}

/** What was measured, for the table of bench/reliability, which names the file; without it nobody asks. */
export interface Figure {
  readonly name: 'bad config' | 'hung start' | 'rollback timer' | 'container';
  /** The case went as it has to; told before the test itself says so, that a failure is counted. */
  readonly good: boolean;
  readonly what: string;
  /** Milliseconds without an answer of dockerd, or until all was as before; null where there was none to measure. */
  readonly milliseconds: number | null;
}

export function tell(figure: Figure): void {
  const path = process.env.RELIABILITY_FIGURES;
  if (path !== undefined)
    appendFileSync(path, `${JSON.stringify({ ...figure, engine: engine.docker })}\n`);
}
