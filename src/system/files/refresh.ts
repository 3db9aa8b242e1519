import type { RefreshCommand } from '../../core/plan/plan.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** Runs the tools that turn our files into what others read. Below `--root` there is nobody to run them for. */
export async function refresh(host: Host, commands: readonly RefreshCommand[]): Promise<void> {
  if (host.self.root !== null) return;
  for (const { argv } of commands) {
    const result = await host.exec.run(argv, { timeoutMs: 120_000 });
    if (result.status !== 0) throw failed(argv, result.stderr);
  }
}

function failed(argv: readonly string[], stderr: string): DockerctlError {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return new DockerctlError({
    code: 'rolled-back',
    message: `\`${argv.join(' ')}\` failed${line === '' ? '' : `: ${line}`}`,
    hint: `run it by hand to see why: ${argv.join(' ')}`,
  });
}
