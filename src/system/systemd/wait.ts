import type { Host } from '../../host/host.js';

const BETWEEN_MS = 100;

/** Asks again and again until `probe` answers other than null, or until `timeoutMs` have passed: then null. */
export async function waitFor<Answer>(
  host: Host,
  timeoutMs: number,
  probe: () => Promise<Answer | null> | Answer | null,
): Promise<Answer | null> {
  const deadline = host.clock.monotonic() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer !== null) return answer;
    if (host.clock.monotonic() >= deadline) return null;
    await host.clock.sleep(BETWEEN_MS);
  }
}
