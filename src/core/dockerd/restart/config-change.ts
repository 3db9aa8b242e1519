import type { FileChange, Plan } from '../../plan/plan.js';
import type { ObservedDaemon } from '../observed/observed.js';

/** What a plan does to daemon.json: its own change of it, or, where it has none, the file as it stays. */
export function configChange(
  { changes }: Pick<Plan, 'changes'>,
  { configPath: path, configFile }: Pick<ObservedDaemon, 'configPath' | 'configFile'>,
): FileChange {
  const planned = changes.find((change) => change.path === path);
  return planned ?? { path, before: configFile, after: configFile };
}
