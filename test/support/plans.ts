import { contentOf } from '../../src/core/plan/content.js';
import type { RunningContainer } from '../../src/core/dockerd/observed/observed.js';
import {
  createPlan,
  type FileChange,
  type FileImage,
  type Plan,
} from '../../src/core/plan/plan.js';
import type { ApplyOptions } from '../../src/system/transaction/apply.js';

export function image(text: string, mode = 0o644): FileImage {
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return { content: contentOf(Buffer.from(text)), mode, ...owner };
}

export function planOf(changes: readonly FileChange[], rest: Partial<Plan> = {}): Plan {
  return createPlan('test', { changes, ...rest });
}

/** A container that only a restart with live-restore spares: no restart policy brings it back. */
export const WEB: RunningContainer = {
  id: 'a1',
  name: 'web',
  pid: 7,
  startedAt: '2026-11-21T10:31:32Z',
  restartPolicy: 'no',
};

export const OPTIONS: ApplyOptions = {
  dryRun: false,
  activate: 'auto',
  containers: 'keep',
  // The plans of these tests write what no dockerd knows.
  validate: false,
  timeoutMs: 1000,
  lockTimeoutMs: 0,
  confirmWithinMs: null,
  config: null,
  commandLine: 'test',
};
