import { formatDuration } from '../core/text/duration.js';
import { nextDueAt } from '../core/agent/step.js';
import type { Host } from '../host/host.js';
import { type Agent, type AgentOptions, createAgent } from './agent.js';
import { nowOf } from './clock.js';
import { createInbox, type Inbox } from './inbox.js';
import { notifySystemd } from './notify.js';
import { recoverAtStart } from './recover-at-start.js';
import { createSources } from './sources.js';

type Message = 'files' | 'engine' | 'reread' | 'stop' | { readonly trouble: string | null };

/** What watching misses, this sees: a stat of every path, so often. */
const SWEEP_MS = 5_000;
/** Where the machine has thousands of paths, less often: looking takes no more than this share of the time. */
const SHARE = 1 / 500;
const LONGEST_SWEEP_MS = 60_000;

/** Keeps the machine as declared until SIGTERM. What is under way then is finished or rolled back first. */
export async function runAgent(
  host: Host,
  options: Omit<AgentOptions, 'ending' | 'alive'>,
): Promise<void> {
  const inbox = createInbox<Message>();
  const silence = listenToSignals(host, inbox);
  const sources = createSources(host, {
    files: () => {
      inbox.put('files', 'files');
    },
    engine: () => {
      inbox.put('engine', 'engine');
    },
    watching: (trouble) => {
      inbox.put({ trouble });
    },
  });
  const ping = pinger(host);
  const apply = { ...options.apply, progress: () => void ping() };
  try {
    const ending = () => inbox.holds('stop');
    const agent = createAgent(host, { ...options, apply, ending, alive: ping }, sources);
    await notifySystemd(host, '--ready', '--status=watching');
    const settled = await recoverAtStart(host, apply);
    if (settled !== null) await agent.report(settled);
    await agent.notice('clock');
    let [sweepMs, isBlind] = [SWEEP_MS, false];
    for (;;) {
      const message = await inbox.next(waitMs(host, agent, sweepMs));
      if (message === 'stop') break;
      const began = host.clock.monotonic();
      await handle(agent, message);
      if (typeof message === 'object' && message !== null) isBlind = message.trouble !== null;
      if (message === null) sweepMs = sweepAfter(host.clock.monotonic() - began);
      if (isBlind) sweepMs = SWEEP_MS;
      await agent.keepUp();
      await ping();
    }
    await notifySystemd(host, 'STOPPING=1');
  } finally {
    silence();
    sources.close();
  }
}

async function handle(agent: Agent, message: Exclude<Message, 'stop'> | null): Promise<void> {
  if (message === 'reread') return agent.reread();
  if (typeof message !== 'object' || message === null) return agent.notice(message ?? 'clock');
  await agent.watching(
    message.trouble &&
      `${message.trouble}; changes are found by looking every ${formatDuration(SWEEP_MS)}`,
  );
  return agent.notice('files');
}

function waitMs(host: Host, agent: Agent, sweepMs: number): number {
  const now = nowOf(host);
  return Math.max(0, Math.min(nextDueAt(agent.state(), now) - now.mono, sweepMs));
}

/** When to look again after a look that took so long. */
function sweepAfter(tookMs: number): number {
  return Math.min(LONGEST_SWEEP_MS, Math.max(SWEEP_MS, tookMs / SHARE));
}

/** Tells the watchdog that the loop moves, thrice in the time after which it takes us for dead (sd_watchdog_enabled(3)). */
function pinger(host: Host): () => Promise<void> {
  const pause = Number(host.self.env.WATCHDOG_USEC ?? Infinity) / 1_000 / 3;
  let last = host.clock.monotonic();
  return async () => {
    const now = host.clock.monotonic();
    if (now - last < pause) return;
    last = now;
    await notifySystemd(host, 'WATCHDOG=1');
  };
}

function listenToSignals({ signals }: Host, inbox: Inbox<Message>): () => void {
  const put = (message: Message) => () => {
    inbox.put(message);
  };
  const off = [
    signals.on('SIGTERM', put('stop')),
    signals.on('SIGINT', put('stop')),
    signals.on('SIGHUP', put('reread')),
  ];
  return () => {
    for (const silence of off) silence();
  };
}
