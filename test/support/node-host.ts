import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach } from '@jest/globals';
import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node.js';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const task of cleanups.splice(0).toReversed()) task();
});

/** Done after the test, the last one first. */
export function afterwards(task: () => void): void {
  cleanups.push(task);
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-test-'));
  afterwards(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The real Host below a temporary root, and that root's real path. */
export function temporaryHost(): { host: Host; root: string } {
  const root = temporaryFolder();
  return { host: realHost(root), root };
}

/** The real Host; `root` null is this very machine. */
export function realHost(root: string | null): Host {
  return createNodeHost({
    root,
    script: resolve('dist/dockerctl.cjs'),
    installation: resolve('.'),
    version: '0.0.0-test',
  });
}

/** Whoever runs the test as root there, as in a user namespace: what is theirs is root's. */
export function asRoot(host: Host): Host {
  const { self, fs } = host;
  const mapped: Host['fs']['stat'] = (path, options) => {
    const stat = fs.stat(path, options);
    if (stat === null) return null;
    const { uid, gid } = stat;
    return { ...stat, uid: uid === self.uid ? 0 : uid, gid: gid === process.getgid?.() ? 0 : gid };
  };
  return { ...host, self: { ...self, uid: 0 }, fs: { ...fs, stat: mapped } };
}
