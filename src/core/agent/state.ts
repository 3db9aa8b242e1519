import type { Drift, Scope } from '../declaration/drift.js';
import type { Calendar } from '../declaration/window.js';

/** What the declaration says about when to look and what may be repaired. Times in milliseconds. */
export interface Settings {
  readonly policy: Readonly<Record<Scope, 'report' | 'repair'>>;
  readonly restart: 'never' | 'window' | 'always';
  readonly calendar: Calendar;
  /** A hint is followed by a scan once it has been quiet for so long. */
  readonly debounceMs: number;
  /** Everything is looked at so often, whatever the hints say. */
  readonly scanMs: number;
  /** A digest of what is declared of the machine, whatever is said about when and how it is repaired. */
  readonly declared: string;
}

export interface Pause {
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since 1970; null: until it is resumed. */
  readonly until: number | null;
}

/** `wall` is what windows and pauses go by; `mono` never jumps, and everything else goes by it; `random` is in [0, 1). */
export interface Now {
  readonly wall: number;
  readonly mono: number;
  readonly random: number;
}

/** One declared thing that was found adrift at least once lately. Times are monotonic. */
export interface Item {
  readonly drift: Drift;
  readonly present: boolean;
  /** The last scan found that it has been there for long enough to be meant. */
  readonly settled: boolean;
  /** When it was first seen present, or first seen gone. */
  readonly since: number;
  /** The observed digest that was reported last; null: nothing since it was last in order. */
  readonly reported: string | null;
  /** When it was reported and repaired lately: both short, see `step`. */
  readonly reports: readonly number[];
  readonly repairs: readonly number[];
  /** Why it is no longer repaired, and for which `wanted` that holds. */
  readonly verdict: RepairVerdict | null;
}

/** `refused`: perhaps because of what was declared beside it. `restarted`: a restart was spent on it. */
export interface RepairVerdict {
  readonly kind: 'fight' | 'refused' | 'restarted';
  readonly wanted: string;
}

export interface Blind {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: string;
  readonly scans: number;
}

/** Why repairs fail, the last time; `ids`: of what. */
export interface Failing {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: string;
  readonly ids: ReadonlySet<string>;
}

/** All that the agent keeps from one event to the next. */
export interface AgentState {
  readonly settings: Settings;
  /** Changes that were hinted at and not looked at yet. */
  readonly hint: { readonly first: number; readonly last: number } | null;
  readonly nextScan: number;
  readonly busy: 'scan' | 'repair' | null;
  /** The state of the watched files that the last scan began with. */
  readonly fingerprint: string | null;
  readonly items: ReadonlyMap<string, Item>;
  /** Since when scans fail, each one since then; null: the last one did not. */
  readonly blind: Blind | null;
  /** Scans in a row whose questions dockerd did not answer. */
  readonly unanswered: number;
  /** Repairs that failed in a row, and until when none is tried again. */
  readonly failures: number;
  /** null once nothing is adrift of which a repair failed, or a repair of it was done. */
  readonly failing: Failing | null;
  readonly notBefore: number;
  readonly lastRestart: number | null;
  readonly pause: Pause | null;
}

export function createState(settings: Settings, now: Now): AgentState {
  return {
    settings,
    hint: null,
    nextScan: now.mono,
    busy: null,
    fingerprint: null,
    items: new Map(),
    blind: null,
    unanswered: 0,
    failures: 0,
    failing: null,
    notBefore: 0,
    lastRestart: null,
    pause: null,
  };
}
