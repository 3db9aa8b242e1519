import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';

/**
 * Gives PID 1 a transient unit (systemd-run(1)), which outlives us, a lost session, and `kill -9`.
 * @throws no-daemon where there is no systemd to take it
 */
export async function systemdRun(
  host: Host,
  unit: string,
  options: readonly string[],
): Promise<void> {
  await demand(host, ['systemd-run', '--quiet', '--collect', `--unit=${unit}`, ...options]);
}

/** @throws no-daemon with what the program said */
export async function demand(host: Host, argv: readonly [string, ...string[]]): Promise<void> {
  const failure = await host.exec.run(argv).then(
    ({ status, stderr }) => (status === 0 ? null : stderr.trim()),
    (error: unknown) => systemErrorCode(error) ?? String(error),
  );
  if (failure !== null) throw noSystemd(`${argv[0]} failed: ${failure}`);
}

function noSystemd(why: string): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message: `systemd is needed to take a change back without us: ${why}`,
    hint: 'leave out --confirm-within; after a crash, run `dockerctl recover` yourself',
  });
}
