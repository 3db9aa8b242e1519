import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const PROGRAM = join(import.meta.dirname, '../../../dist/dockerctl.cjs');
/** Tells which limits of the heap are set while the program runs. */
const SPY = `const v8 = require('node:v8');
const set = v8.setFlagsFromString;
v8.setFlagsFromString = (flag) => { process.stderr.write('FLAG ' + flag + '\\n'); set(flag); };`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dockerctl-heap-'));
  writeFileSync(join(folder, 'spy.cjs'), SPY);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function validate(labels: number): string[] {
  const file = join(folder, 'daemon.json');
  const values = Array.from({ length: labels }, (_, at) => `label-${at}=${'x'.repeat(100)}`);
  writeFileSync(file, JSON.stringify({ labels: values }));
  const argv = ['--require', join(folder, 'spy.cjs'), PROGRAM, 'config', 'validate', file];
  const { stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return stderr.split('\n').filter((line) => line !== '');
}

describe('the heap', () => {
  test('is left to V8 on an ordinary machine', () => {
    expect(validate(10)).toEqual([]);
  });

  test('is kept small once many bytes were read, and this V8 knows each limit', () => {
    expect(validate(10_000)).toEqual([
      'FLAG --semi-space-growth-factor=1',
      'FLAG --heap-growing-percent=40',
    ]);
  });
});
