import type { Declaration } from '../core/declaration/schema.js';
import { type HeldCertificate, type Step, upkeepSteps } from '../core/drift/upkeep.js';
import type { Host } from '../host/host.js';
import { authorityFolder } from './authority.js';
import { readPlaces } from './authority-places.js';
import { runOurselves } from './ourselves.js';

interface Listed {
  readonly certificates: readonly {
    readonly name: string;
    readonly notAfter: string;
    readonly renewAfter: string;
  }[];
}

/** The certificates of our store. Throws `not-found` where there is no authority yet. */
export async function heldCertificates(host: Host): Promise<HeldCertificate[]> {
  const { certificates } = (await runOurselves(host, ['certs', 'list'])) as unknown as Listed;
  const places = readPlaces(host, authorityFolder(host, undefined));
  return certificates.map(({ name, notAfter, renewAfter }) => ({
    name,
    places: places[name] ?? [],
    notAfter: Date.parse(notAfter),
    renewAfter: Date.parse(renewAfter),
  }));
}

/** Issues, deploys and renews what is declared; answers what was done. Throws what the first step that fails says. */
export async function keepCertificates(
  host: Host,
  { certificates }: Declaration,
  held: readonly HeldCertificate[],
): Promise<Step[]> {
  const steps = upkeepSteps(certificates, held, host.clock.now());
  for (const step of steps) await runOurselves(host, step);
  return steps;
}
