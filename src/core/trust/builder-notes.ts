import type { ObservedDaemon } from '../daemon/observed.js';
import { inRange, parseVersion } from '../daemon/version.js';
import type { Plan } from '../plan.js';

/**
 * Before 28.0 dockerd's own BuildKit looks into certs.d at the start of dockerd, and keeps what it read (moby
 * daemon/daemon.go RegistryHosts; since then daemon/hosts.go looks at every build). Pulls and pushes see a change at once.
 */
export function builderNotes(observed: ObservedDaemon, { changes, activation }: Plan): string[] {
  const { certsDir, state, version } = observed;
  const engine = parseVersion(version ?? '');
  const concerned = changes.some(({ path }) => path.startsWith(`${certsDir}/`));
  return concerned &&
    activation.action !== 'restart' &&
    state === 'running' &&
    engine !== null &&
    inRange(engine, '..27')
    ? [
        `docker build, where BuildKit does it, sees this after the next start of dockerd ${version ?? ''} only: dockerctl daemon restart`,
      ]
    : [];
}
