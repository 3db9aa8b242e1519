import { bytesOf } from '../../core/plan/content.js';
import { planDaemonReplacement } from '../../core/dockerd/config/edit.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { EXIT_STATUS, isDockerctlError } from '../../errors.js';
import { editText } from '../../system/files/editor.js';
import { observe } from '../../app/context/observe.js';
import { agrees } from '../../app/change/agreement.js';
import { applyChange } from '../../app/change/apply-change.js';
import { withConsent, withDaemonRecord } from '../../app/change/change.js';
import { type Context, defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'edit a copy of daemon.json, which is validated and applied when the editor closes',
  args: [],
  options: {},
  examples: ['config edit'],
  run: async (context) => {
    const { configFile } = await observe(context);
    return offer(context, bytesOf(configFile?.content ?? { text: '' }, new Map()));
  },
  render: renderOutcome,
});

/** Edits until the text is right or the operator gives up; without a terminal, once. */
async function offer(context: Context, text: Uint8Array): Promise<Outcome> {
  const { options, terminal } = context;
  const bytes = await editText(context.host, text);
  try {
    return await replace(context, bytes);
  } catch (error) {
    if (!isDockerctlError(error) || EXIT_STATUS[error.code] !== 3) throw error;
    const question = `${error.message}\nTry: ${error.hint}\nEdit it again?`;
    if (options.yes || !(await agrees(() => terminal.confirm(question, '--yes')))) throw error;
    return offer(context, bytes);
  }
}

async function replace(context: Context, bytes: Uint8Array): Promise<Outcome> {
  const observed = await observe(context);
  const plan = await withConsent(context, observed, (options) =>
    planDaemonReplacement(observed, { title: 'config edit', bytes }, options),
  );
  const whole = await withDaemonRecord(context, plan, observed.configPath);
  const judgedOn = context.options.validate ? observed : undefined;
  return applyChange(context, whole, { judgedOn });
}
