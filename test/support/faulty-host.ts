import type { FileSystem, Host } from '../../src/host/host.js';

/** Decides before a call of the file system what becomes of it: nothing, or an error. */
export type Fault = (call: {
  readonly name: keyof FileSystem;
  readonly index: number;
  readonly path: unknown;
}) => unknown;

/** The host, with faults injected before the calls of its file system. `calls` counts them, from 0. */
export function faultyHost(host: Host, fault: Fault): { host: Host; calls: () => number } {
  let index = -1;
  const fs: FileSystem = new Proxy(host.fs, {
    get(target, name: keyof FileSystem) {
      // Locks are the kernel's business and released when we die.
      if (name === 'lock') return () => Promise.resolve(() => Promise.resolve());
      if (name === 'createAll') return oneByOne;
      return (...args: unknown[]) => {
        index += 1;
        const error = fault({ name, index, path: args[0] });
        if (error !== undefined) throw error as Error;
        return (target[name] as (...args: unknown[]) => unknown)(...args);
      };
    },
  });
  /** So that each can be the one that fails, or the last. */
  async function oneByOne(files: Parameters<FileSystem['createAll']>[0]): Promise<void> {
    const made: string[] = [];
    try {
      for (const { path, bytes } of files) {
        await Promise.resolve();
        fs.create(path, bytes);
        made.push(path);
      }
    } catch (error) {
      for (const path of made) fs.unlink(path);
      throw error;
    }
  }
  return { host: { ...host, fs }, calls: () => index + 1 };
}

/** A crash before call `at`: neither it nor any later call happens, so nothing can tidy up. */
export function killedAt(at: number): Fault {
  return ({ index }) => (index >= at ? new Error('killed') : undefined);
}

/** Call `at` fails with `errno`; all others work. */
export function failingAt(at: number, errno: string): Fault {
  return ({ index, name }) =>
    index === at ? Object.assign(new Error(`${errno}: ${name}`), { code: errno }) : undefined;
}
