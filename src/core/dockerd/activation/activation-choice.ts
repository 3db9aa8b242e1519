import { DockerctlError } from '../../../errors.js';
import type { ObservedDaemon } from '../observed/observed.js';
import type { Activation, ActivationAction } from '../../plan/plan.js';

/** What the operator said with `--activate`, and whether there is a daemon to tell. */
export interface ActivationOptions {
  readonly activate: 'auto' | 'reload' | 'restart' | 'never';
  readonly state: ObservedDaemon['state'];
  readonly root: string | null;
  /** The daemon.json given by `--config`. */
  readonly config: string | null;
  /** The dockerd, by its pid, that was started with that file and is not ours to tell; null: none. */
  readonly reader: number | null;
}

export interface Choice {
  readonly action: ActivationAction;
  /** What stays undone, a sentence each. */
  readonly pending: readonly string[];
}

/**
 * What dockerd is told about a plan.
 * A dockerd that failed has nothing to reload: it is started.
 * @throws invalid-value when a reload is asked for where dockerd would only notice after a restart; no-daemon where it is
 *   asked for and none runs
 */
export function chooseActivation(
  { action, reasons, harmfulReload }: Activation,
  options: ActivationOptions,
): Choice {
  const wanted =
    options.activate === 'auto' || options.activate === 'never' ? action : options.activate;
  if (wanted === 'none') return { action: 'none', pending: [] };
  if (options.state === 'absent' && options.config !== null && options.root === null)
    return { action: 'none', pending: [unmanagedText(options.config, options.reader, wanted)] };
  const obstacle = obstacleTo(options);
  if (obstacle !== null) return { action: 'none', pending: [`${obstacle}: ${REMAINS[wanted]}`] };
  if (action === 'restart' && wanted === 'reload' && harmfulReload !== true)
    throw reloadIsNotEnough(reasons);
  const down = options.state === 'failed' || options.state === 'stopped';
  if (wanted === 'reload' && down) {
    if (options.activate === 'reload') throw nothingToReload();
    return { action: 'restart', pending: [] };
  }
  return { action: wanted, pending: [] };
}

function unmanagedText(
  config: string,
  reader: number | null,
  wanted: 'reload' | 'restart',
): string {
  return reader === null
    ? `no dockerd on this machine reads ${config}`
    : `dockerd with pid ${reader} was started with ${config}, and dockerctl does not manage it: ${REMAINS[wanted]}`;
}

function nothingToReload(): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message: 'dockerd does not run, so it has nothing to reload; nothing was written',
    hint: 'start it: `dockerctl daemon restart`, or leave `--activate reload` out',
  });
}

const REMAINS: Readonly<Record<'reload' | 'restart', string>> = {
  reload: 'the change takes effect with the next reload or start of dockerd',
  restart: 'the change takes effect with the next start of dockerd',
};

function obstacleTo({ activate, state, root }: ActivationOptions): string | null {
  if (root !== null) return `files below ${root} only, no daemon was told`;
  if (state === 'absent')
    return 'no dockerd that dockerctl manages here reads this file, so none was told';
  if (state === 'masked') return "dockerd's unit is masked, so nothing can start it";
  if (activate === 'never') return 'dockerd was not told (--activate never)';
  if (state === 'stopped' && activate === 'auto') return 'dockerd is stopped and was not started';
  return null;
}

function reloadIsNotEnough(reasons: readonly string[]): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `a reload is not enough: ${reasons.join('; ')}`,
    hint: 'use --activate restart, or --activate never to change only the file',
  });
}
