import { flagSources } from '../../core/dockerd/observed/flag-sources.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import type {
  EngineEndpoint,
  ObservedDaemon,
  RunningContainer,
  Silence,
} from '../../core/dockerd/observed/observed.js';
import { dataRootOf, engineEndpoint, listenAddresses } from '../../core/dockerd/observed/paths.js';
import { dockerdWords } from '../../core/dockerd/observed/unit.js';
import type { JsonObject } from '../../core/formats/json/json-object.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { askInfo, runningContainers, type Engine } from './engine.js';
import { findDaemon, type FoundDaemon } from './find-daemon.js';
import { NOT_DOCKERD } from './not-dockerd.js';
import { readerOf } from './reader-of.js';
import { absentDaemon, readConfig, type Reading } from './absent-daemon.js';
import { harmedByReload } from './harmed-by-reload.js';
import { binaryVersion, versionIn } from './program-version.js';
import { isAsMarked } from './run-mark.js';
import { readWitnesses } from './witnesses.js';
import { isStopped } from '../systemd/process.js';
import { containersByShims, unlistedContainers } from './container-shims.js';

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
  const running = stateOf(found) === 'running';
  const engine = running && endpoint !== null ? { host, endpoint, ...patienceOf(timeoutMs) } : null;
  // It would only be waited for.
  const isHeld = found.process !== null && isStopped(host, found.process.pid);
  const { info, containers, closed, podman } = await answersOf(isHeld ? null : engine);
  const version = versionIn(info?.ServerVersion) ?? (await binaryVersion(host, argv[0]));
  const harmed = engine && info && (await harmedByReload(engine, version));
  const dataRoot = dataRootOf(argv, text);
  const unlisted = containers === null ? [] : unlistedContainers(host, containers, dataRoot);
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
    version,
    ...harmed,
    pid: found.process?.pid ?? null,
    automaticRestarts: found.unit?.restarts ?? 0,
    argv,
    unitFiles: found.unit?.files ?? [],
    startWords: words.length > 0 ? words : argv.map((word) => ({ word, source })),
    unitFault: found.unitFault,
    flagSources: flagSources(argv, words, source),
    info,
    silence:
      engine === null || info !== null || closed
        ? null
        : podman
          ? 'podman'
          : silenceOf(host, found, endpoint),
    wrapper: found.wrapper,
    forbidden: closed,
    containers: containers ?? containersByShims(host, dataRoot),
    ...(unlisted.length > 0 && { unlisted }),
    dependents: found.dependents,
    witnesses: await readWitnesses(host, {
      found,
      configPath,
      endpoint: info === null ? null : endpoint,
      earlier: earlier?.witnesses ?? null,
    }),
  };
}

/** Three looks, a command's, its transaction's and one more, are to fit into what the command has. */
function patienceOf(timeoutMs: number | undefined): { readonly timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs: Math.min(5_000, timeoutMs / 3) };
}

interface Answers {
  readonly info: JsonObject | null;
  /** null where they cannot be listed. */
  readonly containers: readonly RunningContainer[] | null;
  /** The socket is closed to this user. */
  readonly closed: boolean;
  /** On it podman answers. */
  readonly podman: boolean;
}

async function answersOf(engine: Engine | null): Promise<Answers> {
  if (engine === null) return { info: null, containers: null, closed: false, podman: false };
  try {
    const info = await askInfo(engine);
    const containers = info === null ? null : await runningContainers(engine).catch(() => null);
    return { info, containers, closed: false, podman: false };
  } catch (error) {
    const code = systemErrorCode(error);
    return {
      info: null,
      containers: null,
      closed: code === 'EACCES',
      podman: code === NOT_DOCKERD,
    };
  }
}

function silenceOf(
  host: Host,
  { unit, process }: FoundDaemon,
  endpoint: EngineEndpoint | null,
): Silence {
  if (unit !== null && (unit.busy || unit.activeState !== 'active')) return 'starting';
  if (process !== null && isStopped(host, process.pid)) return 'stopped';
  const socket = endpoint !== null && 'socketPath' in endpoint ? endpoint.socketPath : null;
  return socket !== null && host.fs.stat(socket, { follow: true }) === null
    ? 'no-socket'
    : 'silent';
}

function stateOf({ unit, process }: FoundDaemon): ObservedDaemon['state'] {
  if (unit === null) return process === null ? 'stopped' : 'running';
  if (unit.activeState === 'failed' || unit.subState === 'auto-restart') return 'failed';
  if (unit.mainPid > 0) return 'running';
  return unit.masked ? 'masked' : 'stopped';
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
