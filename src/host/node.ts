import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from './host.js';
import { createExec } from './node-exec.js';
import { createFileSystem } from './node-fs.js';
import { createNet } from './node-net.js';
import { createPaths } from './node-paths.js';
import { createWatch } from './node-watch.js';

export interface NodeHostSettings {
  /** `--root`: a real, absolute folder, or null. */
  readonly root: string | null;
  /** The script that runs, for those who must start it again. */
  readonly script: string;
  /** The folder that holds templates/ and certs/. */
  readonly installation: string;
  readonly version: string;
}

/** The real machine. */
export function createNodeHost({ root, script, installation, version }: NodeHostSettings): Host {
  const paths = createPaths(root);
  const fs = createFileSystem({ root, paths }, installation);
  return {
    fs,
    exec: createExec(process.env),
    net: createNet(fs),
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
    },
    random: { bytes: (count) => randomBytes(count) },
    watch: createWatch(paths),
    signals: {
      on: (signal, handler) => {
        process.on(signal, handler);
        return () => process.off(signal, handler);
      },
    },
    self: {
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      pid: process.pid,
      // Asking for the name reads the system's databases: only for who writes it down.
      get user() {
        return process.env.SUDO_USER ?? userName();
      },
      hostname: hostname(),
      env: process.env,
      root,
      command: [process.execPath, script],
      version,
    },
  };
}

/** A container may run us as a uid that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 0);
  }
}
