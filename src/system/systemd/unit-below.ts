import { join } from 'node:path';
import { parseUnitCommand, type SourcedWord } from '../../core/dockerd/observed/unit.js';
import type { Host } from '../../host/host.js';
import { readText } from './process.js';

/** Where systemd looks for a unit and its drop-ins, the first of a name counts (systemd.unit(5), UNIT FILE LOAD PATH). */
const FOLDERS: readonly string[] = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

const UNIT = 'docker.service';

/** The command line of docker.service by its files alone: below a root there is no systemd to ask. Empty where there is no unit. */
export function unitWordsBelow(host: Host): readonly SourcedWord[] {
  const unit = FOLDERS.map((folder) => join(folder, UNIT)).find(
    (path) => host.fs.stat(path, { follow: true })?.kind === 'file',
  );
  if (unit === undefined) return [];
  const text = [unit, ...dropIns(host)]
    .map((path) => `# ${path}\n${readText(host, path) ?? ''}`)
    .join('\n');
  return parseUnitCommand(text, (path) => readText(host, path)).words;
}

/** In the order of their names, wherever they are. */
function dropIns(host: Host): string[] {
  const found = new Map<string, string>();
  for (const folder of FOLDERS.map((path) => join(path, `${UNIT}.d`))) {
    const names = host.fs.stat(folder, { follow: true }) === null ? [] : host.fs.list(folder);
    for (const name of names.filter((one) => one.endsWith('.conf')))
      if (!found.has(name)) found.set(name, join(folder, name));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}
