import type { Action, AgentEvent } from '../core/agent/events.js';
import { createState, type AgentState } from '../core/agent/state.js';
import { mayRepair, type Repair } from '../core/agent/repair.js';
import type { AgentReport } from '../core/agent/report.js';
import { settingsOf } from '../core/agent/agent-settings.js';
import { step } from '../core/agent/step.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Context } from '../app/context/command.js';
import type { ApplyOptions } from '../system/transaction/apply.js';
import { pausePath, readPause } from '../system/machine/pause.js';
import { readText } from '../system/systemd/process.js';
import { createActiveDeclaration } from './active-declaration.js';
import { daemonController } from '../system/dockerd/control/controller.js';
import { lastRestart } from './last-restart.js';
import { nowOf } from './clock.js';
import { repairDrift } from './repair.js';
import { createObserver } from './observer.js';
import type { Sources } from './sources.js';
import { createUpkeep } from './certificate-renewal.js';
import { createTelemetry, type TelemetryOptions } from './telemetry.js';

const FRESH_MS = 1_000;

export interface AgentOptions extends TelemetryOptions {
  readonly apply: ApplyOptions;
  /** Of the use cases that the agent calls; nobody is there to be asked. */
  readonly context: Context;
  /** A file or folder in place of this machine's declaration. */
  readonly from: string | null;
  /** Takes another agent.listen over; left out where the command line names the address. @throws why it cannot */
  readonly listen?: (address: string | null) => Promise<void>;
  /** Whether it has been told to stop: what is under way is finished, and nothing begun. */
  readonly ending: () => boolean;
  /** Called after every scan, repair and message: on a slow machine twenty messages alone outlast a watchdog. */
  readonly alive: () => Promise<void>;
}

/** The control loop's state machine with its observer, repairs and telemetry. One call at a time. */
export interface Agent {
  readonly state: () => AgentState;
  readonly report: (report: AgentReport) => Promise<void>;
  /** Compares the watched files with the last scan; a difference, or an event of dockerd, becomes a hint. */
  notice(from: 'files' | 'engine' | 'clock'): Promise<void>;
  /** Why the kernel does not tell of changes; null: it does. */
  watching(trouble: string | null): Promise<void>;
  /** Looks after certificates, as often as that is due. */
  keepUp(): Promise<void>;
  /** Reads declaration and pause again. */
  reread(): Promise<void>;
}

/** @throws what is wrong with the declaration: there is no last good one yet */
export function createAgent(host: Host, options: AgentOptions, sources: Sources): Agent {
  const active = createActiveDeclaration(host, options.from);
  // A repair follows the scan that found what is to be repaired, and takes over what that saw of dockerd.
  const apply = { daemon: daemonController(host), ...options.apply };
  const observer = createObserver(host, apply, sources);
  const telemetry = createTelemetry(host, options);
  const upkeep = createUpkeep({ ...options.context, host });
  /** The text of pause.json as it was read last: only a new one is an event. Rereading the declaration is none. */
  let lastWord: string | null | undefined;
  /** Why the agent.listen of the declaration is not in force. */
  let unheard: string | null = null;
  let state = createState(settingsOf(active.declaration()), nowOf(host));

  /** What a scan has just found need not be looked at again: what changed since then, `applyPlan` refuses as stale. */
  const justSeen = () => {
    const last = observer.last();
    if (last === null) return null;
    const { situation, ended } = last;
    const same = situation.daemon.declaration === active.declaration();
    return same && host.clock.monotonic() - ended < FRESH_MS ? situation : null;
  };

  const repair = async (repair: Repair): Promise<AgentEvent> => {
    const wanted = { declaration: active.declaration(), repair, seen: justSeen() };
    return { kind: 'repaired', repair, result: await repairDrift(host, wanted, apply) };
  };

  /** Carries out an action; returns the event that it ends in, if any. */
  const act = async (action: Action): Promise<AgentEvent | null> => {
    if (action.kind === 'scan') return observer.look(active.declaration());
    if (action.kind === 'repair') return repair(action.repair);
    await telemetry.report(action.report);
    return null;
  };

  const take = async (event: AgentEvent): Promise<void> => {
    const queue = [event];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.kind === 'scanned' && options.ending()) break;
      const result = step(state, next, nowOf(host));
      state = result.state;
      for (const action of result.actions) {
        const answer = await act(action);
        if (answer !== null) queue.push(answer);
        await options.alive();
      }
    }
    const textfile = active.declaration().agent.textfile ?? null;
    telemetry.publish({
      state,
      last: observer.last(),
      refused: active.refused() ?? unheard,
      textfile,
    });
  };

  const listenAnew = async (before: string | undefined, now: string | undefined) => {
    if (options.listen === undefined || (before === now && unheard === null)) return;
    const known = unheard;
    const reason = await options.listen(now ?? null).then(() => null, messageOf);
    unheard = reason && `agent.listen is not in force: ${reason.replace(/\.$/, '')}`;
    if (unheard !== null)
      await telemetry.report({ name: 'declaration-refused', drift: null, reason: unheard });
    if (unheard !== known) await take({ kind: 'tick' });
  };

  const reread = async (): Promise<void> => {
    const word = readText(host, pausePath(host));
    const pause = readPause(host);
    const first = lastWord === undefined;
    // Not before what a dead agent left is ended.
    if (first) state = { ...state, lastRestart: lastRestart(host) };
    if (word !== lastWord && !(first && pause === null)) await take({ kind: 'pause', pause });
    lastWord = word;
    const before = active.declaration();
    const said = active.reread();
    if (said !== null) await telemetry.report(said);
    const now = active.declaration();
    if (!first) await listenAnew(before.agent.listen, now.agent.listen);
    if (now !== before) await take({ kind: 'settings', settings: settingsOf(now) });
  };

  const keepUp = async (): Promise<void> => {
    const seen = observer.last();
    if (seen === null) return;
    const said = await upkeep(seen.situation, mayRepair(state, nowOf(host)));
    for (const one of said) await telemetry.report(one);
    if (said.length > 0) await take({ kind: 'hint', fingerprint: null });
  };

  const notice = async (from: 'files' | 'engine' | 'clock'): Promise<void> => {
    if (observer.ordersChanged() || active.inDoubt()) await reread();
    if (from === 'engine') return take({ kind: 'hint', fingerprint: null });
    const fingerprint = observer.glance();
    return take(fingerprint === null ? { kind: 'tick' } : { kind: 'hint', fingerprint });
  };

  const { report, watching } = telemetry;
  return { state: () => state, report, watching, notice, keepUp, reread };
}
