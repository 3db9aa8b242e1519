import { authority } from '../../core/declaration/statements.js';
import { planContributions } from '../../core/trust/consumers/plan-trust.js';
import {
  readsStore,
  removeFromStore,
  storedNames,
} from '../../core/trust/consumers/system/system.js';
import { DockerctlError } from '../../errors.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { applyChange } from '../../app/change/apply-change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { withRecord } from '../../app/declaration/record-change.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'take a CA back out of the system store',
  args: [{ name: 'NAME', describe: 'as in trust list-cas', required: true }],
  options: {},
  examples: ['trust remove-ca corporate'],
  run: async (context, { args: [name = ''] }) => {
    const { snapshot } = readSnapshot(context.host, (seen) => readsStore(null, seen));
    const contribution = removeFromStore(snapshot, name);
    if (contribution.changes.length === 0) {
      const known = [...new Set(storedNames(snapshot).map((stored) => stored.name))];
      throw new DockerctlError({
        code: 'not-found',
        message: `No CA was added as ${name}${known.length === 0 ? '' : `; there are ${known.join(', ')}`}.`,
        hint: '`dockerctl trust list-cas`; what others put there is theirs to remove',
      });
    }
    const plan = planContributions(`trust remove-ca ${name}`, [contribution]);
    return applyChange(context, await withRecord(context, plan, [authority(name, null)]));
  },
  render: renderOutcome,
});
