import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isTorn, strayFiles, resetRoot, runDriver, stateOf } from './driver.mjs';
import { violations } from './order.mjs';
import { callsOf, inject, pointsOf, wasInjected } from './points.mjs';
import { createDisk, FILE_SYSTEMS } from './power.mjs';

const ERRNOS = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENOMEM', 'EINTR'];
const MODES = ['accept', 'refuse'];
/** Exit statuses of docs/cli.md: refused, not permitted, rolled back, rolled back with trouble. */
const TOLD = [3, 7, 4, 5];

/**
 * Every way to cut a transaction short, by name. `run` takes a bench (`driver`, `folder`, `root`, `stride`, `chosen`) and
 * tells how many runs there were, at which points the fault did not happen (`missed`), and what was left wrong (`bad`).
 * `least` is how many runs the whole sweep has at least; `stride`: the quick form takes every so many-th point.
 */
export const SWEEPS = {
  order: { what: 'order of calls', run: order, least: 4, stride: 1 },
  kill: { what: 'kill -9', run: kill, least: 150, stride: 8 },
  nested: { what: 'kill -9, and kill -9 of recovery', run: nested, least: 2000, nightly: true },
  errors: { what: 'errors of system calls', run: errors, least: 1200, stride: 24 },
  shortWrites: { what: 'short writes', run: shortWrites, least: 40, stride: 4 },
  power: { what: 'power loss (ext4, writeback, xfs)', run: power, least: 900, stride: 32 },
};

/** No fault at all: the order of the calls alone shows what a power loss could take. */
function order({ driver, root }) {
  const found = begin();
  for (const mode of MODES)
    for (const mounted of [false, true]) {
      const prepare = () => resetRoot(root, { mounted });
      found.runs += 1;
      found.bad.push(...violations(callsOf(driver, { root, mode, prepare }), root));
    }
  resetRoot(root);
  return found;
}

/** kill -9 before every call that changes something, of a change that stays, of one that is rolled back, and of recovery. */
function kill(bench) {
  const found = begin();
  for (const mode of MODES) killChange(bench, found, { mode, mounted: false });
  for (const mode of MODES) killChange(bench, found, { mode, mounted: true });
  const points = changing(pointsOf(bench.driver, { root: bench.root, mode: 'accept' }));
  killRecovery(bench, found, points.filter(({ name }) => name === 'rename').at(-3));
  return found;
}

/** A mount point is torn until the next dockerctl has fixed it; any other file never is. */
function killChange(bench, found, { mode, mounted }) {
  const { driver, root } = bench;
  const prepare = () => resetRoot(root, { mounted });
  for (const point of bench.chosen(changing(pointsOf(driver, { root, mode, prepare })))) {
    const where = mounted ? { ...point, errno: 'mounted' } : point;
    prepare();
    const torn = killedAt(bench, found, { point: where, mode });
    if (torn && !mounted) found.bad.push(`${label(where)}: torn`);
    settle(bench, found, where, ['before', 'after']);
  }
  resetRoot(root);
}

/** kill -9 of a change at every point, and of its recovery at every point. */
function nested(bench) {
  const found = begin();
  const all = { ...bench, chosen: (points) => points };
  for (const mode of MODES) {
    const firsts = changing(pointsOf(bench.driver, { root: bench.root, mode }));
    for (const first of bench.chosen(firsts)) killRecovery(all, found, first, mode);
  }
  return found;
}

function killRecovery(bench, found, first, mode = 'accept') {
  const { driver, root } = bench;
  const prepare = () => {
    resetRoot(root);
    runDriver(driver, [root, mode], inject(first, 'signal=KILL'));
  };
  for (const point of bench.chosen(
    changing(pointsOf(driver, { root, mode: 'recover', prepare })),
  )) {
    prepare();
    killedAt(bench, found, { point, mode: 'recover' });
    settle(bench, found, point, ['before', 'after']);
  }
}

/** Every errno at every call that changes something. */
function errors(bench) {
  const { driver, root } = bench;
  const found = begin();
  for (const mode of MODES) {
    const points = changing(pointsOf(driver, { root, mode }));
    for (const { point, errno } of bench.chosen(pairs(points, ERRNOS))) {
      resetRoot(root);
      const fault = inject(point, `error=${errno}`, join(bench.folder, 'injected.log'));
      const ran = runDriver(driver, [root, mode], fault);
      judge(bench, found, { point: { ...point, errno }, ran, happened: wasInjected(fault) });
    }
  }
  return found;
}

/** Every write(2) takes one byte only; then also as on a disk that is full after it. */
function shortWrites(bench) {
  const { driver, root } = bench;
  const found = begin();
  for (const mode of MODES)
    for (const then of ['', 'ENOSPC'])
      for (let write = 1; ; write += bench.stride) {
        resetRoot(root);
        const env = { SHORT_WRITE: `${write}`, SHORT_WRITE_THEN: then };
        const ran = runDriver(driver, [root, mode], { env });
        if (!ran.notes.includes('short write')) break;
        judge(bench, found, {
          point: { name: `short write ${then}`, when: write },
          ran,
          happened: true,
        });
      }
  return found;
}

/** What a change that met an error leaves: the whole new state if it said so, else the whole old one and a reason. */
function judge(bench, found, { point, ran, happened }) {
  count(found, point, happened);
  const applied = ran.answer === 'applied';
  if (applied ? ran.status !== 0 : !TOLD.includes(ran.status))
    found.bad.push(`${label(point)}: ${JSON.stringify(ran)}`);
  settle(bench, found, point, [applied ? 'after' : 'before']);
}

/** kill -9 and a dead disk before every call that changes something; and a dead disk right after the answer. */
function power(bench) {
  const found = begin();
  for (const kind of FILE_SYSTEMS) powerOn(bench, found, kind);
  return found;
}

function powerOn(bench, found, kind) {
  const { driver } = bench;
  const disk = createDisk(bench.folder, kind);
  const at = { ...bench, root: disk.root };
  mkdirSync(disk.root, { recursive: true });
  const prepare = () => {
    resetRoot(disk.root);
    disk.sync();
  };
  for (const mode of MODES) {
    for (const point of bench.chosen(
      changing(pointsOf(driver, { root: disk.root, mode, prepare })),
    )) {
      const where = { ...point, errno: kind.name };
      prepare();
      killedAt(at, found, { point: where, mode });
      disk.cutPower();
      if (isTorn(disk.root)) found.bad.push(`${label(where)}: torn or empty`);
      settle(at, found, where, ['before', 'after']);
    }
    prepare();
    const { answer } = runDriver(driver, [disk.root, mode]);
    disk.cutPower();
    const said = { name: `after "${answer}"`, errno: kind.name };
    count(found, said, true);
    settle(at, found, said, [mode === 'accept' ? 'after' : 'before']);
  }
  disk.remove();
}

/** Answers whether daemon.json is torn then. */
function killedAt({ driver, root }, found, { point, mode }) {
  const { signal, status } = runDriver(driver, [root, mode], inject(point, 'signal=KILL'));
  count(found, point, signal === 'SIGKILL' || status === 137);
  return isTorn(root);
}

/** The next dockerctl has run: all of before or all of after, nothing left over, and a second one has nothing to do. */
function settle({ driver, root }, found, point, expected) {
  const { answer } = runDriver(driver, [root, 'recover']);
  const state = stateOf(root);
  if (!expected.includes(state)) found.bad.push(`${label(point)}: ${state} (${answer})`);
  if (!answer.endsWith(', then nothing') || strayFiles(root).length > 0)
    found.bad.push(`${label(point)}: stuck: ${answer} ${strayFiles(root).join(' ')}`);
}

function begin() {
  return { runs: 0, missed: [], bad: [] };
}

function count(found, point, happened) {
  found.runs += 1;
  if (!happened) found.missed.push(label(point));
}

function changing(points) {
  return points.filter((point) => point.changing);
}

/** Errno by errno within a point, so that every n-th pair meets other errnos at other points. */
function pairs(points, errnos) {
  return points.flatMap((point) => errnos.map((errno) => ({ point, errno })));
}

function label({ name, when, errno }) {
  return [errno, name, when].filter((word) => word !== undefined).join(' ');
}
