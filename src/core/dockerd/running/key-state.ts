import type { Json } from '../../formats/json/json-object.js';
import type { Source } from './said.js';

/**
 * How it is known what counts now: the daemon shows it; its own log, its command line or our record says it; by the times of
 * files only; not at all; or no dockerd runs.
 */
export type Evidence = 'shown' | 'recorded' | 'inferred' | 'unknown' | 'no daemon';

/** A value, `undefined` for dockerd's own default. */
export interface KeyValue {
  readonly value: Json | undefined;
}

export interface Said {
  readonly source: Source;
  readonly value: Json;
  /** `/etc/docker/daemon.json:3`, a unit's path, the place of a variable; null where that is not known. */
  readonly from: string | null;
}

/** What brings a value in force that is not. */
export type Remedy =
  | 'reload'
  | 'restart'
  /** The default bridge is made anew by a start that finds no running container. */
  | 'restart without containers'
  /** The file and a flag both say it: dockerd does not start until one of them does not. */
  | 'one place';

/** One key of daemon.json: who says what, what the daemon that runs has, and what a start now would give it. */
export interface KeyState {
  readonly key: string;
  /** In the order of their weight. More than one: see `next`. */
  readonly said: readonly Said[];
  /** What a start now would take, and who says it; null where that cannot be seen. */
  readonly next: (KeyValue & { readonly source: Source | null }) | null;
  /** What the process was started with; null: not known. */
  readonly started: KeyValue | null;
  /** The same, with what it re-read since. */
  readonly loaded: KeyValue | null;
  /** What dockerd or the kernel shows. */
  readonly shown: (KeyValue & { readonly where: string }) | null;
  /** What counts now; null where nobody knows, or no dockerd runs. */
  readonly current: KeyValue | null;
  readonly evidence: Evidence;
  /** What would make `next` count; null where it does, or where nobody knows what counts. */
  readonly pending: Remedy | null;
}
