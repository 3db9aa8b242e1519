import { redactText } from '../../../text/redact.js';
import type { FlagConfig } from '../../options/flag-config.js';
import type { FlagUse } from '../../options/flags.js';
import { isFatal, ofRule } from '../classify.js';
import { quote, type DecodedConfig, type RuleProblem } from './rule.js';

type Sources = Pick<DecodedConfig, 'sourceOf'>;

/** A flag with what is wrong about it, and the file to change. */
export function flagProblem(
  use: FlagUse,
  { sourceOf }: Sources,
  problem: Pick<RuleProblem, 'code' | 'message' | 'hint'> & Partial<RuleProblem>,
): RuleProblem {
  const elsewhere = sourceOf?.(use.word, use.at);
  return {
    stops: 'start',
    ...problem,
    path: [],
    subject: redactText(use.text),
    hint: `${problem.hint}, in ${elsewhere ?? 'the unit: `systemctl cat docker.service`'}`,
    elsewhere,
  };
}

/** `-H --insecure-registry host`: pflag takes the second flag for the address. */
export function swallowing(
  use: FlagUse,
  sources: Sources,
  stops: RuleProblem['stops'],
): RuleProblem {
  const { word = '', orphan = null } = use.swallows ?? {};
  const lost = orphan === null ? '' : `, which leaves ${quote(orphan)} alone`;
  return flagProblem(use, sources, {
    code: 'flag-swallows-flag',
    message: `${use.as} has no value and takes ${quote(word)} for it${lost}`,
    hint: `give ${use.as} a value, or remove it`,
    ...(stops !== undefined && { stops }),
  });
}

/** What does not stop dockerd, and is as bad in a flag. */
const TOLD: readonly RuleProblem['code'][] = ['mirror-retired', 'open-api'];

/**
 * What the rules of the file say of values that flags gave: of those dockerd is started with, so that only what stops a
 * start counts. What stands in the file as well is a conflict, whatever its value.
 */
export function ofFlagValues(
  problems: readonly RuleProblem[],
  { candidate, given }: { readonly candidate: DecodedConfig; readonly given: FlagConfig },
): RuleProblem[] {
  const said = new Set<FlagUse>();
  return problems.flatMap((problem): RuleProblem[] => {
    const use = given.useAt(problem.path);
    const judged = ofRule(problem);
    const counts = isFatal(judged) || judged.need !== undefined || TOLD.includes(problem.code);
    if (use === undefined || !counts || said.has(use)) return [];
    said.add(use);
    if (use.swallows !== undefined) return [swallowing(use, candidate, 'start')];
    return [
      flagProblem(use, candidate, {
        code: TOLD.includes(problem.code) ? problem.code : 'bad-flag-value',
        message: `${use.as}: ${problem.message}`,
        hint: problem.hint,
        stops: judged.stops === 'both' ? 'start' : judged.stops,
        ...(judged.need !== undefined && { need: judged.need }),
      }),
    ];
  });
}
