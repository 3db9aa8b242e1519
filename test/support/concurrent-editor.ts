/**
 * One of several editors of the same daemon.json: `dockerctl` edits by the program's own command lines, most of them in
 * this process and some as processes of their own; `foreign` edits by hand, as `flock LOCK $EDITOR` would. Each owns one
 * key, counts it up, and looks before every edit that its last one is still there: whoever writes from an old state
 * would take it back.
 * Usage: concurrent-editor ROOT KEY EDITS PROGRAM REAL_EVERY | concurrent-editor ROOT foreign EDITS. Prints JSON.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.js';
import { createNodeHost } from '../../src/host/node.js';
import { acquireLock, openLock } from '../../src/host/node-lock.js';

const [root = '/', key = '', edits = '0', program = '', realEvery = '0'] = process.argv.slice(2);
const file = join(root, 'etc/docker/daemon.json');
const FIRST = 1000;

const tally = { key, edits: 0, real: 0, stale: 0, locked: 0, lost: 0, odd: [] as string[] };
const valueNow = (): unknown =>
  (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)[
    key === 'foreign' ? 'labels' : key
  ];

async function dockerctl(argv: string[], real: boolean): Promise<{ status: number; out: string }> {
  if (real) {
    const { status, stdout } = spawnSync(process.execPath, [program, ...argv], {
      encoding: 'utf8',
    });
    return { status: status ?? -1, out: stdout };
  }
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const status = await run(argv, {
    version: '0',
    hostBelow: (below) =>
      createNodeHost({ root: below, script: '', installation: '.', version: '0' }),
    streams: { stdin, stdout, stderr, env: {} },
  });
  return { status, out: String((stdout.read() as Buffer | null) ?? '') };
}

async function edit(number: number): Promise<void> {
  const real = Number(realEvery) > 0 && number % Number(realEvery) === 0;
  const argv = [
    'config',
    'set',
    key,
    String(FIRST + number),
    '--root',
    root,
    '--json',
    '--lock-timeout',
    '120',
  ];
  for (;;) {
    const { status, out } = await dockerctl(argv, real);
    if (status === 0) break;
    const { code } = (JSON.parse(out) as { error: { code: string } }).error;
    if (status === 3 && code === 'stale-plan') tally.stale += 1;
    else if (status === 6 && code === 'locked') tally.locked += 1;
    else tally.odd.push(out.slice(0, 500));
    if (tally.odd.length > 5) throw new Error(tally.odd.join('\n'));
  }
  if (real) tally.real += 1;
}

async function editByHand(number: number): Promise<void> {
  const release = await acquireLock(openLock(join(root, 'run/dockerctl/lock')), 120_000);
  if (release === null) throw new Error('no lock');
  const text = readFileSync(file, 'utf8').replace(
    /"labels": *\[[^\]]*\]/,
    `"labels": ["by=${FIRST + number}"]`,
  );
  if (number % 2 === 0) {
    // In place, and not by truncating first: others read without a lock.
    const open = openSync(file, 'r+');
    writeSync(open, text, 0);
    closeSync(open);
  } else {
    writeFileSync(`${file}.mine`, text, { mode: 0o644 });
    renameSync(`${file}.mine`, file);
  }
  await release();
}

async function main(): Promise<void> {
  for (let number = 1; number <= Number(edits); number += 1) {
    await (key === 'foreign' ? editByHand(number) : edit(number));
    tally.edits += 1;
    // Others edit meanwhile. Nobody but us touches this key, so it is what we wrote or somebody lost it.
    const now = JSON.stringify(valueNow());
    const ours =
      key === 'foreign' ? JSON.stringify([`by=${FIRST + number}`]) : String(FIRST + number);
    if (now !== ours) tally.lost += 1;
  }
}

main().then(
  () => {
    console.log(JSON.stringify(tally));
  },
  (error: unknown) => {
    console.log(JSON.stringify({ ...tally, odd: [...tally.odd, String(error)] }));
    process.exitCode = 1;
  },
);
