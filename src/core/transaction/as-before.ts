import type { ObservedDaemon, RunningContainer } from '../dockerd/observed/observed.js';
import { printable } from '../text/printable.js';

/**
 * What of dockerd and its containers is not as it was before a change that was taken back, a sentence each: nothing where
 * both looks show the same.
 * @param restarted whether the change or its way back restarted dockerd, so that it has another pid
 */
export function differences(
  before: ObservedDaemon,
  now: ObservedDaemon,
  restarted: boolean,
): string[] {
  return [
    ...ofState(before, now),
    ...ofProcess(before, now, restarted),
    ...containersLost(before.containers, now.containers),
    ...(restarted ? containersStarted(before.containers, now.containers) : []),
  ];
}

function ofState(before: ObservedDaemon, now: ObservedDaemon): string[] {
  if (STATES[before.state] !== STATES[now.state])
    return [
      `dockerd ${STATES[now.state]} now, and ${before.state === 'running' ? 'ran' : 'was down'} before`,
    ];
  // The way back has systemd forget that it failed.
  if (before.state === 'failed' && now.state === 'stopped') return ['dockerd is down, as before'];
  return now.silence !== null && before.silence === null ? ['dockerd does not answer'] : [];
}

const STATES: Readonly<Record<ObservedDaemon['state'], string>> = {
  running: 'runs',
  stopped: 'is down',
  failed: 'is down',
  masked: 'is down',
  absent: 'is absent',
};

function ofProcess(before: ObservedDaemon, now: ObservedDaemon, restarted: boolean): string[] {
  if (before.pid === now.pid || now.pid === null || before.pid === null) return [];
  return [
    restarted
      ? `dockerd was restarted (pid ${now.pid}, before ${before.pid})`
      : `dockerd has another pid, ${now.pid} for ${before.pid}: somebody else restarted it`,
  ];
}

/** docker0 has the address of a change that was taken back: only a start without containers makes it anew. */
export function bridgeStays(block: string, { containers }: ObservedDaemon): string {
  const why =
    containers.length === 0
      ? ''
      : ` while ${namesOf(containers)} run${containers.length === 1 ? 's' : ''}`;
  return `docker0 keeps ${block} of the change${why}: \`docker stop $(docker ps -q); dockerctl config set bip 172.17.0.1/16 && dockerctl config unset bip\` moves it`;
}

/** The containers that ran before and do not any more, or not as the same process, with what starts them. */
export function containersLost(
  before: readonly RunningContainer[],
  now: readonly RunningContainer[],
): string[] {
  const { stopped, anew } = compareContainers(before, now);
  return [
    ...stoppedSentences(stopped),
    ...(anew.length === 0
      ? []
      : [`${namesOf(anew)} ${anew.length === 1 ? 'was' : 'were'} started anew`]),
  ];
}

/** A start of dockerd starts ended containers, too, by their restart policy. */
function containersStarted(
  before: readonly RunningContainer[],
  now: readonly RunningContainer[],
): string[] {
  const ran = new Set(before.map(({ id }) => id));
  const started = now.filter(({ id }) => !ran.has(id));
  if (started.length === 0) return [];
  const names = started.map(({ name }) => printable(name)).join(' ');
  return [
    `${namesOf(started)} ${started.length === 1 ? 'runs' : 'run'} now and did not before: \`docker stop ${names}\``,
  ];
}

/** Containers that ran before: those that do not run now, and those that another process runs now. */
export function compareContainers(
  before: readonly RunningContainer[],
  now: readonly RunningContainer[],
): { readonly stopped: RunningContainer[]; readonly anew: RunningContainer[] } {
  const found = new Map(now.map((container) => [container.id, container]));
  const ran = before.filter(({ id }) => found.has(id));
  return {
    stopped: before.filter(({ id }) => !found.has(id)),
    anew: ran.filter(({ id, pid, startedAt }) => {
      const container = found.get(id);
      return container?.pid !== pid || container.startedAt !== startedAt;
    }),
  };
}

/** What is to be said of containers that stopped; nothing where there are none. */
export function stoppedSentences(stopped: readonly RunningContainer[]): string[] {
  if (stopped.length === 0) return [];
  const verb = stopped.length === 1 ? 'runs no longer: start it' : 'run no longer: start them';
  return [`${namesOf(stopped)} ${verb} with \`${startCommand(stopped)}\``];
}

export function startCommand(containers: readonly RunningContainer[]): string {
  return `docker start ${containers.map(({ name }) => printable(name)).join(' ')}`;
}

export function namesOf(containers: readonly RunningContainer[]): string {
  return containers.map(({ name }) => printable(name)).join(', ');
}
