import { shellWord } from './shell-word.js';
import { DockerctlError } from '../../errors.js';

/** What of a file, folder or link tells who may exchange it. */
export interface FileNode {
  readonly kind: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
}

/** A name on the way to a file: the folder that holds it, free of links, and what is there under it. */
export interface PathStep {
  readonly folder: string;
  readonly holder: FileNode;
  readonly path: string;
  readonly node: FileNode | null;
}

/** Whose files and folders are as good as ours. Their links are not: those lead anywhere. */
export interface Ours {
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly linkers: readonly number[];
}

/** `link`: links alone, and files that others put into an open folder. `name`: also names that others can exchange later. */
export type Care = 'link' | 'name';

/**
 * Throws `file-not-writable` where somebody else could have planted what stands on the way to `path`, or can exchange it:
 * the rule of OpenSSH's safe_path (misc.c), which also knows sticky folders such as /tmp. The last step is the file itself.
 */
export function assertSafe(
  path: string,
  steps: readonly PathStep[],
  { ours, care }: { readonly ours: Ours; readonly care: Care },
): void {
  steps.forEach((step, index) => {
    if (step.node?.kind === 'link') refuseLink(path, step, ours);
    else if (care === 'name' || index === steps.length - 1) refusePlanted(path, step, ours);
    if (care === 'name' && step.node?.kind !== 'link') refuseExchangeable(path, step, ours);
  });
}

function refuseLink(path: string, step: PathStep, ours: Ours): void {
  const who = exchangerOf(step, ours);
  if (who === null) return;
  throw unsafe(
    `${path} leads over the symbolic link ${step.path}, which ${who} can exchange: it could lead anywhere.`,
    `name the place itself that is meant, or take the link away: rm ${shellWord(step.path)}`,
  );
}

/** In a sticky folder a link of ours stays, unless it is a second name that somebody made of one. */
function exchangerOf({ holder, node }: PathStep, ours: Ours): string | null {
  if (!ours.linkers.includes(holder.uid)) return `uid ${holder.uid}`;
  const isFixed =
    isSticky(holder) && node !== null && ours.linkers.includes(node.uid) && node.links === 1;
  return isFixed ? null : writersOf(holder, ours);
}

/** Mode, owner and second names of such a file are not ours. */
function refusePlanted(path: string, { path: there, holder, node }: PathStep, ours: Ours): void {
  const writers = writersOf(holder, ours);
  if (writers === null || node === null) return;
  if (!ours.uids.includes(node.uid))
    throw unsafe(
      `${there} belongs to uid ${node.uid}, who could have put it there, since ${writers} may write to its folder: ${path} is not written.`,
      `look at it, and take it away: \`ls -ld ${shellWord(there)}\`; or name a folder that only root may write to`,
    );
  if (node.kind === 'file' && node.links > 1)
    throw unsafe(
      `${there} has ${node.links} names (hard links), and ${writers} may write to its folder: it could be any file.`,
      `take this name away: \`rm ${shellWord(there)}\`; or name a folder that only root may write to`,
    );
}

/** A group that root lets into a folder is trusted as long as nothing in it looks planted. */
function refuseExchangeable(path: string, { folder, holder }: PathStep, ours: Ours): void {
  const isStrangers = !ours.uids.includes(holder.uid);
  if (!isStrangers && (isSticky(holder) || (holder.mode & 0o002) === 0)) return;
  const who = isStrangers
    ? `the folder ${folder} belongs to uid ${holder.uid}, who`
    : `every user may write to ${folder}, and`;
  const remedy = isStrangers ? `chown root ${shellWord(folder)}` : `chmod o-w ${shellWord(folder)}`;
  throw unsafe(
    `${path} is no safe place: ${who} can exchange what is in it.`,
    `name a folder that only root may write to; or, if that is what it should be: \`${remedy}\``,
  );
}

const isSticky = ({ mode }: FileNode): boolean => (mode & 0o1000) !== 0;

/** Who besides its owner may make names in a folder; null for nobody. */
function writersOf({ mode, gid }: FileNode, { gids }: Ours): string | null {
  if ((mode & 0o002) !== 0) return 'every user';
  return (mode & 0o020) !== 0 && !gids.includes(gid) ? `group ${gid}` : null;
}

const unsafe = (message: string, hint: string): DockerctlError =>
  new DockerctlError({ code: 'file-not-writable', message, hint });
