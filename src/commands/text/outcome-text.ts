import type { Outcome } from '../../core/plan/outcome.js';
import { isRecord, type FileChange, type Plan } from '../../core/plan/plan.js';
import { expectationText, planDiff } from '../../core/plan/plan-text.js';
import { printable } from '../../core/text/printable.js';
import { cut, MOST_FINDINGS, MOST_ON_SCREEN } from './cut.js';
import type { Style } from '../../app/context/command.js';
import { withLocalTimes } from './local-time.js';

/** What became of a change, for people. Every command that changes something answers with this. */
export function renderOutcome(outcome: Outcome, style: Style): string {
  const { plan, status } = outcome;
  const body =
    status === 'planned'
      ? plannedText(outcome, style)
      : doneText(outcome, style).map((line) => style.wrapped(line));
  const notes = cut(plan.notes, MOST_FINDINGS).map((note) => noteText(note, style));
  return [...body, ...notes.map((note) => style.wrapped(note))].join('\n');
}

/** What stands out by a word of its own needs no other before it. */
function noteText(note: string, style: Style): string {
  const [, head, rest] = /^(Warning|Still wrong)(: .*)$/su.exec(note) ?? [];
  return head === undefined ? style.dim(`Note: ${note}`) : `${style.yellow(head)}${rest ?? ''}`;
}

const pendingText = (sentences: readonly string[], style: Style): string[] =>
  sentences.map((sentence) => `${style.yellow('Pending')}: ${withLocalTimes(sentence)}`);

function doneText(
  { status, plan, activated, pending, generation }: Outcome,
  style: Style,
): string[] {
  const notYet = pendingText(pending, style);
  if (status === 'unchanged')
    return [`${style.green('Unchanged')}: ${plan.title}; dockerd was not touched.`, ...notYet];
  if (status === 'rolled-back')
    return [
      `${style.green('Took back')} ${plan.title}: the old files are in force again.`,
      ...notYet,
    ];
  return [
    ...cut(
      plan.changes
        .filter((change) => !isRecord(change))
        .map((change) => `${style.green(verbOf(change))} ${change.path}`),
      MOST_FINDINGS,
    ),
    ...plan.refresh.map(({ argv }) => `${style.green('Ran')} ${argv.join(' ')}`),
    ...(activated === null ? [] : [activatedText(activated, style)]),
    ...(activated === null && pending.length === 0
      ? ['dockerd was not touched: this needs neither a reload nor a restart.']
      : []),
    ...endedText(activated, style),
    ...outOfSightText(activated, { generation, style }),
    ...notYet,
    ...(generation === null || plan.changes.length === 0
      ? []
      : [style.dim(`Undo: dockerctl config rollback ${generation}`)]),
  ];
}

const DONE: Readonly<Record<NonNullable<Outcome['activated']>['how'], string>> = {
  reload: 'Reloaded dockerd',
  restart: 'Restarted dockerd',
  'live-restore-bridge': 'Restarted dockerd with live-restore switched on for the while',
  start: 'Started dockerd',
  overtaken: 'Left dockerd to whoever restarted or stopped it',
};

function activatedText(
  { how, milliseconds, proof }: NonNullable<Outcome['activated']>,
  style: Style,
): string {
  const seconds = (milliseconds / 1000).toFixed(1);
  return `${style.green(DONE[how])} in ${seconds} s${proof.length === 0 ? '' : `: ${cut(proof, MOST_ON_SCREEN).join('; ')}`}.`;
}

function endedText(activated: Outcome['activated'], style: Style): string[] {
  const { stopped = [], startedAnew = [], started = [], unlisted = [] } = activated ?? {};
  const list = (names: readonly string[], between: string) =>
    names.map((name) => printable(name)).join(between);
  return [
    ...(stopped.length === 0
      ? []
      : [
          `${style.yellow('Stopped')} ${list(stopped, ', ')}. Try: \`docker start ${list(stopped, ' ')}\``,
        ]),
    ...(startedAnew.length === 0
      ? []
      : [
          `${style.yellow('Stopped')} ${list(startedAnew, ', ')}, and dockerd started ${startedAnew.length === 1 ? 'it' : 'them'} anew by restart policy.`,
        ]),
    ...(started.length === 0
      ? []
      : [
          `${style.yellow('Started')} ${list(started, ', ')}, which did not run before, by restart policy.`,
        ]),
    ...(unlisted.length === 0
      ? []
      : [
          `${style.yellow('Stopped')} ${list(unlisted, ', ')}, which docker does not list any more.`,
        ]),
  ];
}

function outOfSightText(
  activated: Outcome['activated'],
  { generation, style }: { readonly generation: number | null; readonly style: Style },
): string[] {
  const lost = activated?.outOfSight;
  if (lost === undefined) return [];
  const { images, containers, volumes, place } = lost;
  const counts = [
    `images ${images.join(' → ')}`,
    `containers ${containers.join(' → ')}`,
    ...(volumes === null ? [] : [`volumes ${volumes.join(' → ')}`]),
  ].join(', ');
  const back =
    generation === null ? 'the old value' : `\`dockerctl config rollback ${generation}\``;
  return [
    `${style.yellow('Out of sight')}: ${counts}. The old ones lie in ${printable(place)}; ${back} brings them back into sight. To take images along: \`docker save\` there, \`docker load\` here.`,
  ];
}

function plannedText({ plan, pending }: Outcome, style: Style): string[] {
  return [
    style.bold(style.wrapped(`Would do: ${plan.title}`)),
    colourDiff(planDiff(plan), style),
    ...[
      ...plan.refresh.map(({ argv, reason }) => `Would run ${argv.join(' ')}: ${reason}`),
      activationText(plan),
      ...cut(
        plan.expect.map((expectation) => `Would verify: ${expectationText(expectation)}`),
        MOST_FINDINGS,
      ),
      ...pendingText(pending, style),
    ].map((line) => style.wrapped(line)),
    'Nothing was written (--dry-run).',
  ].filter((line) => line !== '');
}

function activationText({ activation: { action, reasons } }: Plan): string {
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  if (action === 'none') return `Would not touch dockerd${why}.`;
  return action === 'reload' ? `Would reload dockerd${why}.` : `Would restart dockerd${why}.`;
}

function colourDiff(diff: string, style: Style): string {
  const colour = (line: string): string => {
    if (line.startsWith('+')) return style.green(line);
    if (line.startsWith('-')) return style.red(line);
    return line.startsWith('@@') ? style.cyan(line) : line;
  };
  return diff.trimEnd().split('\n').map(colour).join('\n');
}

function verbOf({ before, after }: FileChange): string {
  if (after === null) return 'Deleted';
  return before === null ? 'Created' : 'Changed';
}
