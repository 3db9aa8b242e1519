import { declaredPlaces } from '../core/drift/upkeep.js';
import type { Declaration } from '../core/declaration/schema.js';
import type { CertificateSituation, WantedPlace } from '../core/desired/certificates.js';
import type { Secrets } from '../core/plan.js';
import { DockerctlError, isDockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { findCurrent, readBundle, whyRefused } from './authority-bundle.js';
import { authorityFolder, openAuthority } from './authority.js';
import { type DeployPlan, planDeployment } from './deploy.js';

/** Where the declared certificates of our store shall be, and what differs there. */
export async function readWantedCertificates(
  host: Host,
  { certificates }: Declaration,
): Promise<CertificateSituation> {
  const asked = Object.entries(certificates).flatMap(([name, declared]) =>
    declaredPlaces(declared).map((place) => ({ name, place })),
  );
  const answers = await Promise.all(
    asked.map(async (one) => ({ ...one, ...(await planFor(host, one)) })),
  );
  const secrets = answers.flatMap((one) => [...one.secrets]);
  return { places: answers, secrets: new Map(secrets) };
}

async function planFor(
  host: Host,
  { name, place }: Pick<WantedPlace, 'name' | 'place'>,
): Promise<{ readonly plan: WantedPlace['plan']; readonly secrets: Secrets }> {
  try {
    const authority = openAuthority(host, authorityFolder(host, undefined));
    const entry = findCurrent(authority, name);
    const bundle = readBundle(host, authority, entry);
    const deployed: DeployPlan = await planDeployment(host, [bundle], { place, title: '' });
    // Where it is already, it is left to whoever revoked it.
    const refused = deployed.plan.changes.length === 0 ? null : whyRefused(host, authority, entry);
    if (refused !== null) throw new DockerctlError({ code: 'invalid-certificate', ...refused });
    return deployed;
  } catch (error) {
    if (isDockerctlError(error)) return { plan: error, secrets: new Map() };
    throw error;
  }
}
