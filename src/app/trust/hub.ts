import type { Outcome } from '../../core/plan/outcome.js';
import { authority } from '../../core/declaration/statements.js';
import { DOCKER_HUB, isDockerHub } from '../../core/dockerd/options/docker-hub.js';
import { readAuthorities } from '../../core/trust/material/authorities.js';
import { planContributions } from '../../core/trust/consumers/plan-trust.js';
import { addToStore, readsStore } from '../../core/trust/consumers/system/system.js';
import { DockerctlError } from '../../errors.js';
import { readGiven } from '../../system/files/operator-file.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { applyChange } from '../change/apply-change.js';
import type { Context } from '../context/command.js';
import { withRecord } from '../declaration/record-change.js';
import { readConsumers } from './observe-registry.js';
import { checkStore, unreadByDockerd } from './store-check.js';

/** `docker.io` and its other names, with what people paste around them. */
export function isHubName(typed: string): boolean {
  return isDockerHub(typed.replace(/^https?:\/\//i, '').replace(/\/.*$/s, ''));
}

/**
 * A CA for Docker Hub (a proxy that looks into TLS) goes to the system's store: dockerd's legacy reader never opens
 * certs.d for docker.io (moby registry/service_v2.go).
 */
export async function addHubTrust(
  context: Context,
  typed: string,
  { ca, to }: { readonly ca: string | undefined; readonly to: readonly string[] },
): Promise<Outcome & { readonly registry: string }> {
  const chosen = readConsumers(to);
  if (ca === undefined) {
    throw new DockerctlError({
      code: 'invalid-registry-name',
      message: `${typed} is Docker Hub, which dockerd trusts by the system's certificates and never by certs.d.`,
      hint: 'if a proxy exchanges its certificates: `dockerctl trust add-registry docker.io --ca PROXY-CA.crt`',
    });
  }
  if (chosen !== null && chosen.join() !== 'system') {
    throw new DockerctlError({
      code: 'usage',
      message: `--to ${chosen.join(',')}: a CA for Docker Hub goes to the system store, which all of them read.`,
      hint: '`dockerctl trust add-registry docker.io --ca FILE`, without --to',
    });
  }
  const { pem, notes } = readAuthorities(readGiven(context.host, ca), context.host.clock.now());
  const { snapshot } = readSnapshot(context.host, (seen) => readsStore(null, seen));
  const plan = planContributions('trust add-registry docker.io', [
    addToStore(snapshot, { name: DOCKER_HUB, ca: pem }),
  ]);
  const why =
    'docker.io: into the system store, because dockerd never reads certs.d for Docker Hub';
  const noted = { ...plan, notes: [why, ...notes, ...plan.notes] };
  const said = [authority(DOCKER_HUB, pem)];
  const outcome = await applyChange(context, await withRecord(context, noted, said));
  if (outcome.status === 'applied') checkStore(context, pem);
  const told = [...outcome.plan.notes, ...(await unreadByDockerd(context, pem))];
  return { ...outcome, plan: { ...outcome.plan, notes: told }, registry: DOCKER_HUB };
}
