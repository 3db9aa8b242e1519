import type { Declaration } from '../core/declaration/schema.js';
import {
  desiredPlan,
  editedBy,
  type MachineState,
  secretsOf,
} from '../core/declaration/desired.js';
import { REPAIR_TITLE, type Repair } from '../core/agent/repair.js';
import type { ActivationAction } from '../core/plan/plan.js';
import type { RepairResult } from '../core/agent/events.js';
import { type ErrorCode, isDockerctlError, messageOf, systemErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';
import { applyPlan, type ApplyOptions } from '../system/transaction/apply.js';
import { observeSituation } from '../system/machine/situation.js';

export interface WantedRepair {
  readonly declaration: Declaration;
  readonly repair: Repair;
  /** The machine as it has just been seen; null: it is to be looked at. */
  readonly seen: MachineState | null;
}

/** A repair goes through the same `applyPlan` as every command. Never throws. */
export async function repairDrift(
  host: Host,
  { declaration, repair, seen }: WantedRepair,
  options: ApplyOptions,
): Promise<RepairResult> {
  let action: ActivationAction = 'restart';
  try {
    const situation = seen ?? (await observeSituation(host, declaration, options));
    const plan = desiredPlan(situation, REPAIR_TITLE, new Set(repair.ids));
    ({ action } = plan.activation);
    if (action === 'restart' && !repair.restart) return { status: 'failed', action, reason: MORE };
    const known = { secrets: secretsOf(situation), editsFileOf: editedBy(plan, situation) };
    const outcome = await applyPlan(host, plan, { ...options, ...known });
    const files = outcome.plan.changes.map(({ path }) => path).join(', ');
    const how = outcome.activated?.proof.join('; ') ?? 'dockerd was not touched';
    return { status: 'applied', action, reason: `${files === '' ? 'no file' : files}; ${how}` };
  } catch (error) {
    return { status: statusOf(error), action, reason: reasonOf(host, error) };
  }
}

function reasonOf({ self }: Host, error: unknown): string {
  const [message = ''] = messageOf(error).split('\n');
  const readOnly = isDockerctlError(error) && systemErrorCode(error.cause) === 'EROFS';
  return readOnly && self.env.INVOCATION_ID !== undefined ? `${message}${FOR_THE_UNIT}` : message;
}

/** ProtectSystem=strict: all but ReadWritePaths= is read-only, also where a link leads that is younger than the unit. */
const FOR_THE_UNIT =
  ' for this unit, which may write only to the folders known when it was installed; if it is not for others, try: dockerctl service install';

function statusOf(error: unknown): RepairResult['status'] {
  if (!isDockerctlError(error)) return 'failed';
  const contested = isDockerctlError(error.cause) && error.cause.code === 'stale-plan';
  return contested ? 'contested' : (STATUS[error.code] ?? 'failed');
}

const MORE = 'by now it asks for a restart; it is looked at again';

/** What another attempt would not change. All else is tried again, ever more rarely. */
const STATUS: Partial<Record<ErrorCode, RepairResult['status']>> = {
  'rolled-back': 'rolled-back',
  'rollback-failed': 'rollback-failed',
  'journal-damaged': 'rollback-failed',
  'containers-would-stop': 'refused',
  'cannot-restart': 'refused',
  'invalid-config': 'refused',
  'invalid-value': 'refused',
  'file-not-writable': 'failed',
};
