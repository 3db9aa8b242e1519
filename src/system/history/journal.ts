import { dirname } from 'node:path';
import { decodeEntry, encodeEntry, type JournalEntry } from '../../core/transaction/journal.js';
import { onFile } from '../../core/text/file-error.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { makeFolders } from '../files/folder.js';

/**
 * The entry of a transaction that is open, or null. Changes nothing.
 * @throws journal-damaged
 */
export function readJournal(host: Host): JournalEntry | null {
  if (!hasJournal(host)) return null;
  const { journal } = statePaths(host.self);
  const entry = onFile(journal, 'read', () =>
    decodeEntry(Buffer.from(host.fs.read(journal)).toString('utf8')),
  );
  if (entry === null) throw unreadable(journal);
  return entry;
}

export function hasJournal(host: Host): boolean {
  const { journal } = statePaths(host.self);
  return onFile(journal, 'read', () => host.fs.stat(journal) !== null);
}

/** Makes the entry durable before it returns: what it announces may be done afterwards. */
export function writeJournal(host: Host, entry: JournalEntry): void {
  const { journal } = statePaths(host.self);
  replaceDurably(host, journal, encodeEntry(entry));
}

/** Removes the journal, and what is left of files of ours that were being written. */
export function removeJournal({ fs, self }: Host): void {
  const { journal, lastGood, stateFolder } = statePaths(self);
  onFile(journal, 'write', () => {
    const there = [journal, draftOf(journal), draftOf(lastGood)].filter(
      (path) => fs.stat(path) !== null,
    );
    for (const path of there) fs.unlink(path);
    if (there.length > 0) fs.syncFolder(stateFolder);
  });
}

/** Replaces or creates a file of our own, mode 0600 in folders of 0700. After a crash it is the old one or the new one. */
export function replaceDurably(host: Host, path: string, text: string): void {
  const fresh = draftOf(path);
  onFile(path, 'write', () => {
    makeFolders(host, dirname(path), 0o700);
    if (host.fs.stat(fresh) !== null) host.fs.unlink(fresh);
    host.fs.create(fresh, Buffer.from(text));
    host.fs.rename(fresh, path);
    host.fs.syncFolder(dirname(path));
  });
}

function draftOf(path: string): string {
  return `${path}.new`;
}

function unreadable(journal: string): DockerctlError {
  return new DockerctlError({
    code: 'journal-damaged',
    message: `${journal}, the journal of a change that is open, cannot be read: that change is neither kept nor taken back by itself, see \`dockerctl recover\``,
    hint: '`dockerctl recover` names the copies of the old files and how to put them back',
  });
}
