import { keyNamed } from './keys.js';

/** What a key is about, and so for what a new value counts. Measured on 20.10, 26.1 and 28.5. */
export type HoldsFor =
  | 'daemon'
  | 'pulls'
  | 'new containers'
  | 'new networks'
  | 'newly published ports'
  | 'default bridge'
  | 'images and containers';

/** What becomes of containers that are there: nothing that they have to do with, `never` until they are made anew, or at their next start. */
export type ForExisting = 'nothing' | 'never' | 'next start';

/** What it takes, beyond what reload rules say (key.ts), until a value holds. */
export type EffectNeed =
  | 'reload or restart'
  /** A start with containers that run leaves the default bridge as it is. */
  | 'restart without containers'
  /** Every start forgets it. */
  | 'reload only';

export interface Effect {
  readonly holdsFor: HoldsFor;
  readonly existing: ForExisting;
  readonly need: EffectNeed;
}

const DAEMON: Effect = { holdsFor: 'daemon', existing: 'nothing', need: 'reload or restart' };

interface Group {
  readonly keys: readonly string[];
  readonly effect: Partial<Effect>;
}

const GROUPS: readonly Group[] = [
  { keys: ['insecure-registries', 'registry-mirrors', 'proxies'], effect: { holdsFor: 'pulls' } },
  {
    keys: ['runtimes', 'host-gateway-ip', 'host-gateway-ips'],
    effect: { holdsFor: 'new containers' },
  },
  {
    keys: [
      ...['default-runtime', 'default-shm-size', 'default-ipc-mode', 'default-cgroupns-mode'],
      ...['log-driver', 'log-opts', 'no-new-privileges'],
    ],
    effect: { holdsFor: 'new containers', existing: 'never' },
  },
  {
    keys: [
      ...['default-ulimits', 'cgroup-parent', 'init', 'init-path', 'dns', 'dns-opts', 'dns-search'],
      ...['exec-opts', 'seccomp-profile'],
    ],
    effect: { holdsFor: 'new containers', existing: 'next start' },
  },
  { keys: ['default-network-opts', 'default-address-pools'], effect: { holdsFor: 'new networks' } },
  {
    keys: [
      ...['icc', 'ip', 'mtu', 'ip-masq', 'default-gateway', 'default-gateway-v6', 'ipv6'],
      ...['fixed-cidr', 'fixed-cidr-v6', 'bridge', 'bip', 'bip6'],
    ],
    effect: { holdsFor: 'default bridge', need: 'restart without containers' },
  },
  {
    keys: ['userland-proxy', 'userland-proxy-path'],
    effect: { holdsFor: 'newly published ports' },
  },
  { keys: ['network-diagnostic-port'], effect: { need: 'reload only' } },
  {
    keys: ['data-root', 'graph', 'storage-driver', 'userns-remap', 'containerd-namespace'],
    effect: { holdsFor: 'images and containers' },
  },
];

const BY_KEY: ReadonlyMap<string, Effect> = new Map(
  GROUPS.flatMap(({ keys, effect }) => keys.map((key) => [key, { ...DAEMON, ...effect }])),
);

/** Moby's initNetworkController leaves the network of these alone where containers run (daemon_unix.go). */
export const DEFAULT_BRIDGE_KEYS: readonly string[] = [...BY_KEY].flatMap(([key, { need }]) =>
  need === 'restart without containers' ? [key] : [],
);

export function effectOf(key: string): Effect {
  return BY_KEY.get(keyNamed(key)?.name ?? key) ?? DAEMON;
}
