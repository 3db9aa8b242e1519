import { declaredTargets } from '../../core/agent/certificate-renewal.js';
import type { Declaration } from '../../core/declaration/schema.js';
import type {
  CertificateSituation,
  WantedTarget,
} from '../../core/declaration/desired-certificates.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { DeployTarget } from '../../core/pki/authority/deploy-targets.js';
import type { Secrets } from '../../core/plan/plan.js';
import { attempt, DockerctlError, isDockerctlError, ready } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { findCurrent, readBundle, whyRefused } from '../authority/authority-bundle.js';
import { authorityFolder, openAuthority, type Authority } from '../authority/authority.js';
import { planDeployment } from '../authority/deploy/deploy.js';

/** Where the declared certificates of our store shall be, and what differs there. */
export async function readWantedCertificates(
  host: Host,
  { certificates }: Declaration,
): Promise<CertificateSituation> {
  if (Object.keys(certificates).length === 0) return { targets: [], secrets: new Map() };
  const authority = attempt(() => openAuthority(host, authorityFolder(host, undefined)));
  const asked = Object.entries(certificates).flatMap(([name, declared]) => {
    const targets = declaredTargets(declared);
    if (targets.length === 0) return [];
    const held = attempt(() => readHeld(host, ready(authority), name));
    return targets.map((target) => ({ name, target, held }));
  });
  const answers = await Promise.all(
    asked.map(async ({ name, target, held }) => {
      const { plan, secrets } = await planFor(host, held, target);
      return { name, target, plan, secrets };
    }),
  );
  const secrets = answers.flatMap((one) => [...one.secrets]);
  return { targets: answers, secrets: new Map(secrets) };
}

/** A certificate of our store, and why clients refuse it. */
interface Held {
  readonly bundle: Bundle;
  readonly refused: ReturnType<typeof whyRefused>;
}

function readHeld(host: Host, authority: Authority, name: string): Held {
  const entry = findCurrent(authority, name);
  return {
    bundle: readBundle(host, authority, entry),
    refused: whyRefused(host, authority, entry),
  };
}

async function planFor(
  host: Host,
  held: Held | DockerctlError,
  target: DeployTarget,
): Promise<{ readonly plan: WantedTarget['plan']; readonly secrets: Secrets }> {
  try {
    const { bundle, refused } = ready(held);
    const deployed = await planDeployment(host, [bundle], { target, title: '' });
    // A revoked certificate that stands there already is for whoever revoked it to replace.
    if (refused === null || deployed.plan.changes.length === 0) return deployed;
    throw new DockerctlError({ code: 'invalid-certificate', ...refused });
  } catch (error) {
    if (isDockerctlError(error)) return { plan: error, secrets: new Map() };
    throw error;
  }
}
