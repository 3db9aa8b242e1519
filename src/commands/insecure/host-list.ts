import type { EntryList } from '../../core/daemon/entries.js';
import { insecureEntry } from '../../core/daemon/insecure.js';
import { parseRegistry } from '../../core/registry/address.js';

/** dockerd strips a scheme and masks an address block before it compares. */
export const INSECURE: EntryList = {
  key: 'insecure-registries',
  same: (entry) => insecureEntry(entry).value,
};

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
