import { stringsOf } from '../../options/meaning.js';
import { isGoBoolean } from '../../options/values/scalar.js';
import { isSize } from '../../options/values/size.js';
import { formatVersion, inRange } from '../../options/keys/version.js';
import type { Need } from '../need.js';
import { checkStore, GRAPH_DRIVERS, storeOf } from './storage-store.js';
import { filesystemOf, lacksOf, rootOf } from './storage-wants.js';
import { noEffect, quote, textOf, type DecodedConfig, type RuleProblem } from './rule.js';

/** Storage drivers that engines have removed (moby daemon/graphdriver/driver.go, checkRemoved). */
const REMOVED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aufs: '24..',
    overlay: '24..',
    devicemapper: '25..',
  }),
);

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
  const problems = [...checkStore(candidate, driver), ...driverProblems(candidate, driver)];
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
  if (storeOf(candidate) === 'containerd') return [];
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
  const known = GRAPH_DRIVERS.includes(driver) || REMOVED.has(driver);
  return !known && inRange(engine, '..28') && config.get('experimental') !== true;
}

function checkOptions(candidate: DecodedConfig, driver: string): RuleProblem[] {
  const known = OPTIONS.get(driver);
  const store = storeOf(candidate);
  if (store === 'containerd') return idleOptions(candidate);
  if (known === undefined) return [];
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
    if (reason !== null)
      return [store === 'graph' ? problem : { ...problem, need: freshRoot(candidate) }];
    const quota = isQuota(option) && driver !== 'btrfs';
    if (!quota || filesystemOf(candidate) !== undefined) return [];
    const what = `xfs with project quotas (pquota) below ${rootOf(candidate)}`;
    return [{ ...problem, need: { needs: 'filesystem', what } }];
  });
}

/** Which store an engine 29 chooses hangs on what it finds. */
function freshRoot(candidate: DecodedConfig): Need {
  const what = `nothing of a graph driver (overlay2, …) below ${rootOf(candidate)}`;
  return { needs: 'filesystem', what };
}

/** They are for graph drivers (moby daemon.go, NewDaemon: GraphDriverOptions). */
function idleOptions(candidate: DecodedConfig): RuleProblem[] {
  if (stringsOf(candidate.config.get('storage-opts')).length === 0) return [];
  return [
    noEffect(
      ['storage-opts'],
      'images are kept in containerd here, and storage-opts are for graph drivers',
      'remove storage-opts',
    ),
  ];
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
