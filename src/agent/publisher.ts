import type { AgentState, Now } from '../core/agent/state.js';
import { type Counters, metricsText } from '../core/agent/metrics.js';
import { agentTrouble, TROUBLES, type AgentStatus } from '../core/agent/agent-status.js';
import { printable } from '../core/text/printable.js';
import { DockerctlError } from '../errors.js';
import type { Host, HttpAnswer } from '../host/host.js';
import { writeAgentStatus } from '../system/machine/agent-status-file.js';
import { utcTime } from '../core/text/utc-time.js';

export interface Publisher {
  readonly publish: (state: PublishedState) => void;
  /** Answers on this address in place of the one before; null: on none. Where it cannot, the one before stays. @throws why */
  readonly listen: (address: string | null) => Promise<void>;
  readonly close: () => void;
}

export interface PublishedState {
  readonly state: AgentState;
  readonly counters: Counters;
  readonly now: Now;
  readonly status: AgentStatus;
  /** Where node_exporter's textfile collector looks, if anywhere. */
  readonly textfile: string | null;
}

/** Metrics for Prometheus, and what `dockerctl status` shows. `listen` is HOST:PORT on the loopback or unix:/PATH; there is no TCP without it. */
export async function createPublisher(host: Host, listen: string | null): Promise<Publisher> {
  let text = '';
  let trouble: string | null = 'no scan yet';
  let written = '';
  let known = '';
  let serving = new AbortController();
  const answer = (path: string): HttpAnswer => {
    if (path === '/metrics') return { status: 200, type: PROMETHEUS, body: text };
    if (path !== '/healthz') return { status: 404, type: 'text/plain', body: 'not found\n' };
    const [status, body] = trouble === null ? [200, 'ok'] : [503, trouble];
    return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
  };
  const serve = async (address: string | null) => {
    const next = new AbortController();
    if (address !== null) await host.net.serve(addressOf(address), answer, next.signal);
    serving.abort();
    serving = next;
  };
  await serve(listen);
  return {
    listen: serve,
    publish({ state, counters, now, status, textfile }) {
      const json = JSON.stringify(status);
      if (json !== known) writeQuietly(host, status);
      known = json;
      text = metricsText(state, counters, now);
      trouble = troubleOf(status);
      if (textfile === null || text === written) return;
      writeTextfile(host, textfile, text);
      written = text;
    },
    close: () => {
      serving.abort();
    },
  };
}

/** What keeps the agent from its work, since when and why; null: nothing. */
function troubleOf(status: AgentStatus): string | null {
  const trouble = agentTrouble(status);
  if (trouble === null) return status.lastScan === null ? 'no scan yet' : null;
  return `${TROUBLES[trouble.what]} since ${utcTime(trouble.since)}: ${printable(trouble.reason)}`;
}

/** On a disk that is full there is nothing to say that the journal does not say. */
function writeQuietly(host: Host, status: AgentStatus): void {
  try {
    writeAgentStatus(host, status);
  } catch {
    // The next scan tries again.
  }
}

const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/** For the user of node_exporter to read. Lost with the machine, so not made durable; a folder that is not there is no error. */
function writeTextfile({ fs }: Host, path: string, text: string): void {
  const fresh = `${path}.new`;
  try {
    if (fs.stat(fresh) !== null) fs.unlink(fresh);
    fs.create(fresh, Buffer.from(text), { mode: 0o644 });
    fs.rename(fresh, path);
  } catch {
    // The next scan tries again.
  }
}

/** A socket is made with the umask of the agent: for root alone. */
function addressOf(listen: string): Parameters<Host['net']['serve']>[0] {
  if (listen.startsWith('unix:/')) return { path: listen.slice('unix:'.length) };
  const [, host = '', port = ''] =
    /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost):(\d{1,5})$/.exec(listen) ?? [];
  if (host !== '' && Number(port) <= 65_535)
    return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${listen}" is not an address that metrics are answered on.`,
    hint: 'use the loopback, `--listen 127.0.0.1:9323`, or a socket: `--listen unix:/run/dockerctl/metrics.sock`',
  });
}
