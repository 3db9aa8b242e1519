import { flagSources } from '../../core/dockerd/observed/flag-sources.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import type {
  EngineEndpoint,
  ObservedDaemon,
  RunningContainer,
  Silence,
} from '../../core/dockerd/observed/observed.js';
import {
  daemonPaths,
  dataRootOf,
  engineEndpoint,
  listenAddresses,
} from '../../core/dockerd/observed/paths.js';
import { NO_WITNESSES } from '../../core/dockerd/observed/witnesses.js';
import { dockerdWords } from '../../core/dockerd/observed/unit.js';
import type { JsonObject } from '../../core/formats/json/json-object.js';
import type { FileImage } from '../../core/plan/plan.js';
import { isDockerctlError, systemErrorCode, type DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { askInfo, runningContainers, type Engine } from './engine.js';
import { findDaemon, type FoundDaemon } from './find-daemon.js';
import { readImage } from '../files/image.js';
import { readWitnesses } from './witnesses.js';
import { isStopped } from '../systemd/process.js';
import { containersByShims } from './container-shims.js';
import { unitWordsBelow } from '../systemd/unit-below.js';

interface Options {
  readonly config: string | null;
  /** Milliseconds that the whole command has; what dockerd does not answer in a part of that, it does not answer. */
  readonly timeoutMs?: number;
  readonly unreadable?: (error: DockerctlError) => void;
}

/**
 * Everything there is to know about this machine's dockerd, without changing or waiting for anything.
 * `config` is `--config`, where it was given. A daemon.json that cannot be read is told to `unreadable`, and then as none.
 * @throws file-unreadable, not-permitted for it where nobody is to be told
 */
export async function observeDaemon(
  host: Host,
  { config, timeoutMs, unreadable }: Options,
): Promise<ObservedDaemon> {
  const readConfig = (path: string) => orTold(unreadable, () => readImage(host, path));
  const found = host.self.root === null ? await findDaemon(host) : null;
  if (found === null) return notObserved(host, config, readConfig);
  const words = dockerdWords(found.words);
  const argv = found.process?.argv ?? words.map(({ word }) => word);
  const source = commandLineOf(found);
  const named = parseFlags(argv).flags.get('config-file')?.values.at(-1);
  const configPath = named ?? found.paths.config;
  if (config !== null && config !== configPath) return notObserved(host, config, readConfig);
  const configFile = readConfig(configPath);
  const text = configFile !== null && 'text' in configFile.content ? configFile.content.text : null;
  const endpoint = engineEndpoint(listenAddresses(argv, text), {
    sockets: found.sockets,
    socket: found.paths.socket,
  });
  const running = stateOf(found) === 'running';
  const engine = running && endpoint !== null ? { host, endpoint, ...patienceOf(timeoutMs) } : null;
  // It would only be waited for.
  const isHeld = found.process !== null && isStopped(host, found.process.pid);
  const { info, containers, closed } = await ask(isHeld ? null : engine);
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
    version: versionIn(info?.ServerVersion) ?? (await binaryVersion(host, argv[0])),
    pid: found.process?.pid ?? null,
    argv,
    startWords: words.length > 0 ? words : argv.map((word) => ({ word, source })),
    unitFault: found.unitFault,
    flagSources: flagSources(argv, words, source),
    info,
    silence: engine === null || info !== null || closed ? null : silenceOf(host, found, endpoint),
    wrapper: found.wrapper,
    forbidden: closed,
    containers: containers ?? containersByShims(host, dataRootOf(argv, text)),
    dependents: found.dependents,
    witnesses: await readWitnesses(host, {
      found,
      configPath,
      endpoint: info === null ? null : endpoint,
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
}

async function ask(engine: Engine | null): Promise<Answers> {
  if (engine === null) return { info: null, containers: null, closed: false };
  try {
    const info = await askInfo(engine);
    const containers = info === null ? null : await runningContainers(engine).catch(() => null);
    return { info, containers, closed: false };
  } catch (error) {
    return { info: null, containers: null, closed: systemErrorCode(error) === 'EACCES' };
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

function orTold(unreadable: Options['unreadable'], read: () => FileImage | null): FileImage | null {
  try {
    return read();
  } catch (error) {
    if (unreadable === undefined || !isDockerctlError(error)) throw error;
    unreadable(error);
    return null;
  }
}

/** No dockerd on this machine reads the file given by --config: it is validated and written, and nothing is reloaded. */
async function notObserved(
  host: Host,
  config: string | null,
  readConfig: (path: string) => FileImage | null,
): Promise<ObservedDaemon> {
  const paths = daemonPaths(
    host.self.uid === 0 || host.self.root !== null ? 'engine' : 'rootless',
    host.self.env,
  );
  const words = host.self.root === null ? [] : dockerdWords(unitWordsBelow(host));
  const argv = words.map(({ word }) => word);
  const named = parseFlags(argv).flags.get('config-file')?.values.at(-1);
  const read = named ?? paths.config;
  const configPath = config ?? read;
  // The unit's dockerd reads another file than this one, so nothing is known of its flags.
  const own = configPath === read;
  return {
    configPath,
    configPathExplicit: own && named !== undefined,
    configFile: readConfig(configPath),
    certsDir: paths.certs,
    state: 'absent',
    manager: { kind: 'none' },
    flavour: 'engine',
    endpoint: null,
    containersOutlive: false,
    version: host.self.root === null ? await binaryVersion(host, undefined) : null,
    pid: null,
    argv: own ? argv : [],
    startWords: own ? words : [],
    unitFault: null,
    flagSources: own ? flagSources(argv, words, 'the command line') : [],
    info: null,
    silence: null,
    wrapper: null,
    forbidden: false,
    containers: [],
    dependents: [],
    witnesses: NO_WITNESSES,
  };
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

async function binaryVersion(host: Host, program: string | undefined): Promise<string | null> {
  const dockerd = program !== undefined && /^\/.*\/dockerd$/.test(program) ? program : 'dockerd';
  try {
    const { stdout } = await host.exec.run([dockerd, '--version'], { timeoutMs: 5_000 });
    return versionIn(stdout);
  } catch {
    return null;
  }
}

function versionIn(text: unknown): string | null {
  return typeof text === 'string'
    ? (/(?<!\d)\d{1,9}\.\d{1,9}\.\d{1,9}/.exec(text)?.[0] ?? null)
    : null;
}
