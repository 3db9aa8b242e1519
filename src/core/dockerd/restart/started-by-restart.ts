import { memberOf, stringOf, type Json } from '../../formats/json/json-object.js';
import { printable } from '../../text/printable.js';

/** A container that has ended, as far as a start of dockerd asks about it. */
export interface EndedContainer {
  readonly name: string;
  /** no | always | unless-stopped | on-failure */
  readonly restartPolicy: string;
  /** How often dockerd may start it again after a failure; 0: without end. */
  readonly most: number;
  readonly restarts: number;
  readonly exitCode: number;
  /** By `docker stop` or `docker kill`; null where nobody can tell. */
  readonly wasStopped: boolean | null;
}

/** What docker inspects of a container, and what dockerd keeps of it in its config.v2.json. */
export function endedContainer(detail: Json, kept: Json | undefined): EndedContainer {
  const policy = memberOf(memberOf(detail, 'HostConfig'), 'RestartPolicy');
  const stopped = memberOf(kept, 'HasBeenManuallyStopped');
  return {
    name: stringOf(memberOf(detail, 'Name')).replace(/^\//, ''),
    restartPolicy: stringOf(memberOf(policy, 'Name')),
    most: Number(memberOf(policy, 'MaximumRetryCount') ?? 0),
    restarts: Number(memberOf(detail, 'RestartCount') ?? 0),
    exitCode: Number(memberOf(memberOf(detail, 'State'), 'ExitCode') ?? 0),
    wasStopped: typeof stopped === 'boolean' ? stopped : null,
  };
}

/**
 * Whether dockerd starts it whenever it is started itself (moby daemon/daemon.go, restore; daemon/internal/restartmanager,
 * ShouldRestart; the same on 20.10, 26.1 and 28.5). What nobody can tell is no.
 */
export function startsWithDockerd(container: EndedContainer): boolean {
  const { restartPolicy, most, restarts, exitCode, wasStopped } = container;
  switch (restartPolicy) {
    case 'always':
      return true;
    case 'unless-stopped':
      return wasStopped === false;
    case 'on-failure':
      return exitCode !== 0 && (most === 0 || restarts < most);
    default:
      return false;
  }
}

/** What a dry run of a restart says of them. */
export function startedText(containers: readonly EndedContainer[]): string[] {
  const names = containers
    .filter(startsWithDockerd)
    .map(({ name, restartPolicy }) => `${printable(name)} (${restartPolicy})`);
  return names.length === 0
    ? []
    : [`dockerd starts ${names.join(', ')} by restart policy, which did not run before`];
}
