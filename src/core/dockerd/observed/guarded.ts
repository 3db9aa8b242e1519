import { dirname } from 'node:path';
import type { RefreshCommand } from '../../plan/plan.js';
import { shellWord } from '../../text/shell-word.js';
import type { ObservedDaemon } from './observed.js';

/** A file or folder that decides what root's dockerd does. */
export interface GuardedFile {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A folder that counts because this link leads to a file in it, and the file. */
  readonly linked?: { readonly from: string; readonly to: string };
}

/**
 * daemon.json and its folder, its unit's files and theirs, every other that gives dockerd a word of its command line or a variable,
 * and its program.
 */
export function guardedPaths({
  configPath,
  startWords,
  unitFiles = [],
  witnesses,
}: Pick<ObservedDaemon, 'configPath' | 'startWords' | 'unitFiles' | 'witnesses'>): string[] {
  const sources = [...startWords, ...witnesses.startEnvironment.values()].map(
    ({ source }) => source,
  );
  const program = startWords[0]?.word ?? '';
  const others = [...sources, program].filter((path) => path.startsWith('/'));
  const folders = unitFiles.map((path) => dirname(path));
  return [...new Set([dirname(configPath), configPath, ...unitFiles, ...folders, ...others])];
}

/**
 * Who besides root (and `own`, whose dockerd it is) may change it, and so be root; null for nobody. A sticky folder is open all
 * the same: new names can be made in it.
 */
export function strangerWith({ mode, uid, gid }: GuardedFile, own: number): string | null {
  if (uid !== 0 && uid !== own) return `uid ${uid}`;
  if ((mode & 0o002) !== 0) return 'every user';
  return (mode & 0o020) !== 0 && gid !== 0 && own === 0 ? `group ${gid}` : null;
}

/** The commands after which only root may. */
export function closingCommands({ path, uid, linked }: GuardedFile): RefreshCommand['argv'][] {
  // Somebody else's folder stays his: a copy takes the link's place.
  if (linked !== undefined) return [['cp', '--remove-destination', linked.to, linked.from]];
  const close: RefreshCommand['argv'] = ['chmod', 'go-w', path];
  return uid === 0 ? [close] : [['chown', 'root:root', path], close];
}

export function closingCommand(file: GuardedFile): string {
  return closingCommands(file)
    .map((argv) => argv.map(shellWord).join(' '))
    .join(' && ');
}
