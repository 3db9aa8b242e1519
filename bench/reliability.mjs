/**
 * Kills, fails and cuts off from power a transaction at every system call that changes something (`npm run
 * bench:reliability`; `-- --quick` takes every 8th, `-- order`, `-- kill`, `-- errors` and `-- power` only these). Needs root, strace
 * and perl, and a mount namespace of its own, or the mounts of others keep a dead disk alive. Exit status 1 when anything was torn,
 * lost or stuck, or when a fault did not happen where it should.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildDriver,
  isTorn,
  leftovers,
  resetRoot,
  runDriver,
  stateOf,
} from './reliability/driver.mjs';
import { violations } from './reliability/order.mjs';
import { callsOf, inject, pointsOf } from './reliability/points.mjs';
import { createDisk, FILE_SYSTEMS } from './reliability/power.mjs';

const ERRNOS = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENOMEM', 'EINTR'];
const STRIDE = process.argv.includes('--quick') ? 8 : 1;
const folder = mkdtempSync(join(tmpdir(), 'dockerctl-reliability-'));
const root = join(folder, 'root');
mkdirSync(root);
const driver = await buildDriver();
const rows = [];

const SWEEPS = {
  order: () => {
    for (const mode of ['accept', 'refuse']) checkOrder(mode);
  },
  kill: () => {
    for (const mode of ['accept', 'refuse']) killSweep(mode);
    killRecovery();
  },
  errors: () => {
    for (const mode of ['accept', 'refuse']) errorSweep(mode);
  },
  power: () => {
    for (const kind of FILE_SYSTEMS) powerSweep(kind);
  },
};

for (const [name, sweep] of Object.entries(SWEEPS)) if (isAsked(name)) sweep();
rmSync(folder, { recursive: true });
report();

function isAsked(name) {
  const asked = Object.keys(SWEEPS).filter((one) => process.argv.includes(one));
  return asked.length === 0 || asked.includes(name);
}

/** No fault at all: the order of the calls alone shows what a power loss could take. */
function checkOrder(mode) {
  const row = begin(`order of calls, dockerd would ${mode}`);
  row.runs = 1;
  row.bad.push(...violations(callsOf(driver, { root, mode }), root));
}

function killSweep(mode) {
  const row = begin(`kill -9, dockerd would ${mode}`);
  for (const point of chosen(pointsOf(driver, { root, mode }))) {
    resetRoot(root);
    count(row, point, died(runDriver(driver, [root, mode], inject(point, 'signal=KILL'))));
    if (isTorn(root)) row.bad.push(`${label(point)}: torn`);
    settle(row, point, ['before', 'after']);
  }
}

/** Killed once the files are exchanged, then killed again at every point of the recovery. */
function killRecovery() {
  const row = begin('kill -9 of the recovery');
  const points = pointsOf(driver, { root, mode: 'accept' }).filter(({ changing }) => changing);
  const first = points.filter(({ name }) => name === 'rename').at(-3);
  const prepare = () => {
    resetRoot(root);
    runDriver(driver, [root, 'accept'], inject(first, 'signal=KILL'));
  };
  for (const point of chosen(pointsOf(driver, { root, mode: 'recover', prepare }))) {
    prepare();
    count(row, point, died(runDriver(driver, [root, 'recover'], inject(point, 'signal=KILL'))));
    settle(row, point, ['before', 'after']);
  }
}

function errorSweep(mode) {
  const row = begin(`errors, dockerd would ${mode}`);
  for (const errno of ERRNOS)
    for (const point of chosen(pointsOf(driver, { root, mode }))) {
      resetRoot(root);
      const ran = runDriver(driver, [root, mode], inject(point, `error=${errno}`));
      const known = ran.answer === 'applied' ? 0 : ran.status;
      count(row, point, true);
      if (ran.answer.startsWith('stack') || ran.status !== known || ran.status === 70)
        row.bad.push(`${errno} ${label(point)}: ${JSON.stringify(ran)}`);
      settle(row, { ...point, errno }, [ran.answer === 'applied' ? 'after' : 'before']);
    }
}

function powerSweep(kind) {
  const row = begin(`power loss, ${kind.name}`);
  const disk = createDisk(folder, kind);
  if (disk === null) {
    row.note = `not measured: ${kind.make[0]} is not installed`;
    return;
  }
  for (const mode of ['accept', 'refuse']) {
    const prepare = () => {
      resetRoot(disk.root);
      disk.sync();
    };
    mkdirSync(disk.root, { recursive: true });
    for (const point of chosen(pointsOf(driver, { root: disk.root, mode, prepare }))) {
      prepare();
      count(row, point, died(runDriver(driver, [disk.root, mode], inject(point, 'signal=KILL'))));
      disk.cutPower();
      settle(row, point, ['before', 'after'], disk.root);
    }
    prepare();
    const { answer } = runDriver(driver, [disk.root, mode]);
    disk.cutPower();
    count(row, { name: 'done' }, true);
    settle(row, { name: `after "${answer}"` }, [mode === 'accept' ? 'after' : 'before'], disk.root);
  }
  disk.remove();
}

/** The next dockerctl has run: all of before or all of after, nothing left over, and a second one has nothing to do. */
function settle(row, point, expected, at = root) {
  const first = runDriver(driver, [at, 'recover']);
  const state = stateOf(at);
  const again = runDriver(driver, [at, 'recover']);
  if (!expected.includes(state)) row.bad.push(`${label(point)}: ${state} (${first.answer})`);
  if (again.answer !== 'nothing' || leftovers(at).length > 0)
    row.bad.push(`${label(point)}: stuck: ${again.answer} ${leftovers(at).join(' ')}`);
}

function chosen(points) {
  return points.filter(({ changing }) => changing).filter((_, index) => index % STRIDE === 0);
}

function died({ signal, status }) {
  return signal === 'SIGKILL' || status === 137;
}

function begin(name) {
  const row = { name, runs: 0, missed: [], bad: [], note: '', started: Date.now() };
  rows.push(row);
  process.stderr.write(`${name} …\n`);
  return row;
}

function count(row, point, happened) {
  row.runs += 1;
  if (!happened) row.missed.push(label(point));
}

function label({ name, when, errno }) {
  return [errno, name, when].filter((word) => word !== undefined).join(' ');
}

function report() {
  console.log('what'.padEnd(34), 'runs'.padStart(6), 'missed'.padStart(7), 'bad'.padStart(5));
  for (const { name, runs, missed, bad, note } of rows)
    console.log(
      name.padEnd(34),
      `${runs}`.padStart(6),
      `${missed.length}`.padStart(7),
      `${bad.length}`.padStart(5),
      note,
    );
  for (const { name, missed, bad } of rows)
    for (const line of [...bad, ...missed.map((point) => `${point}: the fault did not happen`)])
      console.log(`${name}: ${line}`);
  process.exitCode = rows.some(
    ({ bad, missed, runs }) => bad.length > 0 || missed.length > runs / 100,
  )
    ? 1
    : 0;
}
