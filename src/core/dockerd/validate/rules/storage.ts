import { stringsOf } from '../../options/meaning.js';
import { isGoBoolean } from '../../options/values/scalar.js';
import { isSize } from '../../options/values/size.js';
import { formatVersion, inRange } from '../../options/keys/version.js';
import { filesystemOf, lacksOf, rootOf } from './storage-wants.js';
import {
  NO_CONTAINER,
  fieldOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** Storage drivers that engines have removed (moby daemon/graphdriver/driver.go, checkRemoved). */
const REMOVED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aufs: '24..',
    overlay: '24..',
    devicemapper: '25..',
  }),
);

/** All that dockerd on Linux brings along (moby daemon/graphdriver/register); from 29 on it takes snapshotters too. */
const BUILT_IN: readonly string[] = ['btrfs', 'fuse-overlayfs', 'overlay2', 'vfs', 'zfs'];

interface OptionRule {
  readonly engines: string;
  readonly is: 'boolean' | 'size';
}

/** Options per driver, in small letters (moby daemon/graphdriver, parseOptions of each). */
const OPTIONS: ReadonlyMap<string, Readonly<Record<string, OptionRule>>> = new Map(
  Object.entries({
    overlay2: {
      'overlay2.override_kernel_check': { engines: '..23', is: 'boolean' },
      'overlay2.size': { engines: '', is: 'size' },
    },
    vfs: { size: { engines: '', is: 'size' } },
    btrfs: { 'btrfs.min_space': { engines: '', is: 'size' } },
  }),
);

export function checkStorage(candidate: DecodedConfig): RuleProblem[] {
  const driver = textOf(candidate, 'storage-driver');
  const problems = driverProblems(candidate, driver);
  if (problems.some(({ need }) => need === undefined)) return problems;
  // overlay2 is what dockerd chooses by itself on nearly every machine.
  return [...problems, ...checkOptions(candidate, driver === '' ? 'overlay2' : driver)];
}

function driverProblems(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const { engine, config } = candidate;
  if (driver === '' || config.get('storage-driver') !== driver) return [];
  const removed = REMOVED.get(driver);
  if (removed !== undefined && inRange(engine, removed)) {
    return [
      refused(
        `dockerd ${formatVersion(engine)} has no storage driver ${driver}: it was removed in ${removed.replace('..', '')}.0`,
        'use overlay2; images and containers must be made again',
      ),
    ];
  }
  if (usesSnapshotter(candidate)) return checkSnapshotter(candidate, driver);
  if (isUnknown(candidate, driver))
    return [
      refused(
        `there is no storage driver ${quote(driver)}`,
        'use overlay2, or remove storage-driver',
      ),
    ];
  return lacksOf(candidate, driver).map(({ lack, need }) => ({
    ...refused(
      `the storage driver ${driver} does not work on this machine: ${lack}`,
      driver === 'overlay2'
        ? 'move data-root to ext4 or xfs'
        : 'use overlay2, or remove storage-driver',
    ),
    ...(need !== undefined && { need }),
  }));
}

function refused(message: string, hint: string): RuleProblem {
  return { code: 'storage-driver', path: ['storage-driver'], message, hint };
}

/** Experimental engines load drivers that are plugins (moby daemon/graphdriver/plugin.go). */
function isUnknown({ config, engine }: DecodedConfig, driver: string): boolean {
  const known = BUILT_IN.includes(driver) || REMOVED.has(driver);
  return !known && inRange(engine, '..28') && config.get('experimental') !== true;
}

/** The containerd store takes snapshotters by name instead. */
function usesSnapshotter({ config, engine }: DecodedConfig): boolean {
  return (
    inRange(engine, '24..') && fieldOf(config.get('features'), 'containerd-snapshotter') === true
  );
}

/** What containerd has by itself on every file system. */
const SNAPSHOTTERS: readonly string[] = ['overlayfs', 'native'];

/** Until 28 any name passes, and no image works with one that containerd does not have (moby daemon.go, NewDaemon). */
function checkSnapshotter(candidate: DecodedConfig, driver: string): RuleProblem[] {
  if (!inRange(candidate.engine, '..28') || SNAPSHOTTERS.includes(driver)) return [];
  const problem: RuleProblem = {
    code: 'storage-driver',
    path: ['storage-driver'],
    message: `with features.containerd-snapshotter storage-driver names a snapshotter of containerd, and there is no ${quote(driver)}${NO_CONTAINER}`,
    hint: 'remove storage-driver, or features.containerd-snapshotter',
    stops: 'containers',
  };
  if (BUILT_IN.includes(driver) && !['btrfs', 'zfs'].includes(driver)) return [problem];
  const has = candidate.host.hasSnapshotter?.(driver);
  if (has === true) return [];
  const what = `the snapshotter ${driver} of containerd`;
  return [has === false ? problem : { ...problem, need: { needs: 'plugin', what } }];
}

function checkOptions(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const known = OPTIONS.get(driver);
  if (known === undefined || usesSnapshotter(candidate)) return [];
  return stringsOf(candidate.config.get('storage-opts')).flatMap((option, index): RuleProblem[] => {
    const reason = optionProblem(candidate, { option, known, driver });
    const problem: RuleProblem = {
      code: 'storage-option',
      path: ['storage-opts', index],
      message: `dockerd refuses the storage option ${quote(option)}: ${reason ?? ''}`,
      hint: 'remove it',
      // It only ever silenced a check.
      ...(/^\s*overlay2\.override_kernel_check\s*=/i.test(option) && {
        fix: { remove: ['storage-opts', String(index)] },
      }),
    };
    if (reason !== null) return [problem];
    const quota = isQuota(option) && driver !== 'btrfs';
    if (!quota || filesystemOf(candidate) !== undefined) return [];
    const what = `xfs with project quotas (pquota) below ${rootOf(candidate)}`;
    return [{ ...problem, need: { needs: 'filesystem', what } }];
  });
}

/** Sizes of containers are quotas of the file system. */
function isQuota(option: string): boolean {
  return /^\s*(?:overlay2\.)?size\s*=/i.test(option);
}

function optionProblem(
  candidate: DecodedConfig,
  of: {
    readonly option: string;
    readonly known: Readonly<Record<string, OptionRule>>;
    readonly driver: string;
  },
): string | null {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(of.option) ?? [];
  if (name.trim() === '') return 'it is not name=value';
  const option = name.trim().toLowerCase();
  const rule = Object.hasOwn(of.known, option) ? of.known[option] : undefined;
  if (rule === undefined) return `${of.driver} does not know it`;
  if (!inRange(candidate.engine, rule.engines)) return `${of.driver} does not know it any more`;
  if (rule.is === 'boolean') return isGoBoolean(value.trim()) ? null : 'it must be true or false';
  if (!isSize(value.trim(), candidate.engine)) return 'it is not a size';
  const filesystem = filesystemOf(candidate);
  const needsXfs = of.driver !== 'btrfs' && filesystem !== undefined && filesystem !== 'xfs';
  return needsXfs ? `it needs xfs below data-root, and this machine has ${filesystem}` : null;
}
