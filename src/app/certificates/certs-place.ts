import type { Statement } from '../../core/declaration/record.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { Place } from '../../core/pki/authority/deploy-targets.js';
import type { WantedFile } from '../../core/pki/authority/deployment.js';
import { createPlan, type FileChange } from '../../core/plan/plan.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { applyPlan } from '../../system/transaction/apply.js';
import { rememberPlace } from '../../system/authority/authority-places.js';
import type { Authority } from '../../system/authority/authority.js';
import { planDeployment, type DeployPlan } from '../../system/authority/deploy.js';
import { planFiles } from '../../system/files/plan-files.js';
import type { Context } from '../context/command.js';
import { withRecord } from '../declaration/record-change.js';

export interface Placed {
  readonly authority: Authority;
  readonly bundles: readonly Bundle[];
}

export interface Target {
  readonly place: Place;
  /** Whether keys that are there already may be replaced; history keeps them. */
  readonly force: boolean;
  /** What the command says of the declaration by it. */
  readonly said?: readonly Statement[];
}

/** Puts bundles into a place, recorded in history, and remembers it for renewals. The paths that changed. */
export async function putIntoPlace(
  context: Context,
  placed: Placed,
  target: Target,
): Promise<string[]> {
  const { plan } = await deployTo(context, placed, target);
  return plan.changes.map(({ path }) => path);
}

/** Throws what would keep bundles from their place, a foreign key there first: asked before a certificate is stored. */
export async function planPlace(
  { host, commandLine }: Context,
  bundles: readonly Bundle[],
  { place, force }: Target,
): Promise<DeployPlan> {
  const deployment = await planDeployment(host, bundles, { place, title: commandLine });
  const taken = deployment.plan.changes.find(isKeyReplaced);
  if (taken !== undefined && !force) throw keyExists(taken.path);
  return deployment;
}

/** Puts bundles into a place like `putIntoPlace`, answering what became of the plan. */
export async function deployTo(
  context: Context,
  { authority, bundles }: Placed,
  target: Target,
): Promise<Outcome> {
  const { host, options, commandLine } = context;
  const { place } = target;
  const { plan, secrets } = await planPlace(context, bundles, target);
  const recorded = await withRecord(context, plan, target.said ?? []);
  const outcome = await applyPlan(host, recorded, { ...options, commandLine, secrets });
  if (!options.dryRun) {
    const names = bundles.map(({ name }) => name);
    const store = { folder: authority.folder, waitMs: options.lockTimeoutMs };
    await rememberPlace(host, store, { names, place });
  }
  return outcome;
}

/** Files on their own, recorded in history like every change. The paths that changed. */
export async function writeFiles(
  { host, options, commandLine }: Context,
  wanted: readonly WantedFile[],
): Promise<string[]> {
  const { changes, secrets } = planFiles(host, wanted);
  await applyPlan(host, createPlan(commandLine, { changes }), { ...options, commandLine, secrets });
  return changes.map(({ path }) => path);
}

/** The certificates are in the store by now: to issue them again is not what helps. */
export function notPlaced(
  error: unknown,
  { bundles, target }: { readonly bundles: readonly Bundle[]; readonly target: Target },
): unknown {
  if (!isDockerctlError(error)) return error;
  const { path } = target.place;
  const [one] = bundles.map(({ name }) => name);
  const what = bundles.length === 1 ? `${one} is` : `All ${bundles.length} certificates are`;
  return new DockerctlError({
    code: error.code,
    message: `${what} issued and in the store, but could not be put into ${path}: ${error.message}`,
    hint: `fix the cause (${error.hint}), then dockerctl certs deploy ${bundles.length === 1 ? one : 'NAME'} --to ${shellWord(path)}`,
    cause: error,
  });
}

const isKeyReplaced = ({ before }: FileChange): boolean =>
  before !== null && 'secret' in before.content;

const keyExists = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `${path} holds another key, and a key is never overwritten unasked.`,
    hint: 'add --force (history keeps the old one: dockerctl config rollback), or name another folder',
  });
