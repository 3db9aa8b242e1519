import { desiredPlan, secretsOf } from '../../core/desired/desired.js';
import type { Finding } from '../../core/finding.js';
import { hasErrors } from '../../core/finding.js';
import type { Outcome } from '../../core/outcome.js';
import type { Declaration } from '../../core/declaration/schema.js';
import { heldCertificates, keepCertificates } from '../../system/certificate-upkeep.js';
import { observeSituation } from '../../system/situation.js';
import { applyChange } from '../change.js';
import { type Context, defineCommand } from '../command.js';
import { declarationFrom, declaredRegistries, FILE_OPTION } from '../declared.js';
import { renderFindings } from '../findings-text.js';
import { renderOutcome } from '../outcome-text.js';
import { proveAll } from '../trust/prove.js';

interface Answer extends Outcome {
  /** What was done for the declared certificates, as command lines. */
  readonly certificates: readonly string[];
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
    const keep = await certificateKeeper(context, declaration);
    const outcome = await applyChange(context, plan, secretsOf(situation));
    const certificates = await keep();
    const proves = outcome.status === 'applied' && context.host.self.root === null;
    const registries = proves ? declaredRegistries(declaration) : [];
    return { ...outcome, certificates, findings: await proveAll(context, registries) };
  },
  render: (answer, style) => {
    const findings = renderFindings(answer.findings, style);
    const done = answer.certificates.map((line) => `${style.green('Ran')} dockerctl ${line}`);
    return [renderOutcome(answer, style), ...done, ...(findings === '' ? [] : [findings])].join(
      '\n',
    );
  },
  status: ({ findings }) => (hasErrors(findings) ? 1 : 0),
});

/** Certificates are no part of the plan: they have their own store, lock and history. Throws before anything is changed. */
async function certificateKeeper(
  { host, options, terminal }: Context,
  declaration: Declaration,
): Promise<() => Promise<string[]>> {
  const none = () => Promise.resolve([]);
  if (Object.keys(declaration.certificates).length === 0) return none;
  if (options.dryRun || host.self.root !== null) {
    terminal.note('declared certificates are not looked at in a dry run or below a root');
    return none;
  }
  const held = await heldCertificates(host);
  return async () => {
    const steps = await keepCertificates(host, declaration, held);
    return steps.map((step) => step.join(' '));
  };
}

function title(file: string | undefined): string {
  return file === undefined ? 'apply' : `apply -f ${file}`;
}
