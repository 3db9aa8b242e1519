import type { Action, AgentEvent } from '../core/agent/events.js';
import { createMemory, type Memory } from '../core/agent/state.js';
import { mayRepair, type Repair } from '../core/agent/repair.js';
import type { Report } from '../core/agent/report.js';
import { settingsOf } from '../core/agent/agent-settings.js';
import { step } from '../core/agent/step.js';
import type { Host } from '../host/host.js';
import type { ApplyOptions } from '../system/transaction/apply.js';
import { pausePath, readPause } from '../system/machine/pause.js';
import { readText } from '../system/systemd/process.js';
import { createInForce } from './active-declaration.js';
import { lastRestart } from './last-restart.js';
import { nowOf } from './clock.js';
import { carryOut } from './repair.js';
import { createSight } from './observer.js';
import type { Sources } from './sources.js';
import { createUpkeep } from './certificate-renewal.js';
import { createVoice, type VoiceOptions } from './telemetry.js';

export interface AgentOptions extends VoiceOptions {
  readonly apply: ApplyOptions;
  /** A file or folder in place of this machine's declaration. */
  readonly from: string | null;
  /** Whether it has been told to end: what is under way is ended, and nothing begun. */
  readonly ending: () => boolean;
}

/** The brain with eyes, hands and a voice. One call at a time. */
export interface Agent {
  readonly memory: () => Memory;
  readonly report: (report: Report) => Promise<void>;
  /** Looks at the files, and tells the brain when they, or dockerd by its own word, have changed. */
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
  const inForce = createInForce(host, options.from);
  const sight = createSight(host, options.apply, sources);
  const voice = createVoice(host, options);
  const upkeep = createUpkeep(host);
  /** Of `dockerctl pause` and `resume`: only a new one counts, and no declaration forgives what it does not speak of. */
  let lastWord: string | null | undefined;
  let memory = createMemory(settingsOf(inForce.declaration()), nowOf(host));

  const mend = async (repair: Repair): Promise<AgentEvent> => {
    const wanted = { declaration: inForce.declaration(), repair };
    return { kind: 'repaired', repair, result: await carryOut(host, wanted, options.apply) };
  };

  /** Answers what the brain learns by it. */
  const act = async (action: Action): Promise<AgentEvent | null> => {
    if (action.kind === 'scan') return sight.look(inForce.declaration());
    if (action.kind === 'repair') return mend(action.repair);
    await voice.report(action.report);
    return null;
  };

  const take = async (event: AgentEvent): Promise<void> => {
    const queue = [event];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.kind === 'scanned' && options.ending()) break;
      const result = step(memory, next, nowOf(host));
      memory = result.memory;
      for (const action of result.actions) {
        const answer = await act(action);
        if (answer !== null) queue.push(answer);
      }
    }
    const textfile = inForce.declaration().agent.textfile ?? null;
    voice.publish({ memory, last: sight.last(), refused: inForce.refused(), textfile });
  };

  const reread = async (): Promise<void> => {
    const word = readText(host, pausePath(host));
    const pause = readPause(host);
    const first = lastWord === undefined;
    // Not before what a dead agent left is ended.
    if (first) memory = { ...memory, lastRestart: lastRestart(host) };
    if (word !== lastWord && !(first && pause === null)) await take({ kind: 'pause', pause });
    lastWord = word;
    const before = inForce.declaration();
    const said = inForce.reread();
    if (said !== null) await voice.report(said);
    const now = inForce.declaration();
    if (now !== before) await take({ kind: 'settings', settings: settingsOf(now) });
  };

  const keepUp = async (): Promise<void> => {
    const seen = sight.last();
    if (seen === null) return;
    const said = await upkeep(seen.situation, mayRepair(memory, nowOf(host)));
    for (const one of said) await voice.report(one);
    if (said.length > 0) await take({ kind: 'hint', fingerprint: null });
  };

  const notice = async (from: 'files' | 'engine' | 'clock'): Promise<void> => {
    if (sight.ordersChanged() || inForce.inDoubt()) await reread();
    if (from === 'engine') return take({ kind: 'hint', fingerprint: null });
    const fingerprint = sight.glance();
    return take(fingerprint === null ? { kind: 'tick' } : { kind: 'hint', fingerprint });
  };

  const { report, watching } = voice;
  return { memory: () => memory, report, watching, notice, keepUp, reread };
}
