import { dirname } from 'node:path';
import { decodeEntry, encodeEntry, type Entry } from '../core/journal.js';
import { fileError } from '../core/file-error.js';
import { statePaths } from '../core/state-paths.js';
import { DockerctlError, systemErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';
import { makeFolders } from './folder.js';

/**
 * The entry of a transaction that is open, or null.
 * @throws journal-damaged after setting the journal aside: nothing is guessed from it
 */
export function readJournal(host: Host): Entry | null {
  const { journal } = statePaths(host.self);
  if (host.fs.stat(journal) === null) return null;
  const entry = decodeEntry(readText(host, journal));
  if (entry === null) throw setAside(host, journal);
  return entry;
}

/** Makes the entry durable before it returns: what it announces may be done afterwards. */
export function writeJournal(host: Host, entry: Entry): void {
  const { journal } = statePaths(host.self);
  replaceDurably(host, journal, encodeEntry(entry));
}

export function removeJournal(host: Host): void {
  const { journal, stateFolder } = statePaths(host.self);
  try {
    host.fs.unlink(journal);
    host.fs.syncFolder(stateFolder);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw fileError(error, journal, 'write');
  }
}

/** Replaces or creates a file of our own, mode 0600 in folders of 0700. After a crash it is the old one or the new one. */
export function replaceDurably(host: Host, path: string, text: string): void {
  const fresh = `${path}.new`;
  try {
    makeFolders(host, dirname(path), 0o700);
    if (host.fs.stat(fresh) !== null) host.fs.unlink(fresh);
    host.fs.create(fresh, Buffer.from(text));
    host.fs.rename(fresh, path);
    host.fs.syncFolder(dirname(path));
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

function readText(host: Host, path: string): string {
  try {
    return Buffer.from(host.fs.read(path)).toString('utf8');
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function setAside(host: Host, journal: string): DockerctlError {
  const aside = `${journal}.damaged-${host.clock.now()}`;
  host.fs.rename(journal, aside);
  host.fs.syncFolder(dirname(journal));
  return new DockerctlError({
    code: 'journal-damaged',
    message: `the journal of an interrupted change cannot be read; it was set aside as ${aside}, and no file was touched`,
    hint: `compare your files with the copies in ${dirname(journal)}/generations, then run the command again`,
  });
}
