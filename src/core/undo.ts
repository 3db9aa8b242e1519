import { bytesOf } from './content.js';
import { type DaemonConfig, decideActivation } from './daemon/activation.js';
import { configOf } from './daemon/edit.js';
import type { ObservedDaemon } from './daemon/observed.js';
import { parseDocument } from './json/document.js';
import type { ActivationAction, Expectation, FileImage, Plan } from './plan.js';

/** What dockerd needs to run as before a plan, and what it must show then. */
export interface Undo {
  readonly action: ActivationAction;
  readonly expect: readonly Expectation[];
}

/** The way back from a plan, as far as dockerd reads its file. */
export function undoOf(plan: Plan, observed: ObservedDaemon | null): Undo {
  const change = plan.changes.find(({ path }) => path === observed?.configPath);
  if (change === undefined || observed === null)
    return { action: plan.activation.action, expect: [] };
  const decision = decideActivation(configIn(change.after), configIn(change.before), observed);
  return { action: decision.activation.action, expect: decision.expect };
}

/** Whether a restart that nobody asked for stops no container. */
export function mayRestart({ containers, info }: ObservedDaemon): boolean {
  return containers.length === 0 || info?.LiveRestoreEnabled === true;
}

/** A file that dockerd cannot read is not what it runs with. */
export function configIn(image: FileImage | null): DaemonConfig {
  const parsed = parseDocument(image && bytesOf(image.content, new Map()));
  return parsed.ok ? configOf(parsed.document) : {};
}
