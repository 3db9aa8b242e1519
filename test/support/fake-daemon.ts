import type { ObservedDaemon } from '../../src/core/dockerd/observed/observed.js';
import { DockerctlError, type ErrorCode } from '../../src/errors.js';
import type { DaemonDeeds, Passage } from '../../src/system/dockerd/controller.js';
import { observedDaemon } from './observed-daemon.js';

export interface FakeDaemon extends DaemonDeeds {
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
  return {
    asked,
    observe: () => Promise.resolve(observedDaemon({ state, containers, argv: [] })),
    activate: (_, { action, passage }) => {
      asked.push(action);
      cross(passage);
      if (refusal !== undefined) return Promise.reject(failure(refusal));
      return Promise.resolve({ action, how: 'reload', milliseconds: 1, proof: [] });
    },
    unmet: () => Promise.resolve(unmet),
    restore: (_, { action, passage }) => {
      asked.push(`restore by ${action}`);
      cross(passage);
      return (broken -= 1) >= 0
        ? Promise.reject(failure('still down', 'daemon-down'))
        : Promise.resolve();
    },
  };
}

/** daemon.json takes its passing texts. */
function cross(passage: Passage | null): void {
  if (passage === null) return;
  const { crossing, write } = passage;
  write(crossing.on);
  write(crossing.off);
  write(crossing.end);
}

function failure(message: string, code: ErrorCode = 'no-daemon'): DockerctlError {
  return new DockerctlError({ code, message, hint: 'look at the log' });
}
