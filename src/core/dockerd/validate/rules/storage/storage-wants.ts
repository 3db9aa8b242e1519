import type { Need } from '../../need.js';
import { hasProgram } from '../missing.js';
import { kindAt, textOf, type DecodedConfig } from '../rule.js';

/** What a driver wants of the machine, and refuses to start without. */
interface Wants {
  /** The file system below data-root. */
  readonly filesystem?: string;
  readonly notOn?: readonly string[];
  /** All of them exist once the kernel and its helpers are there. */
  readonly allOf?: readonly string[];
  /** Any of them exists once the kernel has it. */
  readonly anyOf?: readonly string[];
  /** Or this module brings it, which dockerd loads. */
  readonly module?: string;
  readonly program?: string;
}

/** moby daemon/graphdriver, Init of each. */
const WANTS: ReadonlyMap<string, Wants> = new Map(
  Object.entries({
    overlay2: { notOn: ['aufs', 'ecryptfs', 'nfs', 'overlayfs', 'zfs'] },
    overlay: { notOn: ['aufs', 'btrfs', 'ecryptfs', 'nfs', 'overlayfs', 'zfs'] },
    btrfs: { filesystem: 'btrfs' },
    zfs: { filesystem: 'zfs', anyOf: ['/dev/zfs'], program: 'zfs' },
    'fuse-overlayfs': { program: 'fuse-overlayfs' },
    aufs: { anyOf: ['/sys/fs/aufs', '/sys/module/aufs'], module: 'aufs' },
    // Without udev libdevmapper cannot tell when a device is there (moby pkg/devicemapper, UdevSyncSupported).
    devicemapper: { allOf: ['/dev/mapper/control', '/run/udev/control'] },
  }),
);

interface Lack {
  readonly lack: string;
  /** Nobody could look. */
  readonly need?: Need;
}

/** What is missing for certain; else what nobody could look for. */
export function lacksOf(candidate: DecodedConfig, driver: string): Lack[] {
  const wants: Wants = WANTS.get(driver) ?? {};
  const lacks = [
    ...lacksFilesystem(candidate, wants),
    ...lacksKernel(candidate, wants),
    ...lacksProgram(candidate, wants.program),
  ];
  const known = lacks.find(({ need }) => need === undefined);
  return known === undefined ? lacks : [known];
}

function lacksFilesystem(candidate: DecodedConfig, { filesystem, notOn }: Wants): Lack[] {
  const found = filesystemOf(candidate);
  const root = rootOf(candidate);
  if (found === undefined) {
    if (filesystem !== undefined)
      return [{ lack: '', need: { needs: 'filesystem', what: `${filesystem} below ${root}` } }];
    // What the packages use is presumed to be fit for what dockerd would choose by itself.
    if (notOn === undefined || root === PACKAGED_ROOT) return [];
    const what = `a file system other than ${notOn.join(', ')} below ${root}`;
    return [{ lack: '', need: { needs: 'filesystem', what } }];
  }
  const wrong = filesystem !== undefined && filesystem !== found;
  return wrong || notOn?.includes(found) === true ? [{ lack: `${found} is below data-root` }] : [];
}

function lacksKernel(candidate: DecodedConfig, { allOf = [], anyOf = [], module }: Wants): Lack[] {
  const comes = module !== undefined && candidate.host.hasModule?.(module) === true;
  const kinds = (paths: readonly string[]) => paths.map((path) => kindAt(candidate, path));
  const missing = allOf.find((path) => kindAt(candidate, path) === null);
  if (missing !== undefined) return [{ lack: `there is no ${missing}` }];
  if (anyOf.length > 0 && !comes && kinds(anyOf).every((kind) => kind === null))
    return [{ lack: `there is no ${anyOf[0] ?? ''}` }];
  const unseen =
    kinds(allOf).includes(undefined) ||
    (anyOf.length > 0 && kinds(anyOf).every((kind) => kind === undefined));
  const what = allOf.length > 0 ? allOf.join(' and ') : anyOf.join(' or ');
  return unseen && !comes ? [{ lack: '', need: { needs: 'kernel', what } }] : [];
}

function lacksProgram(candidate: DecodedConfig, program: string | undefined): Lack[] {
  const found = program === undefined ? true : hasProgram(candidate, program);
  if (found === true || program === undefined) return [];
  if (found === false) return [{ lack: `there is no program ${program}` }];
  return [{ lack: '', need: { needs: 'program', what: program } }];
}

/** The file system below data-root. */
export function filesystemOf(candidate: DecodedConfig): string | undefined {
  return candidate.host.filesystemOf?.(rootOf(candidate));
}

const PACKAGED_ROOT = '/var/lib/docker';

export function rootOf(candidate: DecodedConfig): string {
  return textOf(candidate, 'data-root') || textOf(candidate, 'graph') || PACKAGED_ROOT;
}
