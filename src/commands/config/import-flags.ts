import { importableKeys } from '../../core/dockerd/config/import-flags.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { createPlan } from '../../core/plan/plan.js';
import { DockerctlError } from '../../errors.js';
import { observe } from '../../app/context/observe.js';
import { applyChange } from '../../app/change/apply-change.js';
import { changeObserved } from '../../app/change/change.js';
import { flagsToImport } from '../../app/change/import-flags.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: "move dockerd's flags into daemon.json, wherever they stand (a restart)",
  args: [{ name: 'KEY', describe: 'only these keys; default: all that can go', many: true }],
  options: {},
  examples: ['config import-flags --dry-run', 'config import-flags insecure-registries'],
  run: async (context, { args: keys }) => {
    const { host } = context;
    const title = ['config import-flags', ...keys].join(' ');
    const observed = await observe(context);
    const given = importableKeys(observed.startWords, engineOf(observed.version));
    const strange = keys.find((key) => !given.includes(key));
    if (strange !== undefined) throw notGiven(strange, given);
    const flags = await flagsToImport(host, observed, keys.length === 0 ? null : keys);
    if (flags === null)
      return applyChange(
        context,
        createPlan(title, { notes: ['no flag of dockerd could stand in daemon.json.'] }),
      );
    return changeObserved(context, observed, {
      flags,
      edit: { title, edit: (document) => document },
    });
  },
  render: renderOutcome,
});

function notGiven(key: string, given: readonly string[]): DockerctlError {
  return new DockerctlError({
    code: 'not-found',
    message: `no flag of dockerd gives ${key}${given.length === 0 ? '' : `; there are flags for ${given.join(', ')}`}`,
    hint: 'dockerctl config show --effective',
  });
}
