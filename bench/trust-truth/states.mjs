// States of the machine's trust against a real `docker pull`: whoever is called proved pulls, and whoever pulls is not refused.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootMachine } from '../truth/machine.mjs';

const ENGINES = {
  '20.10': { suite: 'bookworm', containerd: 0, hosts: 0 },
  26.1: { suite: 'trixie', containerd: 1, hosts: 0 },
  28.5: { suite: 'forky', containerd: 1, hosts: 1 },
};
/** Below bench, and with the same paths in the machine. */
const WALK = 'trust-truth/states/walk.mjs';
const FILES = [
  WALK,
  ...['servers', 'state'].map((name) => `trust-truth/states/${name}.mjs`),
  'random.mjs',
];

/** Walks over `count` states of one engine; how many were compared, and what was said that was not so. */
export async function walkStates({ engine, count, seed, tell }) {
  const { suite, containerd, hosts } = ENGINES[engine];
  const machine = bootMachine(`trust-states-${process.pid}`, suite);
  try {
    await machine.sh('mkdir -p /srv/bench/trust-truth/states');
    for (const name of FILES) {
      const text = readFileSync(join(import.meta.dirname, '..', name), 'utf8');
      await machine.write(`/srv/bench/${name}`, text);
    }
    const argv = [`/srv/bench/${WALK}`, count, seed, containerd, hosts].map(String);
    const { status, out, err } = await machine.exec(['node', ...argv], {
      seconds: 20 * count + 300,
    });
    if (status !== 0) throw new Error(`the walk ended with ${status}: ${err.slice(-2000)}`);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return summed(lines, tell);
  } finally {
    machine.down();
  }
}

function summed(lines, tell) {
  const sum = { states: lines.length, pulled: 0, lies: 0, ownWrong: 0, proofs: 0 };
  for (const line of lines) {
    const lies = liesOf(line);
    sum.pulled += line.pulls ? 1 : 0;
    sum.proofs += line.add === undefined ? 0 : 1;
    sum.lies += lies.length;
    const own = ownVerdict(line);
    if (own !== null && own !== line.pulls) sum.ownWrong += 1;
    tell(line, { lies, own });
  }
  return sum;
}

/** What was said, and is not so. */
function liesOf(line) {
  const lies = [];
  const works = verdictOf(line);
  if (works !== line.pulls)
    lies.push(line.pulls ? 'refused, and it pulls' : 'proved, and it does not pull');
  if (line.add !== undefined && isProved(line.add) !== line.pullsAfter && line.add.status !== 3)
    lies.push(
      line.pullsAfter ? 'added, not proved, and it pulls' : 'added and proved, and does not pull',
    );
  return lies;
}

/** By all of its consumers: the system's store beside dockerd is read back, and has a proof of its own. */
const isProved = ({ status, answer }) => status === 0 && answer.data?.proved === true;

function verdictOf({ said, state: { registry } }) {
  if (registry !== 'docker.io') return said.status === 0;
  return (said.answer.data?.mirrors ?? []).some(
    ({ verdict }) => verdict === 'works' || verdict === 'answers',
  );
}

/** Our own check, without dockerd's word; null where it has none. */
function ownVerdict({ said, state: { registry } }) {
  if (registry === 'docker.io') return null;
  const findings = said.answer.data?.findings ?? [];
  return !findings.some(
    ({ code, severity, message }) =>
      !code.startsWith('registry-engine') &&
      (severity === 'error' || message.startsWith('dockerd itself gets through')),
  );
}
