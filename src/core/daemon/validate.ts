import { sortFindings, type Finding } from '../finding.js';
import type { Member, Node } from '../json/node.js';
import { CONFIG_FINDING_CODES, type FindingCode } from './finding-codes.js';
import { parseFlags } from './flags.js';
import type { HostFacts } from './host-facts.js';
import { linesOf } from './lines.js';
import { pairsOf, readConfig, valuesOf, type ReadProblem } from './read.js';
import { checkAddressLists } from './rules/addresses.js';
import { checkBridge } from './rules/bridge.js';
import { checkBuilder } from './rules/builder.js';
import { checkContainers } from './rules/containers.js';
import { checkFlags } from './rules/flags.js';
import { checkListeners } from './rules/listeners.js';
import { checkLogs } from './rules/logs.js';
import { checkNames } from './rules/names.js';
import { checkNetwork } from './rules/network.js';
import { checkProcess } from './rules/process.js';
import { checkRegistries } from './rules/registries.js';
import type { Candidate, Rule, RuleProblem, Stops } from './rules/rule.js';
import { checkRuntimeKeys } from './rules/runtimes.js';
import { checkStorage } from './rules/storage.js';
import { checkTypes } from './rules/types.js';
import { checkValues } from './rules/values.js';
import type { EngineVersion } from './version.js';

export interface ValidationInput {
  readonly bytes: Uint8Array;
  /** For the findings; nothing is read. */
  readonly path?: string;
  readonly engine: EngineVersion;
  /** dockerd's command line, the program first; empty for none. */
  readonly argv: readonly string[];
  readonly host?: HostFacts;
}

export interface Verdict {
  /** This dockerd would start with the file: no finding is an error. */
  readonly starts: boolean;
  /** A running one would take it on SIGHUP. */
  readonly reloads: boolean;
  /** Errors first, then in the order of the file. */
  readonly findings: readonly Finding[];
}

const RULES: readonly Rule[] = [
  checkNames,
  checkFlags,
  checkTypes,
  checkValues,
  checkRegistries,
  checkListeners,
  checkProcess,
  checkRuntimeKeys,
  checkContainers,
  checkNetwork,
  checkBridge,
  checkAddressLists,
  checkStorage,
  checkLogs,
  checkBuilder,
];

/** A file with more is beyond repair by list. */
const MOST_FINDINGS = 100;

/** What this dockerd would make of the file: would it start, would it reload, and does each key do what its author meant? */
export function validateConfig(input: ValidationInput): Verdict {
  const { bytes, engine, argv, host = {}, path } = input;
  const read = readConfig(bytes, engine);
  const placeOf = linesOf(read.text);
  const candidate: Candidate = {
    config: valuesOf(read.text, read.members),
    members: pairsOf(read.text, read.members),
    engine,
    flags: parseFlags(argv),
    host,
  };
  const file = path === undefined ? {} : { path };
  const judged: Judged[] = [
    ...read.problems.map((problem) => ofReading(problem)),
    ...duplicates(read.members).map((problem) => ofRule(problem, read.members)),
    ...RULES.flatMap((rule) => rule(candidate)).map((problem) => ofRule(problem, read.members)),
  ];
  const findings = sortFindings(
    errorsFirst(judged)
      .slice(0, MOST_FINDINGS)
      .map(({ finding, offset }) => ({ ...finding, ...file, ...placeOf(offset()) })),
  );
  const stopped = (by: Stops) => judged.some(({ stops }) => stops === by || stops === 'both');
  return { starts: !stopped('start'), reloads: !stopped('reload'), findings };
}

interface Judged {
  readonly finding: Omit<Finding, 'path' | 'line' | 'column'>;
  readonly stops: Stops;
  /** Counted only for findings that are shown. */
  readonly offset: () => number;
}

function errorsFirst(judged: readonly Judged[]): Judged[] {
  const isError = ({ finding }: Judged) => finding.severity === 'error';
  return [...judged.filter(isError), ...judged.filter((one) => !isError(one))];
}

function ofReading({ problem, stops }: ReadProblem): Judged {
  const { code, message, hint, offset } = problem;
  const severity = stops === 'nothing' ? 'warning' : 'error';
  return {
    finding: { code, severity, subject: 'daemon.json', message, hint },
    stops,
    offset: () => offset,
  };
}

function ofRule(problem: RuleProblem, members: readonly Member[]): Judged {
  const { code, path, message, hint } = problem;
  const row: FindingCode = CONFIG_FINDING_CODES[code];
  const stops = problem.stops ?? STOPS_OF[code] ?? (row.severity === 'error' ? 'start' : 'nothing');
  const severity =
    stops === 'start' || stops === 'both'
      ? 'error'
      : row.severity === 'error'
        ? 'warning'
        : row.severity;
  const subject = path.length === 0 ? 'daemon.json' : path.join('.');
  return {
    finding: { code, severity, subject, message, hint },
    stops,
    offset: () => offsetOf(members, path),
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

function duplicates(members: readonly Member[], within: readonly string[] = []): RuleProblem[] {
  const seen = new Set<string>();
  return members.flatMap(({ key, value }): RuleProblem[] => {
    const path = [...within, key];
    const inside = value.kind === 'object' ? duplicates(value.members, path) : [];
    if (!seen.has(key)) {
      seen.add(key);
      return inside;
    }
    return [
      ...inside,
      {
        code: 'duplicate-key',
        path,
        message: `${JSON.stringify(key)} stands twice: dockerd takes the last, and merges objects`,
        hint: 'join the two into one',
      },
    ];
  });
}

/** Where the last name of the path stands, or the item; as near as there is. */
function offsetOf(members: readonly Member[], path: readonly (string | number)[]): number {
  const [step, ...rest] = path;
  const member = members.findLast(({ key }) => key.toLowerCase() === String(step).toLowerCase());
  return member === undefined ? 0 : offsetIn(member.value, { path: rest, offset: member.start });
}

function offsetIn(
  node: Node,
  at: { readonly path: readonly (string | number)[]; readonly offset: number },
): number {
  const [step, ...path] = at.path;
  if (node.kind === 'object' && typeof step === 'string') {
    const member = node.members.findLast(({ key }) => key.toLowerCase() === step.toLowerCase());
    return member === undefined
      ? at.offset
      : offsetIn(member.value, { path, offset: member.start });
  }
  const item = node.kind === 'array' && typeof step === 'number' ? node.items[step] : undefined;
  return item === undefined ? at.offset : offsetIn(item, { path, offset: item.start });
}
