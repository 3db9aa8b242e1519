import { desiredPlan, secretsOf } from '../../core/desired/desired.js';
import type { Finding } from '../../core/finding.js';
import { hasErrors } from '../../core/finding.js';
import type { Outcome } from '../../core/outcome.js';
import { observeSituation } from '../../system/situation.js';
import { applyChange } from '../change.js';
import { defineCommand } from '../command.js';
import { declarationFrom, declaredRegistries, FILE_OPTION } from '../declared.js';
import { renderFindings } from '../findings-text.js';
import { renderOutcome } from '../outcome-text.js';
import { proveAll } from '../trust/prove.js';

interface Answer extends Outcome {
  /** What keeps a declared registry from working after all. */
  readonly findings: readonly Finding[];
}

export const command = defineCommand({
  summary: 'make this machine what its declaration says',
  args: [],
  options: FILE_OPTION,
  examples: ['apply --dry-run', 'apply', 'apply -f machine.json5', 'apply -f - < machine.json5'],
  run: async (context, { options: { file } }): Promise<Answer> => {
    const declaration = await declarationFrom(context, file);
    const situation = await observeSituation(context.host, declaration, context.options);
    const plan = desiredPlan(situation, title(file), null);
    const outcome = await applyChange(context, plan, secretsOf(situation));
    const proves = outcome.status === 'applied' && context.host.self.root === null;
    const registries = proves ? declaredRegistries(declaration) : [];
    return { ...outcome, findings: await proveAll(context, registries) };
  },
  render: (answer, style) => {
    const findings = renderFindings(answer.findings, style);
    return [renderOutcome(answer, style), ...(findings === '' ? [] : [findings])].join('\n');
  },
  status: ({ findings }) => (hasErrors(findings) ? 1 : 0),
});

function title(file: string | undefined): string {
  return file === undefined ? 'apply' : `apply -f ${file}`;
}
