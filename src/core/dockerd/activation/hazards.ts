import type { Json, JsonObject } from '../../formats/json/json-object.js';
import type { DaemonFlags } from '../options/flags.js';
import { insecureEntry } from '../options/insecure.js';
import { stringsOf } from '../options/meaning.js';
import { printable } from '../../text/printable.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';

/** What a reload depends on besides the keys that changed. */
export interface ReloadSituation {
  readonly after: JsonObject;
  readonly flags: DaemonFlags;
  readonly engine: EngineVersion;
  /** Containers with `--add-host NAME:host-gateway`. */
  readonly hostGatewayUsers?: readonly string[] | undefined;
  /** Containers with `--runtime io.containerd.…`. */
  readonly shimRuntimeUsers?: readonly string[] | undefined;
}

/** Something a reload would break. `restart` where it must not be done, `none` where it is only worth a note. */
export interface ReloadHazard {
  readonly action: 'restart' | 'none';
  readonly reason?: string;
  readonly note?: string;
  /** The reload does what it is for, and harm besides: whoever asks for it may have it. */
  readonly onRequest?: boolean;
}

interface HazardRule {
  /** Engines that have the defect. */
  readonly engines: string;
  applies(situation: ReloadSituation): boolean;
  readonly hazard: ReloadHazard;
}

const restart = (reason: string): ReloadHazard => ({ action: 'restart', reason });

/** Engines of which any reload breaks `--add-host NAME:host-gateway`. */
export const HOST_GATEWAY_LOST = '28.0..29.2';

const HOST_GATEWAY_NOTE =
  'after a reload this engine does not start containers with `--add-host NAME:host-gateway` until it is restarted (moby#52056)';

/** Engines of which a reload of a file with runtimes loses containerd's own (moby 20.10 daemon/reload_unix.go). */
export const SHIM_RUNTIMES_LOST = '..22';

const SHIM_RUNTIMES_NOTE =
  'after a reload this engine does not know `--runtime io.containerd.runc.v2` until it is restarted';

const HAZARDS: readonly HazardRule[] = [
  {
    // moby daemon/command/daemon.go, reloadConfig: SetPlugins(file only)
    engines: '',
    applies: ({ flags }) => flags.flags.has('authorization-plugin'),
    hazard: restart('a reload would switch off the authorization plugins that flags name'),
  },
  {
    // moby#45552
    engines: '23.0.0..23.0.6, 24.0.0',
    applies: ({ after }) =>
      'registry-mirrors' in after && hasInsecureHosts(after['insecure-registries']),
    hazard: restart(
      'this engine forgets insecure registries when it reloads a file with mirrors (moby#45552)',
    ),
  },
  {
    // moby registry/config.go of these tags: LoadMirrors replaces IndexConfigs
    engines: '23.0.7..23, 24.0.1..24',
    applies: ({ after, flags }) =>
      'registry-mirrors' in after && flags.flags.has('insecure-registry'),
    hazard: restart(
      'this engine forgets the insecure registries of its flags when it reloads a file with mirrors',
    ),
  },
  {
    // moby#52056, #52057, fixed in 29.3.0
    engines: '29.0..29.2',
    applies: ({ after, flags }) =>
      ['dns', 'host-gateway-ip', 'host-gateway-ips'].some(
        (key) => key in after || flags.flags.has(key),
      ),
    hazard: restart('this engine corrupts dns and host-gateway-ips on every reload (moby#52056)'),
  },
  {
    // moby daemon/reload.go copies the configuration, and loses netip.Addr (moby#52056, fixed in 29.3.0)
    engines: HOST_GATEWAY_LOST,
    applies: ({ after }) => after.bridge !== 'none',
    hazard: { action: 'none', note: HOST_GATEWAY_NOTE },
  },
  {
    engines: SHIM_RUNTIMES_LOST,
    applies: ({ after }) => 'runtimes' in after,
    hazard: { action: 'none', note: SHIM_RUNTIMES_NOTE },
  },
  {
    // moby config_linux.go, validatePlatformConfig: Validate sees the file alone
    engines: '25..',
    applies: ({ after }) => after['userland-proxy'] === true && !after['userland-proxy-path'],
    hazard: restart(
      'this engine refuses to reload a file with userland-proxy true and no userland-proxy-path',
    ),
  },
  {
    // moby daemon/reload_unix.go: the file's runtimes replace all others
    engines: '',
    applies: ({ after, flags }) => 'runtimes' in after && flags.flags.has('add-runtime'),
    hazard: restart('a reload would drop the runtimes that --add-runtime flags name'),
  },
  {
    engines: '..24',
    applies: ({ after, flags }) =>
      flags.flags.has('add-runtime') &&
      typeof after['default-runtime'] === 'string' &&
      after['default-runtime'] !== 'runc',
    hazard: restart(
      'this engine does not see the runtimes of its flags when it reloads default-runtime',
    ),
  },
  ...['max-concurrent-downloads', 'max-concurrent-uploads', 'max-download-attempts'].map(
    (name): HazardRule => ({
      engines: '',
      applies: ({ flags }) => flags.flags.has(name),
      hazard: {
        action: 'none',
        note: `the reload sets ${name} back to its default, although a flag names it`,
      },
    }),
  ),
  {
    engines: '27.3..',
    applies: ({ after, flags }) => flags.flags.has('feature') && !('features' in after),
    hazard: { action: 'none', note: 'the reload drops the features that --feature flags name' },
  },
  {
    // moby daemon/command/debug: Disable sets the level to info
    engines: '',
    applies: ({ after }) =>
      after.debug === false &&
      typeof after['log-level'] === 'string' &&
      !['', 'info'].includes(after['log-level'].toLowerCase()),
    hazard: {
      action: 'none',
      note: 'a reload with debug false sets the log level to info until the next restart',
    },
  },
  {
    engines: '',
    applies: ({ after }) => after['shutdown-timeout'] === 0,
    hazard: {
      action: 'none',
      note: 'shutdown-timeout 0 means no wait after a reload, and 15 seconds after a start',
    },
  },
];

/**
 * What a restart that containers outlive leaves broken, a sentence each. 20.10 fills in the address of `host-gateway` behind the
 * default bridge, which it leaves as it is while containers run (moby daemon_unix.go, initNetworkController); measured.
 */
export function carriedRestartNotes(
  after: JsonObject,
  engine: EngineVersion,
  isLiveRestoreOn: boolean,
): string[] {
  const isFilledIn = after.bridge !== 'none' && !('host-gateway-ip' in after);
  const isReloaded = !isLiveRestoreOn || after['live-restore'] !== true;
  return [
    ...(inRange(engine, '20..20') && isFilledIn ? [GATEWAY_NIL_NOTE] : []),
    ...(isReloaded && inRange(engine, SHIM_RUNTIMES_LOST) && 'runtimes' in after
      ? [SHIM_RUNTIMES_NOTE]
      : []),
  ];
}

const GATEWAY_NIL_NOTE =
  'after a restart that containers outlive this engine gives new containers with `--add-host NAME:host-gateway` the address `<nil>`, until it is restarted while none runs';

export function reloadHazards(situation: ReloadSituation): ReloadHazard[] {
  return [
    ...HAZARDS.filter(
      (rule) => inRange(situation.engine, rule.engines) && rule.applies(situation),
    ).map((rule) => rule.hazard),
    ...keptFromStarting(situation),
  ];
}

/** Whether a note tells of what a reload does: it is of no use where dockerd is started anew. */
export function isReloadNote(note: string): boolean {
  return HAZARDS.some(({ hazard }) => hazard.note === note);
}

function keptFromStarting({
  engine,
  after,
  hostGatewayUsers = [],
  shimRuntimeUsers = [],
}: ReloadSituation): ReloadHazard[] {
  const ofGateway = inRange(engine, HOST_GATEWAY_LOST) && after.bridge !== 'none';
  const ofRuntime = inRange(engine, SHIM_RUNTIMES_LOST) && 'runtimes' in after;
  return [
    ...(ofGateway ? kept(hostGatewayUsers, '--add-host NAME:host-gateway, moby#52056') : []),
    ...(ofRuntime ? kept(shimRuntimeUsers, '--runtime io.containerd.runc.v2') : []),
  ];
}

function kept(users: readonly string[], by: string): ReloadHazard[] {
  if (users.length === 0) return [];
  const names = users.slice(0, MOST_NAMES).map((name) => printable(name));
  const more = users.length - names.length;
  const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    {
      action: 'restart',
      onRequest: true,
      reason: `a reload would keep ${list} from starting again (${by})`,
    },
  ];
}

const MOST_NAMES = 5;

function hasInsecureHosts(value: Json | undefined): boolean {
  return stringsOf(value).some((entry) => insecureEntry(entry).kind === 'host');
}
