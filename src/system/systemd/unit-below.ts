import { join } from 'node:path';
import { parseUnitCommand, type SourcedWord } from '../../core/dockerd/observed/unit.js';
import type { Host } from '../../host/host.js';
import { dropInsOnDisk, UNIT_FOLDERS } from './drop-ins.js';
import { readText } from './process.js';

const UNIT = 'docker.service';

/** The command line of docker.service by its files alone: below a root there is no systemd to ask. Empty where there is no unit. */
export function unitWordsBelow(host: Host): readonly SourcedWord[] {
  const unit = UNIT_FOLDERS.map((folder) => join(folder, UNIT)).find(
    (path) => host.fs.stat(path, { follow: true })?.kind === 'file',
  );
  if (unit === undefined) return [];
  const text = [unit, ...dropInsOnDisk(host, UNIT)]
    .map((path) => `# ${path}\n${readText(host, path) ?? ''}`)
    .join('\n');
  return parseUnitCommand(text, (path) => readText(host, path)).words;
}
