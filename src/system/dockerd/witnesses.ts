import { dirname, join } from 'node:path';
import type { EngineEndpoint } from '../../core/dockerd/observed/observed.js';
import {
  type LastReload,
  NO_WITNESSES,
  type Witnesses,
} from '../../core/dockerd/observed/witnesses.js';
import { reportedConfig } from '../../core/dockerd/running/reported-config.js';
import type { FileStat, Host } from '../../host/host.js';
import { lastOfRun } from '../systemd/journald.js';
import { environmentOf, readText, startTicks } from '../systemd/process.js';
import { defaultBridge, lastReload } from './engine.js';
import type { FoundDaemon } from './find-daemon.js';
import { readStartRecord } from './start-record.js';

/** A dockerd, and where to ask it; `endpoint` null where it does not answer. */
interface Asked {
  readonly found: FoundDaemon;
  readonly configPath: string;
  readonly endpoint: EngineEndpoint | null;
  /** Of an earlier look at the same process. */
  readonly earlier: Witnesses | null;
}

/** Asks everybody who knows what the dockerd that runs was started with. Changes nothing, and waits for nobody. */
export async function readWitnesses(
  host: Host,
  { found, configPath, endpoint, earlier }: Asked,
): Promise<Witnesses> {
  const { process } = found;
  const startEnvironment = environmentOfStart(found);
  if (process === null) return { ...NO_WITNESSES, startEnvironment };
  const { pid } = process;
  const startedAt = startTime(host, pid);
  const engine = endpoint && { host, endpoint };
  const until = host.clock.now();
  const reload =
    engine === null || startedAt === null
      ? NO_WITNESSES.reload
      : await lastReload(engine, { since: startedAt, until });
  return {
    environment: environmentOf(host, pid),
    startEnvironment,
    record: readStartRecord(host, { pid, configPath }),
    fileIsOlder: startedAt === null ? null : isOlder(host, configPath, startedAt),
    reload,
    reported: await reportedAfter(reload, earlier, () => readReported(host, found)),
    defaultBridge: engine && (await defaultBridge(engine)),
  };
}

/** What systemd gives every service, and what the unit adds. */
function environmentOfStart({
  variables,
  inherited,
  unset,
}: FoundDaemon): Witnesses['startEnvironment'] {
  const source = 'systemctl show-environment';
  return new Map([
    ...[...inherited]
      .filter(([name]) => !unset.includes(name))
      .map(([name, value]) => [name, { value, source }] as const),
    ...variables,
  ]);
}

/** What the log says of a reload does not change any more once it is there. */
async function reportedAfter(
  reload: LastReload,
  earlier: Witnesses | null,
  read: () => Promise<Witnesses['reported']>,
): Promise<Witnesses['reported']> {
  if (reload.kind === 'none') return null;
  const known = earlier?.reload;
  const isSame = reload.kind === 'seen' && known?.kind === 'seen' && known.time === reload.time;
  return (isSame ? earlier?.reported : null) ?? (await read());
}

async function readReported(
  host: Host,
  { manager, unit }: FoundDaemon,
): Promise<Witnesses['reported']> {
  if (manager.kind !== 'systemd' || unit === null || unit.invocation === '') return null;
  const { invocation } = unit;
  const line = await lastOfRun(host, manager, { invocation, text: 'Reloaded configuration' });
  return line === null ? null : reportedConfig(line);
}

/** Linux counts in these whatever the kernel's own ticks are (time(7), USER_HZ). */
const TICK_MS = 10;

/** By our clock, milliseconds since 1970. */
function startTime(host: Host, pid: number): number | null {
  const ticks = startTicks(host, pid);
  const uptime = Number(readText(host, '/proc/uptime')?.split(' ')[0]);
  if (ticks === null || !Number.isFinite(uptime)) return null;
  return host.clock.now() - uptime * 1000 + ticks * TICK_MS;
}

/** Both clocks above tick coarsely. */
const SLACK_MS = 50;

const lastChange = ({ modifiedMs, changedMs }: FileStat): number => Math.max(modifiedMs, changedMs);

/**
 * null where dockerd itself changed the folder last: until 20.10 the first start puts key.json there (moby api/common.go,
 * LoadOrCreateTrustKey).
 */
function folderOf({ fs }: Pick<Host, 'fs'>, folder: string): FileStat | null {
  const [stat, key] = [fs.stat(folder, { follow: true }), fs.stat(join(folder, 'key.json'))];
  const isOfKey =
    stat !== null && key !== null && Math.abs(lastChange(stat) - key.changedMs) < SLACK_MS;
  return isOfKey ? null : stat;
}

/** The file and, where it is one, the link; where there is none, the folder that it would be in. */
function isOlder({ fs }: Host, path: string, startedAt: number): boolean | null {
  try {
    const stats = [fs.stat(path), fs.stat(path, { follow: true })];
    if (stats[1] === null) stats.push(folderOf({ fs }, dirname(path)));
    return stats.every((stat) => stat === null || lastChange(stat) < startedAt - SLACK_MS);
  } catch {
    return null;
  }
}
