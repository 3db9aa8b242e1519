import type { DeclaredStatement } from '../../core/declaration/record.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { DeployTarget } from '../../core/pki/authority/deploy-targets.js';
import type { DeployedFile } from '../../core/pki/authority/deployment.js';
import { createPlan, type FileChange } from '../../core/plan/plan.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { asPart } from '../../core/plan/rooted-hint.js';
import { shellWord } from '../../core/text/shell-word.js';
import { formatRegistry } from '../../core/registry/address.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { rememberDeployTarget } from '../../system/authority/deploy/deploy-targets.js';
import type { Authority } from '../../system/authority/authority.js';
import { planDeployment, type DeployPlan } from '../../system/authority/deploy/deploy.js';
import { planFiles } from '../../system/files/plan-files.js';
import type { Context } from '../context/command.js';
import { applyChange } from '../change/apply-change.js';
import { issuerChangeNotes } from './issuer-change.js';
import { withRecord } from '../declaration/record-change.js';

export interface DeployedBundles {
  readonly authority: Authority;
  readonly bundles: readonly Bundle[];
}

export interface DeployRequest {
  readonly target: DeployTarget;
  /** Whether keys that are there already may be replaced; history keeps them. */
  readonly force: boolean;
  /** What the command says of the declaration by it. */
  readonly said?: readonly DeclaredStatement[];
}

/** @throws what would prevent the deployment, a foreign key at the target first: asked before a certificate is stored */
export async function planDeployTarget(
  { host, commandLine }: Context,
  bundles: readonly Bundle[],
  { target, force }: DeployRequest,
): Promise<DeployPlan> {
  const deployment = await planDeployment(host, bundles, { target, title: commandLine });
  const taken = deployment.plan.changes.find(isKeyReplaced);
  if (taken !== undefined && !force) throw keyExists(taken.path);
  return deployment;
}

/** Deploys bundles to a target, recorded in history, and remembers it for renewals. */
export async function deployTo(
  context: Context,
  { authority, bundles }: DeployedBundles,
  request: DeployRequest,
): Promise<Outcome> {
  const { host, options } = context;
  const { target } = request;
  const { plan, secrets } = await planDeployTarget(context, bundles, request);
  const notes = [...plan.notes, ...(await issuerChangeNotes(context, plan, bundles))];
  const recorded = await withRecord(context, { ...plan, notes }, request.said ?? []);
  const outcome = await applyChange(context, recorded, { secrets });
  if (!options.dryRun) {
    const names = bundles.map(({ name }) => name);
    const store = { folder: authority.folder, waitMs: options.lockTimeoutMs };
    await rememberDeployTarget(host, store, { names, target });
  }
  return outcome.status === 'applied' ? withSeen(outcome, bundles) : outcome;
}

/** The transaction has waited until each server presented it. */
function withSeen(outcome: Outcome, bundles: readonly Bundle[]): Outcome {
  const seen = outcome.plan.expect.flatMap((expected) =>
    expected.kind === 'served-certificate' ? [expected] : [],
  );
  const notes = seen.map(({ host, port, fingerprint }) => {
    const of = bundles.find(({ certificate }) => certificate.fingerprint === fingerprint);
    return `${formatRegistry({ host, port })} presents it now: serial ${of?.certificate.serial ?? ''}`;
  });
  return { ...outcome, plan: { ...outcome.plan, notes: [...outcome.plan.notes, ...notes] } };
}

/** Files on their own, recorded in history like every change. The paths that changed. */
export async function writeFiles(
  context: Context,
  wanted: readonly DeployedFile[],
): Promise<string[]> {
  const { changes, secrets } = planFiles(context.host, wanted);
  await applyChange(context, createPlan(context.commandLine, { changes }), { secrets });
  return changes.map(({ path }) => path);
}

/** The certificates are in the store by now: to issue them again is not what helps. */
export function notDeployed(
  error: unknown,
  {
    bundles,
    target,
    ca,
  }: {
    readonly bundles: readonly Bundle[];
    /** null: they were to be trusted here, and no more. */
    readonly target: DeployTarget | null;
    /** The file of their authority. */
    readonly ca: string;
  },
): unknown {
  if (!isDockerctlError(error)) return error;
  const name = bundles.length === 1 ? (bundles[0]?.name ?? 'NAME') : 'NAME';
  const what = bundles.length === 1 ? `${name} is` : `All ${bundles.length} certificates are`;
  const failed = target === null ? 'is not trusted here' : `could not be put into ${target.path}`;
  const then =
    target === null
      ? `dockerctl trust add-registry ${name} --ca ${shellWord(ca)}`
      : `dockerctl certs deploy ${name} --to ${shellWord(target.path)}`;
  return new DockerctlError({
    code: error.code,
    message: `${what} issued and in the store, but ${failed}: ${error.message}`,
    hint: `fix the cause (${asPart(error.hint)}), then \`${then}\``,
    cause: error,
  });
}

const isKeyReplaced = ({ before }: FileChange): boolean =>
  before !== null && 'secret' in before.content;

const keyExists = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `${path} holds another key, and a key is never overwritten unasked.`,
    hint: 'add --force (history keeps the old one: `dockerctl config rollback`), or name another folder',
  });
