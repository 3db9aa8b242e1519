import { basename } from 'node:path';
import { parseEnvironmentFile } from '../../core/dockerd/observed/environment-file.js';
import type { DaemonManager, ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { daemonPaths, type DaemonPaths } from '../../core/dockerd/observed/paths.js';
import { maskedFault, unitFault, type UnitFault } from '../../core/dockerd/observed/unit-fault.js';
import {
  parseUnitCommand,
  splitWords,
  type SourcedWord,
  type Variables,
} from '../../core/dockerd/observed/unit.js';
import type { Host } from '../../host/host.js';
import { findSupervision, unsupervised, type Supervision } from '../systemd/manager.js';
import {
  dockerdBelow,
  dockerdOfPidFile,
  isDockerd,
  processOf,
  programOf,
  readText,
  type Process,
} from '../systemd/process.js';
import {
  activeDependents,
  managerEnvironment,
  unitText,
  type UnitState,
} from '../systemd/unit-state.js';
import { runMark, type RunMark } from './run-mark.js';

/** A dockerd of this machine, running or not, before it is asked anything. */
export interface FoundDaemon {
  readonly manager: DaemonManager;
  readonly flavour: ObservedDaemon['flavour'];
  readonly paths: DaemonPaths;
  /** Of the unit, where systemd is the manager. */
  readonly unit: UnitState | null;
  /** dockerd's own, not that of a program which started it. */
  readonly process: Process | null;
  /** The program that systemd watches where that is not dockerd itself but what started it, such as a shell; else null. */
  readonly wrapper: string | null;
  /** The command line that the unit or the service script would start. */
  readonly words: readonly SourcedWord[];
  /** The variables that its unit or script sets. */
  readonly variables: Variables;
  /** The variables that systemd gives every service. */
  readonly inherited: ReadonlyMap<string, string>;
  /** What its unit takes out of the environment. */
  readonly unset: readonly string[];
  readonly unitFault: UnitFault | null;
  /** What systemd's socket unit listens on. */
  readonly sockets: readonly string[];
  /** The active units that systemd stops together with dockerd's. */
  readonly dependents: readonly string[];
  /** The same as long as systemd has nothing new to say of it (`runMark`); null where that cannot be told. */
  readonly mark: RunMark | null;
}

const DEFAULTS_FILE = '/etc/default/docker';

/** What tells one run of dockerd from another. */
export type DaemonRun = Pick<FoundDaemon, 'unit' | 'process'>;

/** The unit and the process alone, for less than half of the price. null as for `findDaemon`. */
export async function findRun(host: Host): Promise<DaemonRun | null> {
  const { supervision, flavour, paths, stray } = await search(host);
  if (supervision !== null)
    return {
      unit: supervision.state,
      process: processIn(host, { supervision, flavour, paths }).process,
    };
  const isScript = unsupervised(host, paths.pidFile, stray).kind === 'sysv';
  return stray === null && !isScript ? null : { unit: null, process: stray };
}

/** null when there is neither a unit, nor a service script, nor a process; `unseen` where systemd does not say whether. */
export async function findDaemon(host: Host): Promise<FoundDaemon | 'unseen' | null> {
  const { supervision, flavour, paths, stray, isSilent } = await search(host);
  if (supervision !== null) return supervised(host, { supervision, flavour, paths });
  const manager = unsupervised(host, paths.pidFile, stray);
  if (stray === null && manager.kind !== 'sysv') return isSilent ? 'unseen' : null;
  const words = manager.kind === 'sysv' ? scriptWords(host) : [];
  return {
    manager,
    flavour,
    paths,
    unit: null,
    process: stray,
    wrapper: null,
    words,
    inherited: new Map(),
    unset: [],
    variables: manager.kind === 'sysv' ? scriptVariables(host) : new Map(),
    unitFault: null,
    sockets: [],
    dependents: [],
    mark: null,
  };
}

interface Searched {
  readonly flavour: ObservedDaemon['flavour'];
  readonly paths: DaemonPaths;
  /** Null where no unit runs dockerd, though one may be there. */
  readonly supervision: Supervision | null;
  /** A process that its pid file names. */
  readonly stray: Process | null;
  /** systemd was asked, and gave no answer. */
  readonly isSilent: boolean;
}

async function search(host: Host): Promise<Searched> {
  const answer = await findSupervision(host);
  const isSilent = answer === 'silent';
  const found = isSilent ? null : answer;
  const flavour = found?.flavour ?? flavourOfProcess(host);
  const paths = daemonPaths(flavour, host.self.env);
  const stray = dockerdOfPidFile(host, paths.pidFile);
  const runs = found !== null && (found.state.mainPid > 0 || stray === null);
  return { flavour, paths, stray, isSilent, supervision: runs ? found : null };
}

type Supervised = Pick<Searched, 'flavour' | 'paths'> & { readonly supervision: Supervision };

async function supervised(
  host: Host,
  { supervision, flavour, paths }: Supervised,
): Promise<FoundDaemon> {
  const { manager, state } = supervision;
  const text = unitText(host, state);
  const { words, variables, unset, environmentFiles } = parseUnitCommand(text, (path) =>
    readText(host, path),
  );
  const fault = state.masked ? maskedFault(manager.unit) : unitFault(text, state.refused);
  const dependents = await activeDependents(host, manager, state.dependents);
  const { process, wrapper } = processIn(host, { supervision, flavour, paths });
  const files = [...state.files, ...environmentFiles];
  return {
    manager,
    flavour,
    paths,
    unit: state,
    process,
    wrapper,
    words,
    variables,
    inherited: await managerEnvironment(host, manager),
    unset,
    unitFault: fault,
    sockets: state.sockets,
    dependents,
    mark: runMark(host, { manager, state, process, files }),
  };
}

/**
 * dockerd, and the program that systemd watches in its place, if any. The main process of a rootless unit is rootlesskit; its
 * child dockerd writes the pid file.
 */
function processIn(
  host: Host,
  { supervision: { state }, flavour, paths }: Supervised,
): Pick<FoundDaemon, 'process' | 'wrapper'> {
  const main = state.mainPid > 0 ? processOf(host, state.mainPid) : null;
  const inner = flavour === 'rootless' ? dockerdOfPidFile(host, paths.pidFile) : null;
  const wrapper = flavour === 'engine' && main !== null ? wrapperOf(host, main) : null;
  return {
    process: inner ?? (wrapper === null ? main : dockerdBelow(host, state.mainPid)),
    wrapper,
  };
}

function wrapperOf(host: Host, { pid, argv }: Process): string | null {
  const [first] = argv;
  if (first === undefined || isDockerd(host, pid)) return null;
  return programOf(host, pid) ?? basename(first);
}

/** Debian's service script starts dockerd with the words of DOCKER_OPTS. */
function scriptWords(host: Host): SourcedWord[] {
  const options = parseEnvironmentFile(readText(host, DEFAULTS_FILE) ?? '').get('DOCKER_OPTS');
  return [
    { word: 'dockerd', source: '/etc/init.d/docker' },
    ...splitWords(options ?? '').map((word) => ({ word, source: DEFAULTS_FILE })),
  ];
}

function scriptVariables(host: Host): Variables {
  const variables = parseEnvironmentFile(readText(host, DEFAULTS_FILE) ?? '');
  return new Map([...variables].map(([name, value]) => [name, { value, source: DEFAULTS_FILE }]));
}

function flavourOfProcess(host: Host): ObservedDaemon['flavour'] {
  const { pidFile } = daemonPaths('rootless', host.self.env);
  return host.self.uid !== 0 && dockerdOfPidFile(host, pidFile) !== null ? 'rootless' : 'engine';
}
