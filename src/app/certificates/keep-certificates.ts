import {
  type CertificateStep,
  certificateSteps,
  declaredTargets,
  type HeldCertificate,
  heldCertificates,
  stepText,
} from '../../core/agent/certificate-renewal.js';
import type { Declaration } from '../../core/declaration/schema.js';
import { hasDeployTarget } from '../../core/pki/authority/deploy-targets.js';
import { fileNameFor } from '../../core/pki/authority/file-name.js';
import type { Host } from '../../host/host.js';
import { authorityFolder } from '../../system/authority/authority.js';
import {
  readDeployTargets,
  rememberDeployTarget,
} from '../../system/authority/deploy/deploy-targets.js';
import type { Context } from '../context/command.js';
import { issueCertificates } from './issue-certificates.js';
import { listCertificates } from './list-certificates.js';
import { renewCertificates } from './renew-certificates.js';

/** The certificates of our store. Throws `not-found` where there is no authority yet. */
export function readHeldCertificates(host: Host): HeldCertificate[] {
  const { certificates } = listCertificates(host, authorityFolder(host, undefined), { all: false });
  return heldCertificates(
    certificates.map(({ entry, status, renewAfter }) => ({
      name: entry.name,
      notAfter: entry.notAfter,
      renewAfter,
      isRevoked: status === 'revoked',
    })),
  );
}

/**
 * Issues and renews what is declared, and remembers where it shall be: renewals follow there. What is not there yet is
 * drift. Returns what was done, as the command lines that would do the same; throws what the first step that fails throws.
 */
export async function keepCertificates(
  context: Context,
  { certificates }: Declaration,
  held: readonly HeldCertificate[],
): Promise<string[]> {
  await rememberDeployTargets(context, certificates);
  const steps = certificateSteps(certificates, held, context.host.clock.now());
  for (const step of steps) await run(stepContext(context, stepText(step)), step);
  return steps.map(stepText);
}

/** Each step is a change of its own: what the command line says of another change does not hold for it. */
function stepContext(context: Context, commandLine: string): Context {
  const { options } = context;
  return {
    ...context,
    commandLine,
    options: { ...options, config: null, activate: 'auto', confirmWithinMs: null, record: false },
  };
}

async function run(context: Context, step: CertificateStep): Promise<void> {
  if (step.kind === 'renew')
    await renewCertificates(context, {
      ...DEFAULT_AUTHORITY,
      names: step.names,
      due: false,
      reuseKey: false,
      days: null,
    });
  else
    await issueCertificates(context, {
      ...DEFAULT_AUTHORITY,
      ...PLAIN,
      name: step.name,
      domain: step.domains,
      ip: step.ips,
      profile: step.profile ?? 'registry',
      days: step.days,
    });
}

const DEFAULT_AUTHORITY = {
  user: false,
  pki: undefined,
  'passphrase-file': undefined,
  'passphrase-fd': undefined,
} as const;

/** What a declaration cannot say of a certificate. */
const PLAIN = {
  email: [],
  uri: [],
  subject: undefined,
  'key-type': undefined,
  batch: undefined,
  out: undefined,
  force: false,
  install: false,
  init: false,
} as const;

async function rememberDeployTargets(
  { host, options }: Context,
  certificates: Declaration['certificates'],
): Promise<void> {
  const folder = authorityFolder(host, undefined);
  const known = readDeployTargets(host, folder);
  for (const [declaredName, declared] of Object.entries(certificates)) {
    const name = fileNameFor(declaredName);
    const store = { folder, waitMs: options.lockTimeoutMs };
    for (const target of declaredTargets(declared))
      if (!hasDeployTarget(known, name, target))
        await rememberDeployTarget(host, store, { names: [name], target });
  }
}
