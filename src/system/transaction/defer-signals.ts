import type { Host } from '../../host/host.js';

/**
 * Runs an action that must not stop half way. SIGINT, SIGTERM, SIGHUP and SIGTSTP (Ctrl-C, a shutdown, a lost SSH session,
 * Ctrl-Z) are only noted: everything in it has a deadline of its own.
 */
export async function deferSignals<Result>(
  host: Host,
  note: ((message: string) => void) | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  const release = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGTSTP'] as const).map((signal) =>
    host.signals.on(signal, () => {
      note?.(`${signal} is noted: this change is finished or undone first`);
    }),
  );
  try {
    return await action();
  } finally {
    for (const off of release) off();
  }
}
