import type { Drift } from '../../src/core/declaration/drift.js';
import { createState, type AgentState, type Settings } from '../../src/core/agent/state.js';
import type { AgentReport } from '../../src/core/agent/report.js';
import type { Repair } from '../../src/core/agent/repair.js';
import type { Action, AgentEvent, RepairResult } from '../../src/core/agent/events.js';
import { nextDueAt, step } from '../../src/core/agent/step.js';
import type { ActivationAction } from '../../src/core/plan/plan.js';

export const SETTINGS: Settings = {
  policy: { daemon: 'repair', registries: 'repair', cas: 'repair', certificates: 'repair' },
  restart: 'always',
  calendar: { allow: [], deny: [], timezone: 'UTC' },
  debounceMs: 500,
  scanMs: 300_000,
  declared: 'this',
};

interface Field {
  readonly action: ActivationAction;
  value: string;
}

const WANTED = 'wanted';
const SCAN_MS = 50;
const REPAIR_MS = 700;
/** As on a machine where a look takes long. */
const SWEEP_MS = 30_000;

/** A machine of named fields, an agent with a brain, and a clock that jumps from event to event. */
export interface World {
  readonly reports: { readonly at: number; readonly report: AgentReport }[];
  readonly repairs: { readonly at: number; readonly repair: Repair }[];
  scans: number;
  readonly state: () => AgentState;
  readonly now: () => number;
  /** Somebody writes; `noticed` false: the watcher misses it. */
  write(id: string, value: string, noticed?: boolean): void;
  tell(event: AgentEvent): void;
  run(ms: number): void;
  /** dockerd goes away, or comes back. Nobody tells of it. */
  answer(answers: boolean): void;
  value(id: string): string | undefined;
  names(): string[];
}

export interface WorldOptions {
  readonly fields: Readonly<Record<string, ActivationAction>>;
  readonly settings?: Partial<Settings>;
  /** What becomes of a repair; default applied. */
  readonly outcome?: (repair: Repair) => RepairResult['status'];
  readonly wallStart?: number;
  /** Values that look half-written. */
  readonly doubtful?: (value: string) => boolean;
}

export function createWorld(options: WorldOptions): World {
  const fields = new Map(
    Object.entries(options.fields).map(([id, action]): [string, Field] => [
      id,
      { action, value: WANTED },
    ]),
  );
  let mono = 0;
  let lastSweep = 0;
  let answered = true;
  let pending: { readonly at: number; readonly event: () => AgentEvent } | null = null;
  const clock = () => ({ wall: (options.wallStart ?? 0) + mono, mono, random: 0.5 });
  let state = createState({ ...SETTINGS, ...options.settings }, clock());

  const fingerprint = () => [...fields.values()].map(({ value }) => value).join('|');
  const scan = (): Drift[] =>
    [...fields].flatMap(([id, { action, value }]) =>
      value === WANTED ? [] : [driftOf(id, action, value, options.doubtful?.(value) ?? false)],
    );

  const repaired = (repair: Repair): AgentEvent => {
    const status = options.outcome?.(repair) ?? 'applied';
    if (status === 'applied')
      for (const id of repair.ids) {
        const field = fields.get(id);
        if (field !== undefined) field.value = WANTED;
      }
    const action = repair.restart ? 'restart' : 'reload';
    return { kind: 'repaired', repair, result: { status, action, reason: status } };
  };

  const world: World = {
    reports: [],
    repairs: [],
    scans: 0,
    state: () => state,
    now: () => mono,
    write(id, value, noticed = true) {
      const field = fields.get(id);
      if (field !== undefined) field.value = value;
      if (noticed) world.tell({ kind: 'hint', fingerprint: fingerprint() });
    },
    tell(event) {
      const result = step(state, event, clock());
      state = result.state;
      result.actions.forEach(act);
    },
    run(ms) {
      const end = mono + ms;
      for (;;) {
        const next = Math.min(
          pending?.at ?? Infinity,
          nextDueAt(state, clock()),
          lastSweep + SWEEP_MS,
        );
        if (next > end) break;
        mono = Math.max(mono, next);
        if (pending !== null && pending.at <= mono) {
          const { event } = pending;
          pending = null;
          world.tell(event());
        } else {
          if (mono - lastSweep >= SWEEP_MS) lastSweep = mono;
          world.tell({ kind: 'tick' });
        }
      }
      mono = end;
    },
    answer(answers) {
      answered = answers;
    },
    value: (id) => fields.get(id)?.value,
    names: () => world.reports.map(({ report }) => report.name),
  };

  function act(action: Action): void {
    if (action.kind === 'report') {
      world.reports.push({ at: mono, report: action.report });
    } else if (action.kind === 'scan') {
      world.scans += 1;
      const before = fingerprint();
      pending = {
        at: mono + SCAN_MS,
        event: () => ({ kind: 'scanned', drifts: scan(), fingerprint: before, answered }),
      };
    } else {
      const { repair } = action;
      world.repairs.push({ at: mono, repair });
      pending = { at: mono + REPAIR_MS, event: () => repaired(repair) };
    }
  }

  return world;
}

export function driftOf(
  id: string,
  action: ActivationAction,
  value: string,
  doubtful: boolean,
): Drift {
  return {
    id,
    scope: 'daemon',
    action,
    wanted: WANTED,
    observed: value,
    doubtful,
    beyondRepair: false,
    finding: {
      code: 'drifted',
      severity: 'warning',
      subject: id,
      message: `${id} is ${value}`,
      hint: 'repair it',
    },
  };
}
