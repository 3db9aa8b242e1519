import { memberOf } from '../../../../formats/json/json-object.js';
import { inRange } from '../../../options/keys/version.js';
import { rootOf } from './storage-wants.js';
import {
  NO_CONTAINER,
  kindAt,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Graph drivers that dockerd brings along on Linux (moby daemon/graphdriver/register). */
export const GRAPH_DRIVERS: readonly string[] = [
  'btrfs',
  'fuse-overlayfs',
  'overlay2',
  'vfs',
  'zfs',
];

/** What containerd has by itself on every file system. */
const SNAPSHOTTERS: readonly string[] = ['overlayfs', 'native'];

/** Where images are kept: by a graph driver, in containerd, or, since 29, whichever this data-root has been used with. */
export type Store = 'graph' | 'containerd' | 'as-before';

/**
 * The image store that a start chooses. Until 28 the feature alone decides; since 29 containerd's is the default, a graph
 * driver that is named and userns-remap choose the other (moby daemon/image_store_choice.go; daemon/command/daemon_linux.go).
 */
export function storeOf(candidate: DecodedConfig): Store {
  const { engine } = candidate;
  const wanted = snapshotterWanted(candidate);
  if (!inRange(engine, '29..'))
    return inRange(engine, '24..') && wanted === true ? 'containerd' : 'graph';
  if (wanted === true) return 'containerd';
  if (wanted === false || textOf(candidate, 'userns-remap') !== '') return 'graph';
  const driver = textOf(candidate, 'storage-driver');
  if (driver === '') return priorStore(candidate);
  // 29.0.0 takes these two for snapshotters.
  const named = inRange(engine, '29.0.0') ? ['btrfs', 'overlay2', 'vfs'] : GRAPH_DRIVERS;
  return named.includes(driver) ? 'graph' : 'containerd';
}

function priorStore(candidate: DecodedConfig): Store {
  const kinds = PRIOR.map((driver) => kindAt(candidate, `${rootOf(candidate)}/${driver}`));
  if (kinds.includes('folder')) return 'graph';
  return kinds.includes(undefined) ? 'as-before' : 'containerd';
}

/** Whose folders below data-root tell that it has been used (graphdriver/driver.go, scanPriorDrivers). */
const PRIOR: readonly string[] = ['btrfs', 'fuse-overlayfs', 'overlay2', 'zfs'];

function snapshotterWanted({ config }: DecodedConfig): boolean | undefined {
  const wanted = memberOf(config.get('features'), 'containerd-snapshotter');
  return typeof wanted === 'boolean' ? wanted : undefined;
}

/** userns-remap, and a driver that the store which was chosen does not have. */
export function checkStore(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const remapped = textOf(candidate, 'userns-remap') !== '';
  if (inRange(candidate.engine, '29..') && remapped && snapshotterWanted(candidate) === true)
    return [
      {
        code: 'exclusive-keys',
        path: ['features', 'containerd-snapshotter'],
        message: 'containerd-snapshotter and userns-remap exclude each other since 29',
        hint: 'remove userns-remap or features.containerd-snapshotter',
        stops: 'start',
      },
    ];
  if (driver === '') return [];
  if (storeOf(candidate) === 'containerd') return checkSnapshotter(candidate, driver);
  if (!inRange(candidate.engine, '29..') || GRAPH_DRIVERS.includes(driver)) return [];
  const why = remapped ? 'userns-remap chooses' : 'features.containerd-snapshotter false chooses';
  return [
    {
      ...noSuch(driver, 'start'),
      message: `${why} the graph drivers, and ${quote(driver)} is none`,
      hint: 'write overlay2, or remove storage-driver',
    },
  ];
}

function noSuch(driver: string, stops: 'start' | 'containers'): RuleProblem {
  const late = stops === 'containers' ? NO_CONTAINER : '';
  return {
    code: 'storage-driver',
    path: ['storage-driver'],
    message: `images are kept in containerd here, which has no snapshotter ${quote(driver)}${late}`,
    hint: 'remove storage-driver, or write overlayfs, its own',
    stops,
  };
}

/** Until 28 any name passes, and no image works with one that containerd does not have; 29 does not start (moby daemon.go, NewDaemon). */
function checkSnapshotter(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const modern = inRange(candidate.engine, '29..');
  const problem = noSuch(driver, modern ? 'start' : 'containers');
  if (SNAPSHOTTERS.includes(driver)) return modern ? checkPrior(candidate, driver) : [];
  const has = hasSnapshotter(candidate, driver);
  if (has === true) return [];
  const what = `the snapshotter ${driver} of containerd`;
  return [has === false ? problem : { ...problem, need: { needs: 'plugin', what } }];
}

/** A data-root that a graph driver has been used with keeps to it, whatever else is named (since 29.0.1). */
function checkPrior(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const isExplicit = snapshotterWanted(candidate) === true;
  if (isExplicit || inRange(candidate.engine, '29.0.0')) return [];
  const store = priorStore(candidate);
  if (store === 'containerd') return [];
  const root = rootOf(candidate);
  return [
    {
      code: 'storage-driver',
      path: ['storage-driver'],
      message: `${root} has images of a graph driver, with which dockerd goes on, and ${quote(driver)} is none`,
      hint: 'add "features": {"containerd-snapshotter": true}: images are pulled again then',
      stops: 'start',
      ...(store === 'as-before' && {
        need: {
          needs: 'filesystem',
          what: `nothing of a graph driver (overlay2, …) below ${root}`,
        },
      }),
    },
  ];
}

/** undefined where nobody could look. */
function hasSnapshotter({ host }: DecodedConfig, driver: string): boolean | undefined {
  if (['overlay2', 'vfs', 'fuse-overlayfs'].includes(driver) && host.hasSnapshotter === undefined)
    return driver === 'fuse-overlayfs' ? undefined : false;
  if (driver === 'btrfs' || driver === 'zfs') {
    const filesystem = host.filesystemOf?.('/var/lib/containerd');
    return filesystem === undefined ? undefined : filesystem === driver;
  }
  return host.hasSnapshotter?.(driver);
}
