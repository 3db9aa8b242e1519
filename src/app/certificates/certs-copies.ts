import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { CertificateEntry } from '../../core/pki/authority/entry.js';
import { fingerprintsIn } from '../../core/pki/x509/read-certificate.js';
import type { DeployTarget, DeployTargets } from '../../core/pki/authority/deploy-targets.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import { DockerctlError, isDockerctlError, messageOf } from '../../errors.js';
import { readBundle } from '../../system/authority/authority-bundle.js';
import { readDeployTargets } from '../../system/authority/deploy/deploy-targets.js';
import type { Authority } from '../../system/authority/authority.js';
import { planDeployment } from '../../system/authority/deploy/deploy.js';
import { deployTo } from './deploy-certificates.js';
import type { Context } from '../context/command.js';

/** A certificate in force, and one deploy target besides the store. */
export interface Copy {
  readonly bundle: Bundle;
  readonly target: DeployTarget;
}

/** The copies that follow when these certificates change. */
export function copiesOf(
  { host }: Context,
  { folder }: Authority,
  bundles: readonly Bundle[],
): Copy[] {
  return copiesAt(readDeployTargets(host, folder), bundles);
}

function copiesAt(targets: DeployTargets, bundles: readonly Bundle[]): Copy[] {
  return bundles.flatMap((bundle) =>
    (targets.get(bundle.name) ?? []).map((target): Copy => ({ bundle, target })),
  );
}

/** Copies of certificates that were renewed long since: a renewal died, or failed, between the store and that place. */
export async function laggingCopies(context: Context, authority: Authority): Promise<Copy[]> {
  const { entries, revoked } = authority;
  const known = readDeployTargets(context.host, authority.folder);
  const bundles = entries
    .filter(
      ({ name, place, serial }) => place === 'current' && !revoked.has(serial) && known.has(name),
    )
    .flatMap((entry) => wholeBundle(context, authority, entry));
  const copies = copiesAt(known, bundles);
  const lags = await Promise.all(copies.map((copy) => isLagging(context, entries, copy)));
  return copies.filter((_, index) => lags[index]);
}

/** One that is damaged, or whose key is lost, is told by `certs check`; the others go where they belong. */
function wholeBundle({ host }: Context, authority: Authority, entry: CertificateEntry): Bundle[] {
  try {
    return [readBundle(host, authority, entry)];
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}

/** Somebody else's certificate in that place is none of ours to replace unasked, and a place that is gone waits for the renewal. */
async function isLagging(
  { host, commandLine: title }: Context,
  entries: readonly CertificateEntry[],
  { bundle, target }: Copy,
): Promise<boolean> {
  const old = entries.filter((entry) => entry.name === bundle.name && entry.place === 'superseded');
  try {
    const { plan } = await planDeployment(host, [bundle], { target, title });
    const there = plan.changes.flatMap(fingerprintsBefore);
    return old.some(({ fingerprint }) => there.includes(fingerprint));
  } catch {
    return false;
  }
}

const fingerprintsBefore = ({ before }: Plan['changes'][number]): string[] =>
  before !== null && 'text' in before.content ? fingerprintsIn(before.content.text) : [];

/** What became of copies: the paths that changed, and what is left to do, a sentence each. */
export interface Copied {
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

/** Deploys each. What fails for one does not stop the others. */
export async function putCopies(
  context: Context,
  authority: Authority,
  copies: readonly Copy[],
): Promise<Copied> {
  const placed: string[] = [];
  const notes = new Set<string>();
  const failures: string[] = [];
  for (const copy of copies) {
    const { bundle, target } = copy;
    try {
      const { plan } = await putCopy(context, authority, copy);
      placed.push(...plan.changes.map(({ path }) => path));
      for (const note of plan.notes) notes.add(`${bundle.name}: ${note}`);
    } catch (error) {
      failures.push(`${bundle.name} at ${target.path}: ${messageOf(error)}`);
    }
  }
  if (failures.length === 0) return { placed, notes: [...notes] };
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `The certificates were renewed, but not every copy could be replaced: ${failures.join('; ')}`,
    hint: 'fix the cause; the next `dockerctl certs renew --due` brings the copies up to date',
    details: { placed },
  });
}

/** Another renewal may be faster with this very copy: then what is there by now is looked at again. */
async function putCopy(
  context: Context,
  authority: Authority,
  { bundle, target }: Copy,
): Promise<Outcome> {
  const put = () => deployTo(context, { authority, bundles: [bundle] }, { target, force: true });
  return put().catch((error: unknown) => {
    if (isDockerctlError(error) && error.code === 'stale-plan') return put();
    throw error;
  });
}
