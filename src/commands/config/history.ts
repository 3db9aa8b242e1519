import { historyLine, type HistoryLine, waitingLine } from '../../core/transaction/history.js';
import type { Plan } from '../../core/plan/plan.js';
import { planDiff } from '../../core/plan/plan-text.js';
import { leftSentences } from '../../core/transaction/concurrent-edit.js';
import { wrapHanging } from '../../core/text/wrap.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { readPlan } from '../../system/history/generation.js';
import type { Host } from '../../host/host.js';
import { readHistory } from '../../system/history/history.js';
import { readJournal } from '../../system/history/journal.js';
import { refuseToSayNone } from '../../system/history/state-access.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { activationWords } from '../text/activation-words.js';
import { localTime, withLocalTimes } from '../text/local-time.js';

interface HistoryData {
  readonly changes: readonly HistoryLine[];
  /** How many older ones are not shown. */
  readonly older: number;
  /** Of the one change that was asked for. */
  readonly plan: Plan | null;
}

export const command = defineCommand({
  looks: () => true,
  summary: 'what dockerctl changed on this machine: who, when, what, and how it ended',
  args: [{ name: 'ID', describe: 'show this one change in full' }],
  options: {
    limit: { type: 'number', default: 20, describe: 'the newest so many', placeholder: 'N' },
  },
  examples: ['config history', 'config history 12'],
  run: ({ host, terminal }, { args: [id], options: { limit } }): Promise<HistoryData> => {
    const changes = [...readWaiting(host, terminal), ...[...readHistory(host)].map(historyLine)];
    if (changes.length === 0) refuseToSayNone(host, 'config history');
    const older = Math.max(0, changes.length - limit);
    if (id === undefined)
      return Promise.resolve({ changes: changes.slice(0, limit), older, plan: null });
    const one = changes.find(({ generation }) => String(generation) === id);
    if (one === undefined) throw unknownChange(id);
    return Promise.resolve({ changes: [one], older: 0, plan: readPlan(host, one.generation) });
  },
  render: ({ changes, older, plan }, style) =>
    changes.length === 0
      ? 'dockerctl has changed nothing on this machine.'
      : [
          ...changes.map((change) => lineText(change, style)),
          ...(older === 0
            ? []
            : [
                style.dim(
                  `${older} older: \`dockerctl config history --limit ${changes.length + older}\``,
                ),
              ]),
          ...(plan === null ? [] : [planDiff(plan)]),
        ].join('\n'),
});

/** It is no history yet: until it is confirmed it stands in the journal. */
function readWaiting(host: Host, terminal: Context['terminal']): HistoryLine[] {
  try {
    const open = readJournal(host);
    const line = open && waitingLine(open);
    return line === null ? [] : [line];
  } catch (error) {
    if (!isDockerctlError(error) || error.code !== 'journal-damaged') throw error;
    terminal.note(error.message);
    return [];
  }
}

/** Behind the number of a change. */
const INDENT = 6;

function lineText(change: HistoryLine, style: Style): string {
  const { generation, when, user, commandLine, status, until, how } = change;
  const mark = {
    applied: style.green('applied'),
    'rolled-back': style.red('rolled back'),
    waiting: style.yellow(
      `waits for \`dockerctl confirm\` until ${until === null ? '' : localTime(until)}, applied`,
    ),
  }[status];
  const words = activationWords(how);
  const told = words === '' ? '' : ` ${words}`;
  const line = `${localTime(when)}  ${user}  ${mark}${told}  ${style.bold(commandLine)}`;
  const why = remarks(change).map((sentence) => style.dim(withLocalTimes(sentence)));
  const paragraphs = [line, ...why].map((text) =>
    wrapHanging(style.say(text), style.width, INDENT),
  );
  return `${String(generation).padStart(4)}  ${paragraphs.join(`\n${' '.repeat(INDENT)}`)}`;
}

function remarks({ error, kept, pending }: HistoryLine): string[] {
  return [...(error === null ? [] : [error]), ...leftSentences({ kept, pending })];
}

function unknownChange(id: string): DockerctlError {
  return new DockerctlError({
    code: 'not-found',
    message: `there is no change "${id}" in the history of this machine`,
    hint: 'dockerctl config history',
  });
}
