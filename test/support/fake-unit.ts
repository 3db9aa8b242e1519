/** How the next start of dockerd goes: milliseconds until it answers, and until it dies; null: never. */
export interface Start {
  readonly answersAfter: number | null;
  readonly diesAfter: number | null;
}

export const GOOD: Start = { answersAfter: 500, diesAfter: null };
export const HANGS: Start = { answersAfter: null, diesAfter: null };

/** docker.service and docker.socket as systemd keeps them, by a clock that only `sleep` moves. */
export interface FakeUnit {
  /** Starts one after the other; the last one is repeated. */
  starts: Start[];
  readonly now: () => number;
  readonly sleep: (ms: number) => void;
  readonly answers: () => boolean;
  /** The dockerd that runs now dies then, and its process is gone. */
  readonly dieAfter: (ms: number) => void;
  /** Carries out a verb of systemctl; answers whether it succeeded. */
  readonly obey: (verb: string, units: readonly string[]) => boolean;
  /** What `systemctl show` prints. */
  readonly show: () => string;
}

const BURST = 3;
const INTERVAL_MS = 60_000;

/**
 * As far as a restart meets them: a start limit of 3 in 60 s that takes the socket down too and is cleared only by
 * reset-failed of both, Restart=always, and no end to a start that hangs.
 * @param noteProcess told the pid of dockerd when it changes; null: none runs
 */
export function fakeUnit(noteProcess: (pid: number | null) => void): FakeUnit {
  let clock = 1_000;
  let started: number | null = 0;
  let run = 1;
  let automatic = 0;
  let failed = false;
  let socketFailed = false;
  let recent: number[] = [];
  let current: Start = GOOD;
  let noted: number | null = null;

  const isUp = () =>
    started !== null && current.answersAfter !== null && clock - started >= current.answersAfter;

  const start = (): boolean => {
    recent = recent.filter((at) => clock - at < INTERVAL_MS);
    started = null;
    if (socketFailed || recent.length >= BURST) {
      failed = true;
      socketFailed = true;
      return false;
    }
    recent.push(clock);
    current = (unit.starts.length > 1 ? unit.starts.shift() : unit.starts[0]) ?? GOOD;
    started = clock;
    run += 1;
    return true;
  };

  const pid = () => (started === null ? null : 1000 + run);

  /** What happened since somebody looked: dockerd died, and systemd started it again at once. */
  const settle = (): void => {
    while (started !== null && current.diesAfter !== null && clock - started >= current.diesAfter) {
      automatic += 1;
      start();
    }
    if (pid() === noted) return;
    noted = pid();
    noteProcess(noted);
  };

  const verbs: Readonly<Record<string, (units: readonly string[]) => boolean>> = {
    restart: () => {
      automatic = 0;
      return start();
    },
    'reset-failed': (units) => {
      if (units.includes('docker.service')) [recent, failed] = [[], false];
      if (units.includes('docker.socket')) socketFailed = false;
      return true;
    },
    stop: (units) => {
      if (units.includes('docker.service')) started = null;
      return true;
    },
    kill: () => {
      if (started === null) return true;
      automatic += 1;
      start();
      return true;
    },
  };

  const unit: FakeUnit = {
    starts: [GOOD],
    now: () => clock,
    sleep: (ms) => {
      clock += ms;
      settle();
    },
    answers: () => {
      settle();
      return isUp();
    },
    dieAfter: (ms) => {
      current = { ...current, diesAfter: clock - (started ?? clock) + ms };
    },
    obey: (verb, units) => {
      settle();
      return verbs[verb]?.(units) ?? true;
    },
    show: () => {
      settle();
      return [
        'LoadState=loaded',
        `ActiveState=${failed ? 'failed' : isUp() ? 'active' : started === null ? 'inactive' : 'activating'}`,
        `SubState=${failed ? 'failed' : isUp() ? 'running' : started === null ? 'dead' : 'start'}`,
        `MainPID=${pid() ?? 0}`,
        `NRestarts=${automatic}`,
        `InvocationID=run${run}`,
        'KillMode=process',
      ].join('\n');
    },
  };
  return unit;
}
