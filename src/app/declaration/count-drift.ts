import { desiredDrifts } from '../../core/declaration/desired.js';
import { readDeclaration } from '../../system/machine/declaration.js';
import { observeSituation } from '../../system/machine/situation.js';
import { daemonOf } from '../context/observe.js';
import type { Context } from '../context/command.js';

/** How many things are not as this machine's declaration says; registries are not asked. Throws as `drift` does. */
export async function countAdrift(context: Context): Promise<number> {
  const { host, options } = context;
  const situation = await observeSituation(host, readDeclaration(host, null), {
    config: options.config,
    daemon: daemonOf(context),
  });
  return desiredDrifts(situation).length;
}
