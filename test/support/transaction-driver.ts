/**
 * One transaction as a process of its own, to be killed, failed and cut off from power by bench/reliability.
 * Usage: driver ROOT accept|refuse|recover. Prints `applied`, `rolled-back`, … or the code of the error, and for `recover`
 * what a second recovery did. With SHORT_WRITE=N the N-th write takes one byte, and with SHORT_WRITE_THEN=ENOSPC the next
 * one fails.
 */
import fs from 'node:fs';
import { contentOf } from '../../src/core/plan/content.js';
import type { FileImage, Plan } from '../../src/core/plan/plan.js';
import { DockerctlError, EXIT_STATUS, isDockerctlError } from '../../src/errors.js';
import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node.js';
import { applyPlan } from '../../src/system/transaction/apply.js';
import type { DaemonController } from '../../src/system/dockerd/control/controller.js';
import { readImage } from '../../src/system/files/image.js';
import { takeLock } from '../../src/system/files/lock.js';
import { recover } from '../../src/system/transaction/recover.js';
import { observedDaemon } from './observed-daemon.js';

const CONFIG = '/etc/docker/daemon.json';
const NEW_CA = '/etc/docker/certs.d/new:5000/ca.crt';
const OLD_CA = '/etc/docker/certs.d/old:5000/ca.crt';

const [root = '/', mode = 'accept'] = process.argv.slice(2);
const real = createNodeHost({ root, script: '', installation: '/', version: '0' });
const host: Host = { ...real, self: { ...real.self, root: null } };

const daemon: DaemonController = {
  observe: () => Promise.resolve(observedDaemon({ configPath: CONFIG, version: null })),
  activate: (_, { action, telling }) => {
    if (action !== 'none') telling(action);
    return mode === 'refuse'
      ? Promise.reject(new DockerctlError({ code: 'daemon-refused', message: 'no', hint: 'no' }))
      : Promise.resolve({ action, how: 'reload', milliseconds: 0, proof: [] });
  },
  restore: () => Promise.resolve(),
  unmet: () => Promise.resolve([]),
};

function image(text: string): FileImage {
  return { content: contentOf(Buffer.from(text)), mode: 0o644, uid: 0, gid: 0 };
}

function plan(): Plan {
  return {
    title: 'driver',
    changes: [
      { path: NEW_CA, before: null, after: image('new CA\n') },
      { path: OLD_CA, before: readImage(host, OLD_CA), after: null },
      { path: CONFIG, before: readImage(host, CONFIG), after: image('{"new":1}\n') },
    ],
    prune: ['/etc/docker/certs.d/old:5000'],
    refresh: [],
    activation: { action: 'reload', reasons: [] },
    expect: [],
    notes: [],
  };
}

async function run(): Promise<string> {
  if (mode === 'recover') {
    const release = await takeLock(host, { waitMs: 5000, command: 'recover' });
    const { did } = await recover(host, { daemon, timeoutMs: 1000, force: false });
    const { did: then } = await recover(host, { daemon, timeoutMs: 1000, force: false });
    await release();
    return `${did}, then ${then}`;
  }
  const { status } = await applyPlan(host, plan(), {
    dryRun: false,
    activate: 'auto',
    containers: 'keep',
    validate: false,
    timeoutMs: 1000,
    lockTimeoutMs: 5000,
    confirmWithinMs: null,
    config: null,
    commandLine: 'driver',
    daemon,
  });
  return status;
}

function shortenWrite(which: number, then: string): void {
  const { writeSync } = fs;
  let write = 0;
  const shortened = (
    file: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    at: number,
  ) => {
    write += 1;
    if (write === which + 1 && then !== '') throw Object.assign(new Error(then), { code: then });
    if (write !== which) return writeSync(file, bytes, offset, length, at);
    process.stderr.write('short write\n');
    return writeSync(file, bytes, offset, 1, at);
  };
  Object.assign(fs, { writeSync: shortened });
}

const { SHORT_WRITE, SHORT_WRITE_THEN = '' } = process.env;
if (SHORT_WRITE !== undefined) shortenWrite(Number(SHORT_WRITE), SHORT_WRITE_THEN);
process.umask(0o077);
process.exitCode = EXIT_STATUS.bug;
run().then(
  (answer) => {
    console.log(answer);
    process.exitCode = 0;
  },
  (error: unknown) => {
    console.log(isDockerctlError(error) ? error.code : `stack: ${String(error)}`);
    process.exitCode = isDockerctlError(error) ? EXIT_STATUS[error.code] : EXIT_STATUS.bug;
  },
);
