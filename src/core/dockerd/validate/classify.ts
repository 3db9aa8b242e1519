import type { Finding } from '../../plan/finding.js';
import { redactQuoted } from '../../text/redact.js';
import type { ConfigFix } from './config-edit.js';
import type { FindingCode } from './finding-code.js';
import { CONFIG_FINDING_CODES } from './finding-codes.js';
import { type MachineNeed, type Need, whereToLook } from './need.js';
import type { ValuePath } from '../../formats/json/places.js';
import type { ReadProblem, Stops } from '../config/read.js';
import type { RuleProblem } from './rules/rule.js';

/** A finding before its place is known as line and column: with what it stops, and the edit that fixes it. */
export interface UnplacedFinding {
  readonly finding: Omit<Finding, 'path' | 'line' | 'column'>;
  readonly stops: Stops;
  /** An offset, or what stands there. */
  readonly place: number | ValuePath;
  readonly fix?: ConfigFix | undefined;
  /** Not this file but another is to be changed. */
  readonly elsewhere?: string | undefined;
  /** It holds only where the machine lacks this. */
  readonly need?: Need | undefined;
}

export function stops({ stops: one, need }: UnplacedFinding, by: Stops): boolean {
  return need === undefined && (one === by || one === 'both');
}

/** What dockerd starts and reloads with only on a machine that has it, each once. */
export function needsOf(
  judged: readonly UnplacedFinding[],
): (UnplacedFinding & { readonly about: MachineNeed })[] {
  const known = new Set<string>();
  return judged.flatMap((one) => {
    const { need, stops: stopped, finding } = one;
    if (need === undefined || stopped === 'nothing') return [];
    const name = JSON.stringify([finding.subject, need.what]);
    if (known.has(name)) return [];
    known.add(name);
    const about = {
      key: finding.subject,
      ...need,
      where: whereToLook(need),
      stops: stopped === 'both' ? 'start' : stopped,
    } as const;
    return [{ ...one, about }];
  });
}

/** Problems with the flags of the process alone: dockerd would start with the file, and refuses to reload it until it is restarted. */
export function ofReloadAlone(
  atReload: readonly UnplacedFinding[],
  atStart: readonly UnplacedFinding[],
): UnplacedFinding[] {
  if (atReload === atStart) return [];
  const known = new Set(atStart.map(({ finding }) => finding.message));
  return atReload
    .filter((one) => stops(one, 'reload') && !known.has(one.finding.message))
    .map(({ finding, place }) => ({
      finding: {
        ...finding,
        severity: 'warning',
        message: `${finding.message}, as dockerd runs now: it refuses a reload until it is restarted`,
        hint: 'dockerctl daemon restart',
      },
      stops: 'reload',
      place,
    }));
}

export function isFatal({ finding, need }: Pick<UnplacedFinding, 'finding' | 'need'>): boolean {
  return finding.severity === 'error' && need === undefined;
}

/**
 * Of a value that several rules refuse, the first says enough; so does its type, where that is wrong, of all that stands inside, and an
 * error of what is also passed over.
 */
export function withoutEchoes(judged: readonly UnplacedFinding[]): UnplacedFinding[] {
  const errors = judged.filter(({ finding }) => finding.severity === 'error');
  const mistyped = pathsOf(errors.filter(({ finding }) => finding.code === 'wrong-type'));
  const wrong = pathsOf(errors);
  const refused = new Set<string>();
  return judged.filter(({ place, finding: { code, subject, severity } }) => {
    if (typeof place !== 'number' && mistyped.size > 0 && isInside(place, mistyped)) return false;
    if (code === 'unknown-member' && severity !== 'error') return !wrong.has(nameOf(place));
    if (mistyped.has(nameOf(place)) && code !== 'wrong-type') return false;
    if (severity !== 'error' || (code !== 'bad-value' && code !== 'wrong-type')) return true;
    if (refused.has(subject)) return false;
    refused.add(subject);
    return true;
  });
}

function pathsOf(judged: readonly UnplacedFinding[]): ReadonlySet<string> {
  return new Set(judged.map(({ place }) => nameOf(place)).filter((name) => name !== ''));
}

/** No name of a daemon.json has a NUL in it. */
function nameOf(place: UnplacedFinding['place']): string {
  return typeof place === 'number' || place.length === 0 ? '' : `\0${place.join('\0')}`;
}

function isInside(place: ValuePath, outer: ReadonlySet<string>): boolean {
  return place.some((_, end) => end > 0 && outer.has(nameOf(place.slice(0, end))));
}

export function errorsFirst(judged: readonly UnplacedFinding[]): UnplacedFinding[] {
  const isError = ({ finding }: UnplacedFinding) => finding.severity === 'error';
  return [...judged.filter(isError), ...judged.filter((one) => !isError(one))];
}

export function ofReading({ problem, stops }: ReadProblem): UnplacedFinding {
  const { code, message, hint, offset } = problem;
  const severity = stops === 'nothing' ? 'warning' : 'error';
  return {
    finding: { code, severity, subject: 'daemon.json', message, hint },
    stops,
    place: offset,
  };
}

export function ofRule(problem: RuleProblem): UnplacedFinding {
  const { code, path } = problem;
  const [message, hint] = [problem.message, problem.hint].map((text) => redactQuoted(path, text));
  const row: FindingCode = CONFIG_FINDING_CODES[code];
  const stops = problem.stops ?? STOPS_OF[code] ?? (row.severity === 'error' ? 'start' : 'nothing');
  const severity =
    stops === 'start' || stops === 'both' || stops === 'containers'
      ? 'error'
      : row.severity === 'error'
        ? 'warning'
        : row.severity;
  const subject = problem.subject ?? (path.length === 0 ? 'dockerd' : path.join('.'));
  return {
    finding: { code, severity, subject, message: message ?? '', hint: hint ?? '' },
    stops,
    place: path,
    fix: problem.fix,
    elsewhere: problem.elsewhere,
    need: problem.need,
  };
}

/** Codes of what the decoder or Validate refuses: a reload fails on them as well. */
const STOPS_OF: Readonly<Record<string, Stops>> = {
  ...Object.fromEntries(
    [
      'unknown-key',
      'key-of-other-engine',
      'wrong-type',
      'flag-and-file',
      'exclusive-keys',
      'bad-value',
      'bad-insecure-registry',
      'bad-mirror',
      'bad-label',
      'bad-address',
      'bad-runtime',
    ].map((code): [string, Stops] => [code, 'both']),
  ),
  'reload-refused': 'reload',
};
