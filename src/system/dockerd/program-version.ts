import type { Host } from '../../host/host.js';

/** Of the dockerd that would be started; null where none can be run. */
export async function binaryVersion(
  host: Host,
  program: string | undefined,
): Promise<string | null> {
  const dockerd = program !== undefined && /^\/.*\/dockerd$/.test(program) ? program : 'dockerd';
  try {
    const { stdout } = await host.exec.run([dockerd, '--version'], { timeoutMs: 5_000 });
    return versionIn(stdout);
  } catch {
    return null;
  }
}

/** The first `1.2.3` in a text. */
export function versionIn(text: unknown): string | null {
  return typeof text === 'string'
    ? (/(?<!\d)\d{1,9}\.\d{1,9}\.\d{1,9}/.exec(text)?.[0] ?? null)
    : null;
}
