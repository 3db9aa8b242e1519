import { isGoBoolean } from '../../../options/values/scalar.js';
import { isSize } from '../../../options/values/size.js';
import { formatVersion, inRange, type EngineVersion } from '../../../options/keys/version.js';

/** What a value must be; `device` is one below /dev/mapper, or anywhere. */
export type OptionKind =
  'boolean' | 'size' | 'percent' | 'number' | 'device' | 'filesystem' | 'text';

export interface StorageOption {
  readonly engines: string;
  readonly is: OptionKind;
}

const DM = { engines: '..24' };

/** Options per driver, in small letters (moby daemon/graphdriver, parseOptions of each; devmapper/deviceset.go, NewDeviceSet, v20.10). */
export const STORAGE_OPTIONS: ReadonlyMap<
  string,
  Readonly<Record<string, StorageOption>>
> = new Map(
  Object.entries({
    overlay2: {
      'overlay2.override_kernel_check': { engines: '..23', is: 'boolean' },
      'overlay2.size': { engines: '', is: 'size' },
    },
    // They take none (moby v20.10, overlay.go, parseOptions) and one (zfs.go).
    overlay: {},
    zfs: { 'zfs.fsname': { engines: '', is: 'text' } },
    vfs: { size: { engines: '', is: 'size' } },
    btrfs: { 'btrfs.min_space': { engines: '', is: 'size' } },
    devicemapper: {
      ...ofMapper('size', 'basesize', 'loopdatasize', 'loopmetadatasize', 'blocksize'),
      ...ofMapper('filesystem', 'fs'),
      ...ofMapper('device', 'metadatadev', 'datadev', 'thinpooldev', 'directlvm_device'),
      ...ofMapper('text', 'mkfsarg', 'mountopt'),
      ...ofMapper('boolean', 'blkdiscard', 'override_udev_sync_check', 'use_deferred_removal'),
      ...ofMapper('boolean', 'use_deferred_deletion', 'directlvm_device_force'),
      ...ofMapper('percent', 'min_free_space', 'thinp_percent', 'thinp_metapercent'),
      ...ofMapper('percent', 'thinp_autoextend_percent', 'thinp_autoextend_threshold'),
      ...ofMapper('number', 'xfs_nospace_max_retries', 'libdm_log_level'),
    },
  }),
);

function ofMapper(is: OptionKind, ...names: readonly string[]): Record<string, StorageOption> {
  return Object.fromEntries(names.map((name) => [`dm.${name}`, { ...DM, is }]));
}

/** Why the driver refuses the option, whatever the machine; null where it takes it. */
export function optionFault(
  { name, value }: { readonly name: string; readonly value: string },
  { driver, engine }: { readonly driver: string; readonly engine: EngineVersion },
): string | null {
  if (name === '') return 'it is not name=value';
  const known = STORAGE_OPTIONS.get(driver) ?? {};
  const rule = Object.hasOwn(known, name) ? known[name] : undefined;
  if (rule === undefined) return `${driver} does not know it`;
  if (!inRange(engine, rule.engines))
    return `${driver} of dockerd ${formatVersion(engine)} does not know it`;
  return FAULTS[rule.is](value, engine);
}

const FAULTS: Readonly<
  Record<OptionKind, (value: string, engine: EngineVersion) => string | null>
> = {
  boolean: (value) => (isGoBoolean(value) ? null : 'it must be true or false'),
  size: (value, engine) => (isSize(value, engine) ? null : 'it is not a size'),
  percent: (value) =>
    Number(/^(\d{1,3})%?$/.exec(value)?.[1] ?? NaN) <= 100 ? null : 'it must be a percentage',
  number: (value) => (/^\d+$/.test(value) ? null : 'it must be a number'),
  filesystem: (value) => (['ext4', 'xfs'].includes(value) ? null : 'it must be ext4 or xfs'),
  device: () => null,
  text: () => null,
};

/** The path of the device that an option names (dm.thinpooldev alone may leave /dev/mapper/ out); null for every other option. */
export function deviceOf({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): string | null {
  if (STORAGE_OPTIONS.get('devicemapper')?.[name]?.is !== 'device' || value === '') return null;
  return value.startsWith('/') ? value : `/dev/mapper/${value}`;
}
