import type { Document } from '../json/document.js';
import { append, set } from '../json/edit.js';
import { entriesOf, type EntryList } from './entries.js';

export type CgroupDriver = 'systemd' | 'cgroupfs';

const EXEC_OPTS: EntryList = { key: 'exec-opts', same: (entry) => entry };
const OPTION = 'native.cgroupdriver=';

/** The driver that the file asks for; null where it leaves the choice to dockerd. */
export function cgroupDriverOf(document: Document): string | null {
  const option = entriesOf(document, EXEC_OPTS).findLast(isDriver);
  return option === undefined ? null : option.slice(OPTION.length);
}

/** Asks for a driver; the other exec-opts stay. dockerd takes the last one given (moby daemon_unix.go, getCD). */
export function setCgroupDriver(document: Document, driver: CgroupDriver): Document {
  const at = entriesOf(document, EXEC_OPTS).findLastIndex(isDriver);
  const option = `${OPTION}${driver}`;
  if (at === -1) return append(document, [EXEC_OPTS.key], option);
  return set(document, [EXEC_OPTS.key, String(at)], option);
}

function isDriver(option: string): boolean {
  return option.startsWith(OPTION);
}
