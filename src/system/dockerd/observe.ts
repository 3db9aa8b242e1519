import { flagSources } from '../../core/dockerd/observed/flag-sources.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { dataRootOf, engineEndpoint, listenAddresses } from '../../core/dockerd/observed/paths.js';
import { dockerdWords } from '../../core/dockerd/observed/unit.js';
import type { Host } from '../../host/host.js';
import { engineAnswers, stateOf } from './engine-answers.js';
import { findDaemon, type FoundDaemon } from './find-daemon.js';
import { readerOf } from './reader-of.js';
import { absentDaemon, readConfig, type Reading } from './absent-daemon.js';
import { isAsMarked } from './run-mark.js';
import { readWitnesses } from './witnesses.js';

interface Options extends Reading {
  /** Milliseconds that the whole command has; what dockerd does not answer in a part of that, it does not answer. */
  readonly timeoutMs?: number | undefined;
}

/** What a look at dockerd found, for the next look of the same command. */
export interface Look {
  readonly observed: ObservedDaemon;
  /** null where there is no dockerd, and where it gave no answer. */
  readonly found: FoundDaemon | null;
}

/**
 * Everything there is to know about this machine's dockerd, without changing or waiting for anything. A daemon.json that
 * cannot be read is told to `unreadable`, and then as none. While dockerd's process and its unit's files are those of the
 * `earlier` look, systemd is not asked again; dockerd itself, its file and its containers are looked at in any case.
 * @throws file-unreadable, not-permitted for daemon.json where nobody is to be told
 */
export async function lookAtDaemon(
  host: Host,
  options: Options,
  earlier: Look | null,
): Promise<Look> {
  if (host.self.root !== null) return { found: null, observed: await absentDaemon(host, options) };
  const kept = earlier?.found ?? null;
  const mark = kept?.mark ?? null;
  const isSame = mark !== null && isAsMarked(host, mark);
  const search = isSame ? kept : await findDaemon(host);
  const found = search === 'unseen' ? null : search;
  const before = isSame ? (earlier?.observed ?? null) : null;
  const observed =
    found === null
      ? { ...(await absentDaemon(host, options)), ...(search === 'unseen' && { unseen: true }) }
      : await ask(host, { ...options, found, earlier: before });
  return { observed, found: observed.info === null ? null : found };
}

interface Asking extends Options {
  readonly found: FoundDaemon;
  readonly earlier: ObservedDaemon | null;
}

async function ask(
  host: Host,
  { found, config, timeoutMs, unreadable, earlier }: Asking,
): Promise<ObservedDaemon> {
  const words = dockerdWords(found.words);
  const argv = found.process?.argv ?? words.map(({ word }) => word);
  const source = commandLineOf(found);
  const named = parseFlags(argv).flags.get('config-file')?.values.at(-1);
  const configPath = named ?? found.paths.config;
  if (config !== null && config !== configPath)
    return {
      ...(await absentDaemon(host, { config, unreadable })),
      unmanaged: { reader: readerOf(host, config) },
    };
  const configFile = readConfig(host, configPath, unreadable);
  const text = configFile !== null && 'text' in configFile.content ? configFile.content.text : null;
  const endpoint = engineEndpoint(listenAddresses(argv, text), {
    sockets: found.sockets,
    socket: found.paths.socket,
  });
  const told = await engineAnswers(host, {
    found,
    endpoint,
    program: argv[0],
    dataRoot: dataRootOf(argv, text),
    ...patienceOf(timeoutMs),
  });
  return {
    configPath,
    configPathExplicit: named !== undefined,
    configFile,
    certsDir: found.paths.certs,
    state: stateOf(found),
    manager: found.manager,
    flavour: found.flavour,
    endpoint,
    containersOutlive: outlive(found),
    pid: found.process?.pid ?? null,
    automaticRestarts: found.unit?.restarts ?? 0,
    argv,
    unitFiles: found.unit?.files ?? [],
    startWords: words.length > 0 ? words : argv.map((word) => ({ word, source })),
    unitFault: found.unitFault,
    flagSources: flagSources(argv, words, source),
    wrapper: found.wrapper,
    dependents: found.dependents,
    ...told,
    witnesses: await readWitnesses(host, {
      found,
      configPath,
      endpoint: told.info === null ? null : endpoint,
      earlier: earlier?.witnesses ?? null,
    }),
  };
}

/** Three looks, a command's, its transaction's and one more, are to fit into what the command has. */
function patienceOf(timeoutMs: number | undefined): { readonly timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs: Math.min(5_000, timeoutMs / 3) };
}

/** KillMode=control-group, systemd's default, and mixed take the shims of the containers down with dockerd. */
function outlive({ unit, flavour }: FoundDaemon): boolean {
  if (flavour === 'rootless' || flavour === 'desktop') return false;
  return unit === null || unit.killMode === 'process' || unit.killMode === 'none';
}

function commandLineOf({ manager, process }: FoundDaemon): string {
  return process === null || manager.kind === 'none'
    ? 'the command line'
    : `the command line of process ${process.pid}`;
}
