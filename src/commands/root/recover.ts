import { recoveryReport } from '../../agent/recover-at-start.js';
import { leftSentences } from '../../core/transaction/concurrent-edit.js';
import { daemonController } from '../../system/dockerd/control/controller.js';
import { leftAside } from '../../system/history/damaged-journal.js';
import { installBootRecovery } from '../../system/transaction/rollback-timer.js';
import { endStoppedHolder, withLock } from '../../system/files/lock.js';
import { recover, type Recovery } from '../../system/transaction/recover.js';
import { refuseToSayNone } from '../../system/history/state-access.js';
import type { Host } from '../../host/host.js';
import { defineCommand, type Context } from '../../app/context/command.js';

interface RecoverData {
  readonly did: string;
  readonly generation: number | null;
  readonly commandLine: string | null;
  /** What is not as before a change that was taken back. */
  readonly remarks: readonly string[];
}

/** As long as another dockerctl may take for a change: then there is nothing left to recover. */
const PATIENCE_MS = 600_000;

export const command = defineCommand({
  summary: 'finish or undo a change that was cut off; any change does so first',
  args: [],
  options: {
    transaction: {
      type: 'number',
      placeholder: 'N',
      describe: 'take change N back even if its time to be confirmed is not over',
    },
    install: {
      type: 'boolean',
      describe: 'have systemd do it at every boot, before docker starts; install.sh did',
    },
    boot: { type: 'boolean', describe: 'files only: dockerd has not started yet' },
  },
  examples: ['recover'],
  run: async (context, { options }): Promise<RecoverData> => {
    const { host, commandLine } = context;
    const { timeoutMs } = context.options;
    if (options.install) {
      await installBootRecovery(host);
      return { did: 'install', generation: null, commandLine: null, remarks: [] };
    }
    const lockTimeoutMs = options.boot ? 0 : PATIENCE_MS;
    endStoppedHolder(host);
    return await withLock(host, { lockTimeoutMs, commandLine }, async () => {
      const daemon = options.boot || host.self.root !== null ? null : daemonController(host);
      const force = options.transaction ?? false;
      const recovery = await recover(host, { daemon, timeoutMs, force });
      await tellJournal(context, recovery);
      const { did, entry, left } = recovery;
      const asked = !options.boot && options.transaction === undefined;
      if (entry === null && asked) refuseToSayNothing(host);
      return {
        did,
        generation: entry?.generation ?? null,
        commandLine: entry?.commandLine ?? null,
        remarks: leftSentences(left),
      };
    });
  },
  render: ({ did, generation, commandLine, remarks }) =>
    did === 'install'
      ? 'From now on systemd ends a change that was cut off at boot, before docker starts.'
      : generation === null
        ? 'There is nothing to recover.'
        : [`${WORDS[did] ?? did} change ${generation}: ${commandLine ?? ''}`, ...remarks].join(
            '\n',
          ),
});

/** @throws journal-damaged while one lies aside; not-permitted where root's changes are hidden from us */
function refuseToSayNothing(host: Host): void {
  const damaged = leftAside(host);
  if (damaged !== null) throw damaged;
  refuseToSayNone(host, 'recover');
}

/** Where systemd started us, at boot or after a dockerctl was killed, the agent finds nothing left to tell of. */
async function tellJournal({ host, terminal }: Context, recovery: Recovery): Promise<void> {
  const report = recoveryReport(recovery);
  if (report === null || host.self.env.JOURNAL_STREAM === undefined) return;
  const { createReporter } = await import('../../agent/reporter.js');
  await createReporter(host, (_, text) => {
    terminal.note(text);
  })(report);
}

const WORDS: Readonly<Record<string, string>> = {
  'roll-back': 'Took back',
  'clean-up': 'Tidied up after',
  finish: 'Finished',
  leave: 'Left alone, as it waits for `dockerctl confirm`:',
};
