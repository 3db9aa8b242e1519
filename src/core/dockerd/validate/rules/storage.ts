import { stringsOf } from '../../options/meaning.js';
import { isGoBoolean } from '../../options/values/scalar.js';
import { isSize } from '../../options/values/size.js';
import { formatVersion, inRange } from '../../options/keys/version.js';
import { lacksProgram } from './missing.js';
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

/** What a driver wants of the machine, and refuses to start without. */
interface Needs {
  /** The file system below data-root. */
  readonly filesystem?: string;
  readonly notOn?: readonly string[];
  /** Any of them exists once the kernel has it. */
  readonly anyOf?: readonly string[];
  /** Or this module brings it, which dockerd loads. */
  readonly module?: string;
  readonly program?: string;
}

/** moby daemon/graphdriver, Init of each. */
const NEEDS: ReadonlyMap<string, Needs> = new Map(
  Object.entries({
    overlay2: { notOn: ['aufs', 'ecryptfs', 'nfs', 'overlayfs', 'zfs'] },
    btrfs: { filesystem: 'btrfs' },
    zfs: { filesystem: 'zfs', anyOf: ['/dev/zfs'], program: 'zfs' },
    'fuse-overlayfs': { program: 'fuse-overlayfs' },
    aufs: { anyOf: ['/sys/fs/aufs', '/sys/module/aufs'], module: 'aufs' },
    devicemapper: { anyOf: ['/dev/mapper/control'] },
  }),
);

export function checkStorage(candidate: Candidate): RuleProblem[] {
  const driver = textOf(candidate, 'storage-driver');
  const problem = driverProblem(candidate, driver);
  if (problem !== null) return [problem];
  // overlay2 is what dockerd chooses by itself on nearly every machine.
  return checkOptions(candidate, driver === '' ? 'overlay2' : driver);
}

function driverProblem(candidate: Candidate, driver: string): RuleProblem | null {
  const { engine, config } = candidate;
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
  const lack = lackOf(candidate, NEEDS.get(driver) ?? {});
  return lack === null
    ? null
    : refused(
        `the storage driver ${driver} does not work on this machine: ${lack}`,
        driver === 'overlay2'
          ? 'move data-root to ext4 or xfs'
          : 'use overlay2, or remove storage-driver',
      );
}

function lackOf(candidate: Candidate, needs: Needs): string | null {
  const { kindOf, hasModule } = candidate.host;
  const filesystem = filesystemOf(candidate);
  if (filesystem !== undefined) {
    const wrong = needs.filesystem !== undefined && needs.filesystem !== filesystem;
    if (wrong || needs.notOn?.includes(filesystem)) return `${filesystem} is below data-root`;
  }
  const comes = needs.module !== undefined && hasModule?.(needs.module) === true;
  if (needs.anyOf && !comes && kindOf && needs.anyOf.every((path) => kindOf(path) === null))
    return `there is no ${needs.anyOf[0]}`;
  return needs.program !== undefined && lacksProgram(candidate, needs.program)
    ? `there is no program ${needs.program}`
    : null;
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
