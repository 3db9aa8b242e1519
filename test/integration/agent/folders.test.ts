import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createFolders } from '../../../src/agent/folders.js';
import type { Host, WatchListener } from '../../../src/host/host.js';
import { temporaryHost } from '../../support/node-host.js';

/** Folders /a, /b and /c, and what was begun and ended. */
function machine() {
  const { host, root } = temporaryHost();
  for (const name of ['a', 'b', 'c']) mkdirSync(join(root, name));
  const log: string[] = [];
  const listeners = new Map<string, WatchListener>();
  const watch: Host['watch'] = {
    folder: (path, listener) => {
      log.push(`+${path}`);
      listeners.set(path, listener);
      return () => log.push(`-${path}`);
    },
  };
  const folders = createFolders(
    { ...host, watch },
    { files: () => log.push('files'), watching: (trouble) => log.push(`watching ${trouble}`) },
  );
  /** The kernel has begun to tell of these. */
  const ready = (...paths: string[]) => {
    for (const path of paths) listeners.get(path)?.changed(null);
  };
  const said = () => log.splice(0);
  return { folders, listeners, ready, root, said };
}

test('what is new is listened to, what is no longer asked for is not, and the rest stays as it is', () => {
  const { folders, ready, said } = machine();
  folders.watch(['/a', '/b', '/none']);
  ready('/a');
  expect(said()).toEqual(['+/a', '+/b', 'files']);
  ready('/b');
  expect(said()).toEqual(['watching null', 'files']);
  folders.watch(['/a', '/b']);
  expect(said()).toEqual([]);
  folders.watch(['/b', '/c']);
  ready('/c');
  expect(said()).toEqual(['-/a', '+/c', 'watching null', 'files']);
  folders.close();
  expect(said()).toEqual(['-/b', '-/c']);
});

test('a folder that went and came back is listened to anew, alone, whatever inode it has', () => {
  const { folders, listeners, ready, root, said } = machine();
  folders.watch(['/a', '/b']);
  ready('/a', '/b');
  said();
  rmdirSync(join(root, 'a'));
  mkdirSync(join(root, 'a'));
  listeners.get('/a')?.changed('a');
  folders.watch(['/a', '/b']);
  expect(said()).toEqual(['files', '-/a', '+/a']);
});

test('where the kernel has no watch left, those that there are stay, and the rest is tried again', () => {
  const { folders, listeners, ready, said } = machine();
  const full = Object.assign(new Error('ENOSPC: no watch left'), { code: 'ENOSPC' });
  folders.watch(['/a', '/b']);
  listeners.get('/b')?.failed(full);
  ready('/a');
  expect(said()).toEqual(['+/a', '+/b', '-/b', 'watching ENOSPC: no watch left', 'files']);
  folders.watch(['/a', '/b']);
  expect(said()).toEqual(['+/b']);
  ready('/b');
  expect(said()).toEqual(['watching null', 'files']);
});

test('what cannot be watched and is no longer asked for is not missed', () => {
  const { folders, listeners, ready, said } = machine();
  folders.watch(['/a', '/b']);
  listeners.get('/b')?.failed(new Error('EMFILE: too many open files'));
  ready('/a');
  said();
  folders.watch(['/a']);
  expect(said()).toEqual(['watching null']);
});
