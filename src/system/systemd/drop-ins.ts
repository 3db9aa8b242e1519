import { join } from 'node:path';
import type { Host } from '../../host/host.js';

/** Where systemd looks for units and their drop-ins, the weightiest first (systemd.unit(5), "Unit File Load Path"). */
export const UNIT_FOLDERS: readonly string[] = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/run/systemd/generator.early',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  // Of a system whose /lib is not /usr/lib.
  '/lib/systemd/system',
  '/run/systemd/generator.late',
];

/**
 * The drop-ins of a unit as systemd would take them now, in their order: of files with one name the weightiest counts, those of
 * the unit before those of its type, and one that is a link to /dev/null takes it away.
 */
export function dropInsOnDisk({ fs }: Pick<Host, 'fs'>, unit: string): string[] {
  const type = unit.slice(unit.lastIndexOf('.') + 1);
  const folders = [unit, type].flatMap((name) =>
    UNIT_FOLDERS.map((folder) => join(folder, `${name}.d`)),
  );
  const byName = new Map<string, string>();
  for (const folder of folders)
    for (const name of namesIn(fs, folder).filter((one) => one.endsWith('.conf')))
      if (!byName.has(name)) byName.set(name, join(folder, name));
  return [...byName]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, path]) => path)
    .filter((path) => fs.stat(path, { follow: true })?.kind === 'file');
}

function namesIn(fs: Host['fs'], folder: string): string[] {
  try {
    return fs.list(folder);
  } catch {
    return [];
  }
}
