import { stringsOf } from '../../../options/meaning.js';
import { formatVersion, inRange } from '../../../options/keys/version.js';
import type { Need } from '../../need.js';
import { checkStore, GRAPH_DRIVERS, storeOf } from './storage-store.js';
import { filesystemOf, lacksOf, rootOf } from './storage-wants.js';
import { deviceOf, optionFault, STORAGE_OPTIONS } from './storage-options.js';
import {
  counted,
  kindAt,
  noEffect,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Storage drivers that engines have removed (moby daemon/graphdriver/driver.go, checkRemoved). */
const REMOVED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aufs: '24..',
    overlay: '24..',
    devicemapper: '25..',
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
  if (driver === '') return priorDrivers(candidate);
  if (config.get('storage-driver') !== driver) return [];
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
      driver.startsWith('overlay')
        ? 'move data-root to ext4 or xfs'
        : 'use overlay2, or remove storage-driver',
    ),
    ...(need !== undefined && { need }),
  }));
}

/** With images of several dockerd wants to be told which (moby daemon/graphdriver/driver.go, New and scanPriorDrivers). */
function priorDrivers(candidate: DecodedConfig): RuleProblem[] {
  const { engine, host } = candidate;
  // A remapped user has a folder of its own below data-root.
  if (textOf(candidate, 'userns-remap') !== '') return [];
  if (host.isEmptyFolder === undefined || storeOf(candidate) !== 'graph') return [];
  const root = rootOf(candidate);
  const removed = [...REMOVED].filter(([, engines]) => !inRange(engine, engines));
  const names = [...GRAPH_DRIVERS, ...removed.map(([name]) => name)].filter((name) => {
    const folder = `${root}/${name}`;
    return (
      name !== 'vfs' &&
      kindAt(candidate, folder) === 'folder' &&
      host.isEmptyFolder?.(folder) === false
    );
  });
  if (names.length < 2) return [];
  const driver = names.includes('overlay2') ? 'overlay2' : (names[0] ?? '');
  return [
    refused(
      `${root} holds what several storage drivers left (${names.toSorted().join(', ')}), and dockerd does not choose among them`,
      `name the one whose images are wanted: \`dockerctl config set storage-driver ${driver}\``,
    ),
  ];
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
  const store = storeOf(candidate);
  if (store === 'containerd') return idleOptions(candidate);
  if (!STORAGE_OPTIONS.has(driver)) return [];
  const isWorth = counted();
  return stringsOf(candidate.config.get('storage-opts')).flatMap((option, index): RuleProblem[] => {
    const named = namedOption(option);
    const reason = optionProblem(candidate, named, driver);
    const kind = reason === null ? named.name : 'refused';
    const isSilent = reason === null && deviceOf(named) === null && !isQuota(named.name);
    if (isSilent || !isWorth(kind)) return [];
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
    const device = deviceOf(named);
    if (device !== null && kindAt(candidate, device) === undefined)
      return [{ ...problem, need: { needs: 'device', what: device } }];
    if (!isQuota(named.name) || filesystemOf(candidate) !== undefined) return [];
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

interface NamedOption {
  readonly name: string;
  readonly value: string;
}

function namedOption(option: string): NamedOption {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(option) ?? [];
  return { name: name.trim().toLowerCase(), value: value.trim() };
}

/** Sizes of containers are quotas of the file system. */
function isQuota(name: string): boolean {
  return name === 'size' || name === 'overlay2.size';
}

function optionProblem(
  candidate: DecodedConfig,
  option: NamedOption,
  driver: string,
): string | null {
  const fault = optionFault(option, { driver, engine: candidate.engine });
  if (fault !== null) return fault;
  const device = deviceOf(option);
  if (device !== null && kindAt(candidate, device) === null)
    return `${device} does not exist on this machine`;
  if (!isQuota(option.name)) return null;
  const filesystem = filesystemOf(candidate);
  return filesystem === undefined || filesystem === 'xfs'
    ? null
    : `it needs xfs below data-root, and this machine has ${filesystem}`;
}
