import type { Host } from '../../host/host.js';

/**
 * Does something that must not stop half way. SIGINT, SIGTERM, SIGHUP and SIGTSTP (Ctrl-C, a shutdown, a lost SSH session,
 * Ctrl-Z) are only noted: everything in it has a deadline of its own.
 */
export async function unhurried<Result>(
  host: Host,
  note: ((message: string) => void) | undefined,
  deed: () => Promise<Result>,
): Promise<Result> {
  const release = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGTSTP'] as const).map((signal) =>
    host.signals.on(signal, () => {
      note?.(`${signal} is noted: this change is finished or undone first`);
    }),
  );
  try {
    return await deed();
  } finally {
    for (const off of release) off();
  }
}
