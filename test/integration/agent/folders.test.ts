import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createFolders } from '../../../src/agent/folders.js';
import type { Host, WatchListener } from '../../../src/host/host.js';
import { temporaryHost } from '../../support/node-host.js';

/** Folders /a, /b and /c, and what was begun and ended. */
function machine(full: () => boolean = () => false) {
  const { host, root } = temporaryHost();
  for (const name of ['a', 'b', 'c']) mkdirSync(join(root, name));
  const log: string[] = [];
  const listeners = new Map<string, WatchListener>();
  const watch: Host['watch'] = {
    folder: (path, listener) => {
      if (full()) throw Object.assign(new Error('ENOSPC: no watch left'), { code: 'ENOSPC' });
      log.push(`+${path}`);
      listeners.set(path, listener);
      return () => log.push(`-${path}`);
    },
  };
  const folders = createFolders(
    { ...host, watch },
    { files: () => log.push('files'), watching: (trouble) => log.push(`watching ${trouble}`) },
  );
  const said = () => log.splice(0);
  return { folders, listeners, root, said };
}

test('what is new is listened to, what is no longer asked for is not, and the rest stays as it is', () => {
  const { folders, said } = machine();
  folders.watch(['/a', '/b', '/none']);
  expect(said()).toEqual(['+/a', '+/b', 'watching null']);
  folders.watch(['/a', '/b']);
  expect(said()).toEqual([]);
  folders.watch(['/b', '/c']);
  expect(said()).toEqual(['-/a', '+/c', 'watching null']);
  folders.close();
  expect(said()).toEqual(['-/b', '-/c']);
});

test('a folder that went and came back is listened to anew, alone, whatever inode it has', () => {
  const { folders, listeners, root, said } = machine();
  folders.watch(['/a', '/b']);
  said();
  rmdirSync(join(root, 'a'));
  mkdirSync(join(root, 'a'));
  listeners.get('/a')?.changed('a');
  folders.watch(['/a', '/b']);
  expect(said()).toEqual(['files', '-/a', '+/a', 'watching null']);
});

test('where the kernel has no watch left, those that there are stay, and the rest is tried again', () => {
  let full = false;
  const { folders, said } = machine(() => full);
  folders.watch(['/a']);
  full = true;
  folders.watch(['/a', '/b']);
  expect(said()).toEqual(['+/a', 'watching null', 'watching ENOSPC: no watch left']);
  full = false;
  folders.watch(['/a', '/b']);
  expect(said()).toEqual(['+/b', 'watching null']);
});
