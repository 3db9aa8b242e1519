import { join } from 'node:path';
import type { AgentStatus } from '../../core/agent/agent-status.js';
import { sha256 } from '../../core/plan/content.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { replaceDurably } from '../history/journal.js';
import { processOf, readText } from '../systemd/process.js';

/** What the agent of this machine last said of itself; null where none runs, or where we may not know. */
export function readAgentStatus(host: Host): AgentStatus | null {
  const status = parse(readText(host, pathFor(host)));
  if (status === null) return null;
  // Another program may have its number by now.
  const process = processOf(host, status.pid);
  if (process?.argv.includes('watch') !== true) return null;
  const script = process.argv.slice(0, process.argv.indexOf('watch')).at(-1);
  const installed = script === undefined ? null : programDigest(host, script);
  return { ...status, outdated: installed !== null && status.program !== installed };
}

/** Of the program that runs under this name by now; null where it cannot be read. Its other files have their digests in their names. */
export function programDigest({ fs }: Host, script: string): string | null {
  try {
    return sha256(fs.read(script));
  } catch {
    return null;
  }
}

/** It is below /run: nothing of it outlives the machine's run. */
export function writeAgentStatus(host: Host, status: AgentStatus): void {
  replaceDurably(host, pathFor(host), `${JSON.stringify(status)}\n`);
}

/** @throws locked where another agent keeps this machine: two would only undo what they find half done */
export function refuseSecond(host: Host): void {
  const other = readAgentStatus(host);
  if (other === null || other.pid === host.self.pid) return;
  throw new DockerctlError({
    code: 'locked',
    message: `an agent keeps this machine already, as pid ${other.pid}.`,
    hint: 'see what it does with `dockerctl service status`, or look once yourself: `dockerctl drift`',
  });
}

function pathFor({ self }: Host): string {
  return join(statePaths(self).runFolder, 'agent.json');
}

function parse(text: string | null): AgentStatus | null {
  try {
    return text === null ? null : (JSON.parse(text) as AgentStatus);
  } catch {
    return null;
  }
}
