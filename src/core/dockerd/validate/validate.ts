import { sortFindings, type Finding } from '../../plan/finding.js';
import { parseFlags } from '../options/flags.js';
import type { EngineVersion } from '../options/keys/version.js';
import { readConfig, type Read } from '../config/read.js';
import { placesIn } from '../../formats/json/places.js';
import { checkConfig, decodedFrom } from './check-config.js';
import {
  errorsFirst,
  needsOf,
  type UnplacedFinding,
  ofReading,
  ofReloadAlone,
  ofRule,
  stops,
  withoutEchoes,
} from './classify.js';
import type { ConfigFix } from './config-edit.js';
import { duplicateKeys } from './duplicate-keys.js';
import type { HostFacts } from './host-facts.js';
import { linesOf } from './lines.js';
import type { MachineNeed } from './need.js';
import type { DecodedConfig, SourceOf } from './rules/rule.js';
import { withSafeFixes, renamed } from './safe-renames.js';

export interface ValidationInput {
  readonly bytes: Uint8Array;
  /** For the findings; nothing is read. */
  readonly path?: string;
  readonly engine: EngineVersion;
  /** dockerd's command line at its next start, the program first; empty for none. */
  readonly argv: readonly string[];
  /** That of the process which a reload would ask, where it is another. */
  readonly running?: readonly string[];
  readonly sourceOf?: SourceOf;
  readonly host?: HostFacts;
}

export interface ConfigVerdict {
  /** This dockerd would start with the file. */
  readonly starts: boolean;
  /** A running one would take it on SIGHUP. */
  readonly reloads: boolean;
  /** A container can start. */
  readonly containers: boolean;
  /** What the machine must have for that, as far as nobody could look; empty where dockerd does not start anyway. */
  readonly needs: readonly MachineNeed[];
  /** Errors first, then in the order of the file. An error is what a start fails with, or every container. */
  readonly findings: readonly Finding[];
  /** What fixes a finding, where that is mechanical. */
  readonly fixes: ReadonlyMap<Finding, ConfigFix>;
}

/** A file with more is beyond repair by list. */
const MOST_FINDINGS = 100;

/** What this dockerd would make of the file: would it start, would it reload, and does each key do what its author meant? */
export function validateConfig(input: ValidationInput): ConfigVerdict {
  const { bytes, engine, argv, running, sourceOf, host = {}, path } = input;
  const read = readConfig(bytes, engine);
  const { problems, pairs, members } = read;
  const ofText = [...problems.map(ofReading), ...duplicateKeys(members, MOST_FINDINGS).map(ofRule)];
  const surroundings = { engine, flags: parseFlags(argv), sourceOf, host };
  const decoded = decodedFrom(pairs, surroundings);
  const checked = (config: DecodedConfig) => [...ofText, ...checkConfig(config).map(ofRule)];
  const atStart = checked(decoded);
  const atReload =
    running === undefined ? atStart : checked({ ...decoded, flags: parseFlags(running) });
  const judged = [...atStart, ...ofReloadAlone(atReload, atStart)];
  const starting = answersOf(atStart);
  const answers = { ...starting, reloads: answersOf(atReload).reloads };
  const found = foundIn(judged);
  const needed = neededFor(answers, judged);
  const placeOf = placer(read, [...found, ...needed], path);
  const placed = found.map((one) => ({ ...one, finding: { ...one.finding, ...placeOf(one) } }));
  const fixes = placed.flatMap(({ finding, fix }) =>
    fix === undefined ? [] : [[finding, fix] as const],
  );
  const keepsAll = (members: DecodedConfig['members']) => {
    const after = answersOf(checked(decodedFrom(members, surroundings)));
    return ANSWERS.every((answer) => after[answer] || !starting[answer]);
  };
  return {
    ...answers,
    needs: needed.map((one) => ({ ...one.about, ...placeOf(one) })),
    findings: sortFindings(placed.map(({ finding }) => finding)),
    fixes: withSafeFixes(new Map(fixes), (renames) => keepsAll(renamed(pairs, renames))),
  };
}

const ANSWERS = ['starts', 'reloads', 'containers'] as const;

type Answers = Pick<ConfigVerdict, (typeof ANSWERS)[number]>;

function answersOf(judged: readonly UnplacedFinding[]): Answers {
  const isStopped = (by: 'start' | 'reload' | 'containers') => judged.some((one) => stops(one, by));
  const starts = !isStopped('start');
  return { starts, reloads: !isStopped('reload'), containers: starts && !isStopped('containers') };
}

/** Findings but not needs, of several that say one thing the first. */
function foundIn(judged: readonly UnplacedFinding[]): UnplacedFinding[] {
  const known = judged.filter(({ need }) => need === undefined);
  return errorsFirst(withoutEchoes(known)).slice(0, MOST_FINDINGS);
}

function neededFor(
  { starts, containers }: Answers,
  judged: readonly UnplacedFinding[],
): ReturnType<typeof needsOf> {
  if (!starts) return [];
  return needsOf(judged)
    .filter(({ about }) => containers || about.stops !== 'containers')
    .slice(0, MOST_FINDINGS);
}

/** Where each of these stands: in the file by line and column, or in another file. */
function placer(
  { text, source, back = (offset: number) => offset }: Read,
  judged: readonly UnplacedFinding[],
  path: string | undefined,
): (one: UnplacedFinding) => Pick<Finding, 'path' | 'line' | 'column'> {
  const file = path === undefined ? {} : { path };
  const paths = judged.flatMap(({ place }) => (typeof place === 'number' ? [] : [place]));
  const offsetOf = source === null ? () => 0 : placesIn(source, paths);
  const lineOf = linesOf(text);
  return ({ place, elsewhere }) => {
    if (elsewhere !== undefined) return { path: elsewhere };
    return { ...file, ...lineOf(typeof place === 'number' ? place : back(offsetOf(place))) };
  };
}
