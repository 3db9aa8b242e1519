import { join } from 'node:path';

/** Where dockerctl keeps what is its own. */
export interface StatePaths {
  readonly runFolder: string;
  readonly lock: string;
  readonly stateFolder: string;
  readonly journal: string;
  readonly generations: string;
  readonly lastGood: string;
  /** What the dockerd that runs was started with. */
  readonly started: string;
}

interface Owner {
  readonly uid: number;
  readonly root: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Of root, and below `--root`. */
export const SYSTEM_STATE = '/var/lib/dockerctl';

/** The system's folders for root and below `--root`, else the user's own (XDG Base Directory): a rootless dockerd is theirs. */
export function statePaths({ uid, root, env }: Owner): StatePaths {
  const system = uid === 0 || root !== null;
  const home = env.HOME ?? '/';
  const state = system
    ? SYSTEM_STATE
    : join(env.XDG_STATE_HOME ?? join(home, '.local/state'), 'dockerctl');
  const run = system ? '/run/dockerctl' : join(env.XDG_RUNTIME_DIR ?? state, 'dockerctl');
  return {
    runFolder: run,
    lock: join(run, 'lock'),
    stateFolder: state,
    journal: join(state, 'journal.json'),
    generations: join(state, 'generations'),
    lastGood: join(state, 'last-good.json'),
    started: join(state, 'started.json'),
  };
}
