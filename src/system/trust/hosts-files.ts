import { join } from 'node:path';
import { readHosts, type HostsFile } from '../../core/formats/toml/hosts-toml.js';
import { attempt, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readText } from '../systemd/process.js';

/** One hosts.toml below a certs.d: of a registry, or `_default`. */
export interface HostsOf {
  readonly registry: string;
  readonly path: string;
  /** null: it is no TOML, and its readers pass it over. */
  readonly file: HostsFile | null;
}

/** Every hosts.toml that says something: an empty one is none to its readers. */
export function readHostsFiles(host: Host, certsDir: string): HostsOf[] {
  return namesIn(host, certsDir).flatMap((registry) => {
    const path = join(certsDir, registry, 'hosts.toml');
    const text = readText(host, path) ?? '';
    if (text.trim() === '') return [];
    const file = attempt(() => readHosts(path, text));
    return [{ registry, path, file: isDockerctlError(file) ? null : file }];
  });
}

function namesIn({ fs }: Host, folder: string): string[] {
  return fs.stat(folder, { follow: true })?.kind === 'folder' ? fs.list(folder) : [];
}
