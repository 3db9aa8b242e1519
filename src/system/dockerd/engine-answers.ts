import type {
  EngineEndpoint,
  ObservedDaemon,
  RunningContainer,
  Silence,
} from '../../core/dockerd/observed/observed.js';
import type { JsonObject } from '../../core/formats/json/json-object.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { isStopped } from '../systemd/process.js';
import { containersByShims, unlistedContainers } from './container-shims.js';
import { askInfo, type Engine } from './engine.js';
import { runningContainers } from './engine-lists.js';
import type { FoundDaemon } from './find-daemon.js';
import { harmedByReload } from './harmed-by-reload.js';
import { NOT_DOCKERD } from './not-dockerd.js';
import { binaryVersion, versionIn } from './program-version.js';

interface Questions {
  readonly found: FoundDaemon;
  readonly endpoint: EngineEndpoint | null;
  readonly program: string | undefined;
  readonly dataRoot: string;
  /** For each answer. */
  readonly timeoutMs?: number;
}

type Told = Pick<
  ObservedDaemon,
  | 'version'
  | 'info'
  | 'silence'
  | 'forbidden'
  | 'containers'
  | 'unlisted'
  | 'hostGatewayUsers'
  | 'shimRuntimeUsers'
>;

/** What dockerd says of itself, and of its containers; those of a dockerd that says nothing are counted by their shims. */
export async function engineAnswers(
  host: Host,
  { found, endpoint, program, dataRoot, ...patience }: Questions,
): Promise<Told> {
  const engine =
    stateOf(found) === 'running' && endpoint !== null ? { host, endpoint, ...patience } : null;
  // It would only be waited for.
  const isHeld = found.process !== null && isStopped(host, found.process.pid);
  const { info, containers, closed, podman } = await answersOf(isHeld ? null : engine);
  const version = versionIn(info?.ServerVersion) ?? (await binaryVersion(host, program));
  const isSilent = engine !== null && info === null && !closed;
  const unlisted = containers === null ? [] : unlistedContainers(host, containers, dataRoot);
  return {
    version,
    ...(engine && info && (await harmedByReload(engine, version))),
    info,
    silence: isSilent ? (podman ? 'podman' : silenceOf(host, found, endpoint)) : null,
    forbidden: closed,
    containers: containers ?? containersByShims(host, dataRoot),
    ...(unlisted.length > 0 && { unlisted }),
  };
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

export function stateOf({ unit, process }: FoundDaemon): ObservedDaemon['state'] {
  if (unit === null) return process === null ? 'stopped' : 'running';
  if (unit.activeState === 'failed' || unit.subState === 'auto-restart') return 'failed';
  if (unit.mainPid > 0) return 'running';
  return unit.masked ? 'masked' : 'stopped';
}
