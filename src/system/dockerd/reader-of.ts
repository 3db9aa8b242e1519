import { parseFlags } from '../../core/dockerd/options/flags.js';
import type { Host } from '../../host/host.js';
import { isDockerd, processOf } from '../systemd/process.js';

/** The process of a dockerd that was started with this `--config-file`; null where none runs. */
export function readerOf(host: Host, config: string): number | null {
  const wanted = realpathOf(host, config);
  const pids = host.fs.list('/proc').filter((name) => /^\d+$/.test(name));
  const reader = pids.find((pid) => {
    const argv = processOf(host, Number(pid))?.argv ?? [];
    if (!argv.some((word) => word.startsWith('--config-file'))) return false;
    const named = parseFlags(argv).flags.get('config-file')?.values.at(-1);
    return (
      named !== undefined && realpathOf(host, named) === wanted && isDockerd(host, Number(pid))
    );
  });
  return reader === undefined ? null : Number(reader);
}

function realpathOf({ fs }: Host, path: string): string {
  try {
    return fs.realpath(path);
  } catch {
    return path;
  }
}
