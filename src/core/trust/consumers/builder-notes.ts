import type { ObservedDaemon } from '../../dockerd/observed/observed.js';
import { inRange, parseVersion } from '../../dockerd/options/keys/version.js';
import type { Plan } from '../../plan/plan.js';

/**
 * Pulls and pushes see a change of certs.d at once; dockerd's own BuildKit does not. Up to 24 it is given all folders at the
 * start of dockerd (moby daemon/daemon.go RegistryHosts). Since then it looks when it is asked for a repository, and keeps
 * what it found until its cache of resolvers is swept (buildkit util/resolver/pool.go).
 */
export function builderNotes(observed: ObservedDaemon, { changes, activation }: Plan): string[] {
  const { certsDir, state } = observed;
  const engine = parseVersion(observed.version ?? '');
  const concerned = changes.some(({ path }) => path.startsWith(`${certsDir}/`));
  if (!concerned || activation.action === 'restart' || state !== 'running' || engine === null)
    return [];
  return [
    inRange(engine, '..24')
      ? 'docker build, where BuildKit does it, sees this after the next start of dockerd only: dockerctl daemon restart'
      : 'docker build remembers for up to a quarter of an hour how it asked for an image before: wait, or dockerctl daemon restart',
  ];
}
