import type { JournalEntry } from '../../core/transaction/journal.js';
import { isEmpty, type Plan } from '../../core/plan/plan.js';
import { leftSentences } from '../../core/transaction/concurrent-edit.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { recover, type Recovery, type RecoveryOptions } from './recover.js';
import { utcTime } from '../../core/text/utc-time.js';

type PreflightOptions = Omit<RecoveryOptions, 'force'> & {
  readonly note?: ((message: string) => void) | undefined;
};

/** Finishes or undoes the transaction of a process that died. */
export async function finishInterrupted(
  host: Host,
  { note, ...options }: PreflightOptions,
): Promise<Recovery> {
  const recovery = await recover(host, { ...options, force: false });
  if (recovery.did === 'roll-back')
    note?.(
      [
        `Undid \`dockerctl ${recovery.entry?.commandLine ?? ''}\`, which was cut off`,
        ...leftSentences(recovery.left),
      ].join('; '),
    );
  return recovery;
}

/** A plan that was made before this recovery restored its files is stale, also where it was to do nothing. */
export function refuseUndone(plan: Plan, { did, entry }: Recovery): void {
  const undone = new Set(entry?.targets.map(({ path }) => path));
  const concerned = isEmpty(plan) || plan.changes.some(({ path }) => undone.has(path));
  if (did !== 'roll-back' || !concerned) return;
  throw new DockerctlError({
    code: 'stale-plan',
    message: `\`dockerctl ${entry?.commandLine ?? ''}\` had been cut off, and has only now been undone`,
    hint: 'run the same command again: it starts from the files as they are now',
  });
}

/** One change at a time: the one that waits would be taken back from below this one. */
export function refuseWaiting({ did, entry }: Recovery): void {
  if (did !== 'leave') return;
  throw new DockerctlError({
    code: 'locked',
    message: `\`dockerctl ${entry?.commandLine ?? ''}\` still waits for its confirmation`,
    hint: 'keep it with `dockerctl confirm`, or undo it with `dockerctl config rollback`',
  });
}

/** Everything is as wanted, and may be so only until a change that waits is taken back. */
export function notYetKept({ did, entry }: Recovery): string[] {
  return did === 'leave' && entry !== null
    ? waiting(entry, `\`dockerctl ${entry.commandLine}\``)
    : [];
}

/** What is to be said of a change that waits for its confirmation; nothing of any other. */
export function waiting({ deadline }: JournalEntry, what = 'it'): string[] {
  if (deadline === null) return [];
  return [
    `${what} is taken back at ${utcTime(deadline.at)} unless you type \`dockerctl confirm\` before`,
  ];
}
