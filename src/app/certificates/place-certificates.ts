import { join } from 'node:path';
import type { DeclaredStatement } from '../../core/declaration/record.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { createPlan, type Plan, type Secrets } from '../../core/plan/plan.js';
import { type Authority, ROOT_CERTIFICATE } from '../../system/authority/authority.js';
import { rememberDeployTarget } from '../../system/authority/deploy/deploy-targets.js';
import { applyChange } from '../change/apply-change.js';
import type { Context } from '../context/command.js';
import { withRecord } from '../declaration/record-change.js';
import { type DeployRequest, notDeployed, planDeployTarget } from './deploy-certificates.js';

/** What is to change besides the store. */
export interface PlacementRequest {
  /** The folder where the files are wanted too; null: none. */
  readonly out: DeployRequest | null;
  /** Whether the docker of this machine shall trust the names. */
  readonly install: boolean;
  /** What the declaration says afterwards, where it records. */
  readonly statements: readonly DeclaredStatement[];
}

/** One plan of all that changes besides the store: it is done as a whole, or not at all. */
export interface PlacementPlan {
  readonly request: PlacementRequest;
  readonly bundles: readonly Bundle[];
  readonly plan: Plan;
  readonly secrets: Secrets;
}

/** Nothing is written. @throws what would prevent the placement, so that it is known before a certificate is stored */
export async function planPlacement(
  context: Context,
  bundles: readonly Bundle[],
  request: PlacementRequest,
): Promise<PlacementPlan> {
  const { out, install, statements } = request;
  const nothing = { plan: createPlan(context.commandLine, {}), secrets: new Map() };
  const deployed = out === null ? nothing : await planDeployTarget(context, bundles, out);
  const trusted = install ? await planTrust(context, bundles) : nothing;
  const plan = await withRecord(context, joinPlans(deployed.plan, trusted.plan), statements);
  return { request, bundles, plan, secrets: new Map([...deployed.secrets, ...trusted.secrets]) };
}

async function planTrust(context: Context, bundles: readonly Bundle[]) {
  const { planTrustHere } = await import('./certs-trust.js');
  return planTrustHere(context, bundles);
}

/** Applies a placement once the certificates are stored, and remembers where renewals have to go. Returns the plan. */
export async function applyPlacement(
  context: Context,
  { folder }: Authority,
  { request, bundles, plan, secrets }: PlacementPlan,
): Promise<Plan> {
  const { install } = request;
  const target = request.out?.target ?? null;
  const outcome = await applyChange(context, plan, { secrets }).catch((error: unknown) => {
    const ca = join(folder, ROOT_CERTIFICATE);
    throw install || target !== null ? notDeployed(error, { bundles, target, ca }) : error;
  });
  if (target !== null && !context.options.dryRun) {
    const names = bundles.map(({ name }) => name);
    const store = { folder, waitMs: context.options.lockTimeoutMs };
    await rememberDeployTarget(context.host, store, { names, target });
  }
  return outcome.plan;
}
