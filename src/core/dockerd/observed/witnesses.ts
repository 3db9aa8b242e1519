import type { JsonObject } from '../../formats/json/json-object.js';
import type { Variables } from './unit.js';

/** What tells which configuration the dockerd that runs was started with, and what it re-read since. */
export interface Witnesses {
  /** The variables of the process; null where it does not run, or they are root's to see. */
  readonly environment: ReadonlyMap<string, string> | null;
  /** The variables that a start now would give it, each with its place. */
  readonly startEnvironment: Variables;
  /** The text of daemon.json that this very process was started with, as we recorded it; null without such a record. */
  readonly record: {
    readonly startedWith: string | null;
    /** We started it ourselves, or found its file older than it by its times. */
    readonly by: 'start' | 'times';
  } | null;
  /**
   * The file, or the folder that lacks it, is older than the process by every time that it has: no proof, because a clock
   * may have been set. null where that cannot be told.
   */
  readonly fileIsOlder: boolean | null;
  readonly reload: LastReload;
  /** The configuration of the last `Reloaded configuration` line of this process; null where there is none to be seen. */
  readonly reported: JsonObject | null;
  /** GET /networks/bridge; `none` where dockerd has no such network, null where nobody answers. */
  readonly defaultBridge: JsonObject | 'none' | null;
}

/** Whether this process re-read its file, and the attributes of its last `daemon reload` event. */
export type LastReload =
  | { readonly kind: 'none' | 'unknown' }
  | {
      readonly kind: 'seen';
      readonly attributes: Readonly<Record<string, string>>;
      /** By dockerd's clock, in nanoseconds: it tells two reloads apart. */
      readonly time?: number;
    };

export const NO_WITNESSES: Witnesses = {
  environment: null,
  startEnvironment: new Map(),
  record: null,
  fileIsOlder: null,
  reload: { kind: 'unknown' },
  reported: null,
  defaultBridge: null,
};
