import { createPlan } from '../../core/plan/plan.js';
import { readsContainerdConfig } from '../../core/trust/consumers/containerd/containerd-config.js';
import { restartFor } from '../../core/trust/consumers/containerd/containerd.js';
import { convertCri, readsConversion } from '../../core/trust/consumers/containerd/convert-cri.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { applyChange } from '../change/apply-change.js';
import type { Context } from '../context/command.js';

export interface MovedRegistry {
  readonly registry: string;
  readonly result: 'migrated' | 'planned';
  readonly reason: string;
}

/** The old tables of containerd's CRI plugin become hosts.toml, in one change that `config rollback` takes back. */
export async function migrateContainerd(context: Context): Promise<readonly MovedRegistry[]> {
  const { snapshot } = readSnapshot(context.host, (seen) => [
    ...readsContainerdConfig(seen),
    ...readsConversion(seen),
  ]);
  const { converted, changes } = convertCri(snapshot);
  if (converted.length === 0) return [];
  const config = changes.filter(({ path }) => !path.endsWith('/hosts.toml'));
  const plan = createPlan('trust migrate --to containerd', {
    changes,
    refresh: restartFor(config),
  });
  const outcome = await applyChange(context, plan);
  const planned = outcome.status === 'planned';
  return converted.map(({ registry, notes }) => ({
    registry,
    result: planned ? 'planned' : 'migrated',
    reason: [planned ? 'would be in hosts.toml' : 'is in hosts.toml now', ...notes].join('; '),
  }));
}
