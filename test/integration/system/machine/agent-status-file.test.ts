import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '../../../../src/core/agent/agent-status.js';
import type { Host } from '../../../../src/host/host.js';
import {
  programDigest,
  readAgentStatus,
  refuseSecond,
  writeAgentStatus,
} from '../../../../src/system/machine/agent-status-file.js';
import { afterwards, realHost, temporaryFolder } from '../../../support/node-host.js';

/** The host of a user whose state is in a folder of its own: /proc must be the real one. */
function ownHost(): Host {
  const host = realHost(null);
  const env = { XDG_RUNTIME_DIR: temporaryFolder(), HOME: '/nonexistent' };
  return { ...host, self: { ...host.self, uid: 1000, env } };
}

const status = (pid: number): AgentStatus => ({
  pid,
  version: '1',
  lastScan: 1,
  adrift: 2,
  leftAlone: 1,
  waiting: 0,
  blind: null,
  refused: null,
  degraded: null,
});

/** A process that `ps` would show with these words. */
function processWith(...words: readonly string[]): number {
  const child = spawn('tail', ['-f', '/dev/null', ...words], { stdio: 'ignore' });
  afterwards(() => child.kill());
  return child.pid ?? 0;
}

describe('what the agent says of itself', () => {
  test('is read while it runs', () => {
    const host = ownHost();
    expect(readAgentStatus(host)).toBeNull();
    const pid = processWith('watch');
    writeAgentStatus(host, status(pid));
    expect(readAgentStatus(host)).toMatchObject(status(pid));
  });

  test('is said to be that of an older program once another is installed', () => {
    const host = ownHost();
    const script = join(temporaryFolder(), 'dockerctl.cjs');
    writeFileSync(script, 'first');
    const pid = processWith(script, 'watch');
    writeAgentStatus(host, { ...status(pid), program: programDigest(host, script) });
    expect(readAgentStatus(host)).toMatchObject({ outdated: false });
    writeFileSync(script, 'second');
    expect(readAgentStatus(host)).toMatchObject({ outdated: true });
    writeAgentStatus(host, status(pid));
    expect(readAgentStatus(host)).toMatchObject({ outdated: true });
    rmSync(script);
    expect(readAgentStatus(host)).toMatchObject({ outdated: false });
  });

  test('is void once another program has its number, or nobody', () => {
    const host = ownHost();
    writeAgentStatus(host, status(processWith()));
    expect(readAgentStatus(host)).toBeNull();
    writeAgentStatus(host, status(2 ** 22 + 1));
    expect(readAgentStatus(host)).toBeNull();
  });

  test('keeps a second agent out, and never the agent itself', () => {
    const host = ownHost();
    const pid = processWith('watch');
    writeAgentStatus(host, status(pid));
    expect(() => {
      refuseSecond(host);
    }).toThrow(`as pid ${pid}`);
    const itself = { ...host, self: { ...host.self, pid } };
    expect(() => {
      refuseSecond(itself);
    }).not.toThrow();
  });
});
