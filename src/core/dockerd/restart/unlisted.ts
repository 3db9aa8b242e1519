import { DockerctlError } from '../../../errors.js';
import type { FileChange } from '../../plan/plan.js';
import { printable } from '../../text/printable.js';
import { bytesIn } from '../config/file.js';
import type { ObservedDaemon, RunningContainer } from '../observed/observed.js';
import { changedIdentity, documentsIn } from './identity.js';
import { keepsContainers } from './keeps-containers.js';

type Texts = Pick<FileChange, 'before' | 'after'>;

/**
 * The containers that run out of dockerd's sight and that a start with the file `after` may find again, and then ends, because
 * live-restore is off in it (moby daemon/daemon.go, restore).
 */
export function endedUnlisted(
  observed: ObservedDaemon,
  { before, after }: Texts,
): readonly RunningContainer[] {
  const { unlisted = [] } = observed;
  if (unlisted.length === 0 || keepsContainers(observed, bytesIn(after))) return [];
  return changedIdentity(observed, documentsIn(before, after)).length === 0 ? [] : unlisted;
}

/** @throws containers-would-stop */
export function refuseUnlisted(observed: ObservedDaemon, texts: Texts): void {
  const ended = endedUnlisted(observed, texts);
  if (ended.length === 0) return;
  throw new DockerctlError({
    code: 'containers-would-stop',
    message: `a restart of dockerd would stop ${namesOf(ended)}, which it does not list today: it finds what ran before it was given another data root or image store, and ends it where live-restore is off`,
    hint: 'keep what it finds, `dockerctl config set live-restore true`, then the same command; or let it stop with `--containers stop`',
    details: { containers: ended },
  });
}

export function unlistedText(observed: ObservedDaemon, texts: Texts): string[] {
  const ended = endedUnlisted(observed, texts);
  return ended.length === 0
    ? []
    : [`it stops ${namesOf(ended)} where it finds it again, which it does not list today`];
}

function namesOf(containers: readonly RunningContainer[]): string {
  return containers.map(({ name }) => printable(name)).join(', ');
}
