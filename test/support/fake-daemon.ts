import type { ObservedDaemon } from '../../src/core/dockerd/observed/observed.js';
import { DockerctlError, type ErrorCode } from '../../src/errors.js';
import type {
  DaemonController,
  InterimConfig,
} from '../../src/system/dockerd/control/controller.js';
import { observedDaemon } from './observed-daemon.js';

export interface FakeDaemon extends DaemonController {
  /** What was asked of it, in order. */
  readonly asked: string[];
}

/** A dockerd that obeys, or refuses what it is told with `refusal`. */
export function fakeDaemon({
  refusal,
  brokenFor = 0,
  state = 'running',
  unmet = [],
  containers = [],
}: {
  readonly refusal?: string;
  /** How many restorations fail. */
  readonly brokenFor?: number;
  readonly state?: ObservedDaemon['state'];
  /** What a reload cannot take back. */
  readonly unmet?: readonly string[];
  readonly containers?: ObservedDaemon['containers'];
} = {}): FakeDaemon {
  const asked: string[] = [];
  let broken = brokenFor;
  let pid = 4711;
  return {
    asked,
    observe: () => Promise.resolve(observedDaemon({ state, containers, argv: [], pid })),
    activate: (_, { action, interimConfig, telling }) => {
      asked.push(action);
      if (action !== 'none') telling(action);
      if (action === 'restart') pid += 1;
      cross(interimConfig);
      if (refusal !== undefined) return Promise.reject(failure(refusal));
      return Promise.resolve({ action, how: 'reload', milliseconds: 1, proof: [] });
    },
    unmet: () => Promise.resolve(unmet),
    restore: (_, { action, interimConfig }) => {
      asked.push(`restore by ${action}`);
      if (action === 'restart') pid += 1;
      cross(interimConfig);
      return (broken -= 1) >= 0
        ? Promise.reject(failure('still down', 'daemon-down'))
        : Promise.resolve();
    },
  };
}

/** Writes the interim configs to daemon.json in turn. */
function cross(interimConfig: InterimConfig | null): void {
  if (interimConfig === null) return;
  const { texts, write } = interimConfig;
  write(texts.on);
  write(texts.off);
  write(texts.end);
}

function failure(message: string, code: ErrorCode = 'no-daemon'): DockerctlError {
  return new DockerctlError({ code, message, hint: 'look at the log' });
}
