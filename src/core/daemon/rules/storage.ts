import { stringsOf } from '../meaning.js';
import { isGoBoolean } from '../values/scalar.js';
import { isSize } from '../values/size.js';
import { formatVersion, inRange } from '../version.js';
import { quote, textOf, type Candidate, type RuleProblem } from './rule.js';

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

/** File systems that overlay2 refuses (moby daemon/graphdriver/overlay2, Init). */
const NO_OVERLAY: readonly string[] = ['aufs', 'ecryptfs', 'nfs', 'overlayfs', 'zfs'];

export function checkStorage(candidate: Candidate): RuleProblem[] {
  const driver = textOf(candidate, 'storage-driver');
  const problem = driverProblem(candidate, driver);
  if (problem !== null) return [problem];
  return checkOptions(candidate, driver === '' ? defaultDriver(candidate) : driver);
}

function driverProblem(candidate: Candidate, driver: string): RuleProblem | null {
  const { engine, host, config } = candidate;
  if (driver === '' || config.get('storage-driver') !== driver) return null;
  const removed = REMOVED.get(driver);
  const refused = (message: string, hint: string): RuleProblem => ({
    code: 'storage-driver',
    path: ['storage-driver'],
    message,
    hint,
  });
  if (removed !== undefined && inRange(engine, removed)) {
    return refused(
      `dockerd ${formatVersion(engine)} has no storage driver ${driver}: it was removed in ${removed.replace('..', '')}.0`,
      'use overlay2; images and containers must be made again',
    );
  }
  if (usesSnapshotter(candidate)) return null;
  if (isUnknown(candidate, driver))
    return refused(
      `there is no storage driver ${quote(driver)}`,
      'use overlay2, or remove storage-driver',
    );
  const filesystem = filesystemOf(candidate);
  if (driver === 'overlay2' && filesystem !== undefined && NO_OVERLAY.includes(filesystem)) {
    return refused(
      `overlay2 does not work on ${filesystem}, which is below data-root`,
      'move data-root to ext4 or xfs',
    );
  }
  if (host.storageDrivers !== undefined && !host.storageDrivers.includes(driver)) {
    return refused(
      `the storage driver ${quote(driver)} does not work on this machine`,
      'use overlay2, or remove storage-driver',
    );
  }
  return null;
}

/** Experimental engines load drivers that are plugins (moby daemon/graphdriver/plugin.go). */
function isUnknown({ config, engine }: Candidate, driver: string): boolean {
  const known = BUILT_IN.includes(driver) || REMOVED.has(driver);
  return !known && inRange(engine, '..28') && config.get('experimental') !== true;
}

/** The containerd store takes snapshotters by name instead. */
function usesSnapshotter({ config, engine }: Candidate): boolean {
  if (!inRange(engine, '24..')) return false;
  const features = config.get('features');
  return (
    features !== null &&
    typeof features === 'object' &&
    'containerd-snapshotter' in features &&
    features['containerd-snapshotter'] === true
  );
}

/** What dockerd chooses by itself on nearly every machine. */
function defaultDriver({ host }: Candidate): string {
  return host.storageDrivers === undefined || host.storageDrivers.includes('overlay2')
    ? 'overlay2'
    : '';
}

function checkOptions(candidate: Candidate, driver: string): RuleProblem[] {
  const known = OPTIONS.get(driver);
  if (known === undefined || usesSnapshotter(candidate)) return [];
  return stringsOf(candidate.config.get('storage-opts')).flatMap((option, index): RuleProblem[] => {
    const reason = optionProblem(candidate, { option, known, driver });
    return reason === null
      ? []
      : [
          {
            code: 'storage-option',
            path: ['storage-opts', index],
            message: `dockerd refuses the storage option ${quote(option)}: ${reason}`,
            hint: 'remove it',
            // It only ever silenced a check.
            ...(/^\s*overlay2\.override_kernel_check\s*=/i.test(option) && {
              cure: { remove: ['storage-opts', String(index)] },
            }),
          },
        ];
  });
}

function optionProblem(
  candidate: Candidate,
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

/** The file system below data-root. */
function filesystemOf(candidate: Candidate): string | undefined {
  const root = textOf(candidate, 'data-root') || textOf(candidate, 'graph') || '/var/lib/docker';
  return candidate.host.filesystemOf?.(root);
}
