import type { Document } from '../../formats/json/document.js';
import { append, remove, set } from '../../formats/json/json-edit.js';
import { entriesOf, type EntryList } from '../options/entries.js';

export type CgroupDriver = 'systemd' | 'cgroupfs';

const EXEC_OPTS: EntryList = { key: 'exec-opts', same: (entry) => entry };
const OPTION = 'native.cgroupdriver=';

/** The driver that the file asks for; null where it leaves the choice to dockerd. Of several, the last. */
export function cgroupDriverOf(document: Document): string | null {
  const option = entriesOf(document, EXEC_OPTS).findLast(isDriver);
  return option === undefined ? null : option.slice(OPTION.length);
}

/**
 * Asks for a driver; the other exec-opts stay. Engines before 28 take the first option of that name, later ones the last
 * (moby daemon_unix.go, getCD): one is left.
 */
export function setCgroupDriver(document: Document, driver: CgroupDriver): Document {
  const paths = entriesOf(document, EXEC_OPTS).flatMap((option, index) =>
    isDriver(option) ? [[EXEC_OPTS.key, String(index)]] : [],
  );
  const [first, ...repeated] = paths;
  const option = `${OPTION}${driver}`;
  if (first === undefined) return append(document, [EXEC_OPTS.key], option);
  return set(repeated.reverse().reduce(remove, document), first, option);
}

function isDriver(option: string): boolean {
  return option.startsWith(OPTION);
}
