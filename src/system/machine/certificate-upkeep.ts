import type { Declaration } from '../../core/declaration/schema.js';
import {
  declaredPlaces,
  type HeldCertificate,
  heldCertificates,
  type ListedCertificate,
  type Step,
  upkeepSteps,
} from '../../core/agent/certificate-renewal.js';
import type { Host } from '../../host/host.js';
import { authorityFolder } from '../authority/authority.js';
import { fileNameFor } from '../../core/pki/authority/file-name.js';
import { hasPlace } from '../../core/pki/authority/deploy-targets.js';
import { readPlaces, rememberPlace } from '../authority/authority-places.js';
import { runOurselves } from './ourselves.js';

const LOCK_MS = 30_000;

/** The certificates of our store. Throws `not-found` where there is no authority yet. */
export async function readHeldCertificates(host: Host): Promise<HeldCertificate[]> {
  const { certificates } = (await runOurselves(host, ['certs', 'list'])) as unknown as {
    readonly certificates: readonly ListedCertificate[];
  };
  return heldCertificates(certificates);
}

/**
 * Issues and renews what is declared, and remembers where it shall be: renewals follow there. What is not there yet is
 * drift. Answers what was done; throws what the first step that fails says.
 */
export async function keepCertificates(
  host: Host,
  { certificates }: Declaration,
  held: readonly HeldCertificate[],
): Promise<Step[]> {
  await rememberPlaces(host, certificates);
  const steps = upkeepSteps(certificates, held, host.clock.now());
  for (const step of steps) await runOurselves(host, step);
  return steps;
}

async function rememberPlaces(
  host: Host,
  certificates: Declaration['certificates'],
): Promise<void> {
  const folder = authorityFolder(host, undefined);
  const known = readPlaces(host, folder);
  for (const [declaredName, declared] of Object.entries(certificates)) {
    const name = fileNameFor(declaredName);
    for (const place of declaredPlaces(declared))
      if (!hasPlace(known, name, place))
        await rememberPlace(host, { folder, waitMs: LOCK_MS }, { names: [name], place });
  }
}
