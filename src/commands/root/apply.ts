import { desiredPlan } from '../../core/desired/desired.js';
import { observeSituation } from '../../system/situation.js';
import { applyChange } from '../change.js';
import { defineCommand } from '../command.js';
import { declarationFrom, FILE_OPTION } from '../declared.js';
import { renderOutcome } from '../outcome-text.js';

export const command = defineCommand({
  summary: 'make this machine what its declaration says',
  args: [],
  options: FILE_OPTION,
  examples: ['apply --dry-run', 'apply', 'apply -f machine.json5', 'apply -f - < machine.json5'],
  run: async (context, { options: { file } }) => {
    const declaration = await declarationFrom(context, file);
    const situation = await observeSituation(context.host, declaration, context.options);
    return applyChange(context, desiredPlan(situation, title(file), null));
  },
  render: renderOutcome,
});

function title(file: string | undefined): string {
  return file === undefined ? 'apply' : `apply -f ${file}`;
}
