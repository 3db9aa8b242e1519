import { insecureEntry } from '../../core/dockerd/options/insecure.js';
import { parseRegistry } from '../../core/registry/address.js';
import type { ArgumentSpec } from '../../app/context/command.js';

/** The argument of every command that names insecure registries. */
export const HOSTS: readonly ArgumentSpec[] = [
  {
    name: 'HOST',
    describe: 'host, host:port or an address block such as 10.0.0.0/8',
    required: true,
    many: true,
  },
];

/** What was typed, as dockerd wants it: address blocks stay, everything else is a registry name. Throws `invalid-registry-name`. */
export function readHosts(typed: readonly string[]): {
  readonly hosts: readonly string[];
  readonly notes: readonly string[];
} {
  const read = typed.map((text) => {
    const entry = insecureEntry(text);
    return entry.kind === 'block' ? { name: entry.value, notes: [] } : parseRegistry(text);
  });
  return { hosts: read.map(({ name }) => name), notes: read.flatMap(({ notes }) => notes) };
}
