import { keyNamed } from '../options/keys/keys.js';
import { parseFlags } from '../options/flags.js';
import type { ObservedDaemon } from './observed.js';

/** A value that a flag of dockerd's next start gives a key, and where it stands. */
export interface FlagEntry {
  readonly value: string;
  /** `/etc/default/docker`, a drop-in's path. */
  readonly from: string;
}

export function flagEntries(
  { startWords }: Pick<ObservedDaemon, 'startWords'>,
  key: string,
): FlagEntry[] {
  const name = keyNamed(key)?.flag ?? key;
  const { flags } = parseFlags(startWords.map(({ word }) => word));
  return (flags.get(name)?.uses ?? []).map(({ value, at }) => ({
    value,
    from: startWords[at]?.source ?? 'the command line',
  }));
}
