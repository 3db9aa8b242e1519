import { DockerctlError } from '../../errors.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import {
  changeKind,
  expired,
  type ChangeKind,
  type Generation,
} from '../../core/transaction/history.js';
import type { Host } from '../../host/host.js';
import { tidy } from '../files/file.js';
import { removeFolderIfEmpty } from '../files/folder.js';
import {
  closeGeneration,
  generationNumbers,
  readGeneration,
  removeGeneration,
} from '../history/generation.js';
import { removeJournal } from '../history/journal.js';

/** Whoever finds many more waits for none of them: the next changes take the rest. */
const PRUNED_AT_ONCE = 100;

/** The tail of a transaction that is `committed` or `undone`: may be repeated at will, by anybody who finds the journal. */
export function finish(host: Host, entry: JournalEntry): void {
  const { generation, targets, result } = entry;
  if (result === null) throw noResult(generation);
  for (const target of targets) tidy(host, { target, generation });
  const folders = entry.state === 'committed' ? entry.prune : entry.folders.toReversed();
  for (const folder of folders) removeFolderIfEmpty(host, folder);
  record(host, { ...entry, result });
  removeJournal(host);
  const kindOf = (number: number) => kindOfGeneration(host, number);
  const old = expired(generationNumbers(host), kindOf).slice(0, PRUNED_AT_ONCE);
  for (const number of old) removeGeneration(host, number);
}

/** Nobody can take back what nobody can read any more. */
function kindOfGeneration(host: Host, number: number): ChangeKind {
  const generation = readGeneration(host, number);
  return generation === null ? 'copies' : changeKind(generation);
}

/** A rollback on a full disk must not be repeated for ever only because history cannot be written. */
function record(host: Host, generation: Generation): void {
  try {
    closeGeneration(host, generation);
  } catch (error) {
    if (generation.state === 'committed') throw error;
  }
}

/** Takes away what `preparing` put down: no file was changed, and history need not know. */
export function cleanUp(host: Host, { generation, targets, folders }: JournalEntry): void {
  for (const target of targets) tidy(host, { target, generation });
  for (const folder of folders.toReversed()) removeFolderIfEmpty(host, folder);
  removeGeneration(host, generation);
  removeJournal(host);
}

function noResult(generation: number): DockerctlError {
  return new DockerctlError({
    code: 'bug',
    message: `change ${generation} is closed without a result`,
    hint: 'DOCKERCTL_DEBUG=1 with the same command, and report what it prints',
  });
}
