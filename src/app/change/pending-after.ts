import { configIn } from '../../core/dockerd/config/edit.js';
import { readDaemonFile } from '../../core/dockerd/config/file.js';
import { changedKeys } from '../../core/dockerd/options/meaning.js';
import { notInForce } from '../../core/dockerd/running/after-change.js';
import { keyStates } from '../../core/dockerd/running/key-states.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { isDockerctlError } from '../../errors.js';
import type { DaemonController } from '../../system/dockerd/control/controller.js';
import type { GlobalOptions } from '../context/command.js';

/** The outcome of a change that dockerd was told of, with what of it does not count all the same: it is looked at again. */
export async function withPending(
  daemon: DaemonController,
  { config, timeoutMs }: Pick<GlobalOptions, 'config' | 'timeoutMs'>,
  outcome: Outcome,
): Promise<Outcome> {
  const { status, activated, plan } = outcome;
  if (status !== 'applied' || activated === null) return outcome;
  const observed = await daemon.observe(config, { timeoutMs });
  const change = plan.changes.find(({ path }) => path === observed.configPath);
  if (observed.info === null) return outcome;
  const changed =
    change === undefined ? [] : changedKeys(configIn(change.before), configIn(change.after));
  try {
    const states = keyStates(observed, readDaemonFile(observed).document);
    const owed = states.filter(({ key, pending }) =>
      // All that the file says, a restart should have brought.
      activated.action === 'restart'
        ? pending !== null
        : changed.includes(key) || pending === 'reload',
    );
    return { ...outcome, pending: [...outcome.pending, ...notInForce(owed)] };
  } catch (error) {
    if (isDockerctlError(error)) return outcome;
    throw error;
  }
}
