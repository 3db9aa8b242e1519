import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node.js';

/** The real Host of a system that does not matter, for what a target does not replace. */
const real = createNodeHost({ root: '/nonexistent', script: '', installation: '.', version: '0' });

const missing = (path: string): Error =>
  Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });

/** A Host on which every file that `has` accepts holds these bytes, and nothing else is there. */
export function hostOfFile(bytes: Uint8Array, has: (path: string) => boolean = () => true): Host {
  const read = (path: string): Uint8Array => {
    if (!has(path)) throw missing(path);
    return bytes;
  };
  const stat = (path: string) =>
    has(path)
      ? {
          kind: 'file' as const,
          size: bytes.length,
          mode: 0o644,
          uid: 0,
          gid: 0,
          inode: 1,
          device: 1,
          links: 1,
          modifiedMs: 0,
          changedMs: 0,
        }
      : null;
  return { ...real, fs: { ...real.fs, read, readGiven: read, readDescriptor: () => bytes, stat } };
}

/** A Host whose network answers every request with this body, and whose programs print it. */
export function hostOfAnswer(text: string): Host {
  const lines = async function* () {
    await Promise.resolve();
    yield* text.split('\n');
  };
  return {
    ...real,
    net: {
      ...real.net,
      request: () => Promise.resolve({ status: 200, headers: {}, body: text }),
      stream: lines,
    },
    exec: {
      ...real.exec,
      run: () => Promise.resolve({ status: 0, stdout: text, stderr: '', timedOut: false }),
      lines,
    },
  };
}
