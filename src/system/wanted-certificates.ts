import { declaredPlaces } from '../core/drift/upkeep.js';
import type { Declaration } from '../core/declaration/schema.js';
import type { CertificateSituation, WantedPlace } from '../core/desired/certificates.js';
import type { Secrets } from '../core/plan.js';
import { isDockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { findCurrent, readBundle } from './authority-bundle.js';
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
    const bundle = readBundle(host, authority, findCurrent(authority, name));
    const deployed: DeployPlan = await planDeployment(host, [bundle], { place, title: '' });
    return deployed;
  } catch (error) {
    if (isDockerctlError(error)) return { plan: error, secrets: new Map() };
    throw error;
  }
}
