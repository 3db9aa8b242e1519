import { DockerctlError } from '../../../errors.js';
import type { ObservedDaemon } from '../observed/observed.js';
import type { Activation, ActivationAction } from '../../plan/plan.js';

/** What the operator said with `--activate`, and whether there is a daemon to tell. */
export interface Wish {
  readonly activate: 'auto' | 'reload' | 'restart' | 'never';
  readonly state: ObservedDaemon['state'];
  readonly root: string | null;
  /** The daemon.json given by `--config`. */
  readonly config: string | null;
}

export interface Choice {
  readonly action: ActivationAction;
  /** What stays undone, a sentence each. */
  readonly pending: readonly string[];
}

/**
 * What dockerd is told about a plan.
 * @throws invalid-value when a reload is asked for where dockerd would only notice after a restart
 */
export function chooseActivation({ action, reasons }: Activation, wish: Wish): Choice {
  const wanted = wish.activate === 'auto' || wish.activate === 'never' ? action : wish.activate;
  if (wanted === 'none') return { action: 'none', pending: [] };
  if (wish.state === 'absent' && wish.config !== null && wish.root === null)
    return { action: 'none', pending: [`no dockerd on this machine reads ${wish.config}`] };
  const obstacle = obstacleTo(wish);
  if (obstacle !== null) return { action: 'none', pending: [`${obstacle}: ${REMAINS[wanted]}`] };
  if (action === 'restart' && wanted === 'reload') throw reloadIsNotEnough(reasons);
  return { action: wanted, pending: [] };
}

const REMAINS: Readonly<Record<'reload' | 'restart', string>> = {
  reload: 'the change takes effect with the next reload or start of dockerd',
  restart: 'the change takes effect with the next start of dockerd',
};

function obstacleTo({ activate, state, root }: Wish): string | null {
  if (root !== null) return `files below ${root} only, no daemon was told`;
  if (state === 'absent') return 'there is no dockerd on this machine to tell';
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
