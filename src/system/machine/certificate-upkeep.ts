import type { Declaration } from '../../core/declaration/schema.js';
import {
  declaredTargets,
  type HeldCertificate,
  heldCertificates,
  type ListedCertificate,
  type RenewalCommand,
  upkeepSteps,
} from '../../core/agent/certificate-renewal.js';
import type { Host } from '../../host/host.js';
import { authorityFolder } from '../authority/authority.js';
import { fileNameFor } from '../../core/pki/authority/file-name.js';
import { hasDeployTarget } from '../../core/pki/authority/deploy-targets.js';
import { readDeployTargets, rememberDeployTarget } from '../authority/deploy-targets.js';
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
): Promise<RenewalCommand[]> {
  await rememberDeployTargets(host, certificates);
  const steps = upkeepSteps(certificates, held, host.clock.now());
  for (const step of steps) await runOurselves(host, step);
  return steps;
}

async function rememberDeployTargets(
  host: Host,
  certificates: Declaration['certificates'],
): Promise<void> {
  const folder = authorityFolder(host, undefined);
  const known = readDeployTargets(host, folder);
  for (const [declaredName, declared] of Object.entries(certificates)) {
    const name = fileNameFor(declaredName);
    for (const target of declaredTargets(declared))
      if (!hasDeployTarget(known, name, target))
        await rememberDeployTarget(host, { folder, waitMs: LOCK_MS }, { names: [name], target });
  }
}
