// npm run bench:trust-truth [-- --chains DIR]… [--random COUNT [--seed N] [--kind KIND]… [--strict] [--go-root DIR]]
//   [--states COUNT [--seed N] [--engine 20.10|26.1|28.5]…] [--json FILE]
// How often our verdict on a server's certificates is that of those who decide. --chains: on folders of chains, against
// what real dockers said (bench/trust-truth/chains.mjs has their form). --random: on so many chains of each kind, made
// anew, against the verifiers of the Gos that are installed (golang-1.19-go, -1.24-go, -1.27-go of Debian 12, 13 and
// testing; --go-root where they were unpacked with dpkg-deb -x). --states: as root, on machines with real dockerds, so many
// states of stores, hosts.toml, mirrors, token servers, insecure entries and client pairs against `docker pull`.
// Prints the disagreements; exit 1 where there is one.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readChains } from './trust-truth/chains.mjs';
import { loadJudge } from './trust-truth/load.mjs';
import { walkStates } from './trust-truth/states.mjs';
import { askOracle, buildOracle, goBinary, removeOracle } from './trust-truth/oracle.mjs';

const { values } = parseArgs({
  options: {
    chains: { type: 'string', multiple: true, default: [] },
    random: { type: 'string' },
    states: { type: 'string' },
    engine: { type: 'string', multiple: true, default: ['20.10', '26.1', '28.5'] },
    json: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kind: { type: 'string', multiple: true },
    strict: { type: 'boolean', default: false },
    'go-root': { type: 'string', multiple: true, default: ['/'] },
  },
});
const AT_ONCE = 1_000;
const SHOWN = 10;
/** Go checks up to 100 signatures for one server, and so do we. */
const MANY = 20;
const DOCKER = { 1.19: '20.10', 1.24: '26.1', 1.27: '28.5' };
const judge = await loadJudge();
const now = Math.floor(Date.now() / 1000) * 1000;
const costs = [];
const costsOfMany = [];
let differing = 0;
const sum = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

for (const folder of values.chains) judgeFolder(folder);
if (values.random !== undefined) judgeRandom(Number(values.random));
if (values.states !== undefined) await judgeStates(Number(values.states));
reportCosts('a chain', costs);
reportCosts(`one with ${MANY} certificates and more`, costsOfMany);
process.exitCode = differing > 0 ? 1 : 0;
// In the words of Jest's reports, which .ci/run adds up: a state counts as a test.
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ ...sum, success: differing === 0 }));

function verdictOn({ ca, chain, host, server }, generation) {
  const begin = process.cpuUsage();
  const rules = judge.rulesOf(generation, values.strict ? 'strict' : 'lenient');
  const trusted = judge.poolOfPem([ca], rules);
  const { refusals } = judge.verifyAsGo({ chain, trusted, host, now, rules, server });
  const { user, system } = process.cpuUsage(begin);
  const certificates = chain.length + ca.split('-----BEGIN').length - 1;
  (certificates < MANY ? costs : costsOfMany).push((user + system) / 1000);
  return refusals;
}

function judgeFolder(folder) {
  const cases = readChains(folder);
  for (const generation of judge.GENERATIONS) {
    const answers = cases.map((one) => {
      const refusals = verdictOn(one, generation);
      const said = one.said[generation] === 'ok';
      return { name: one.name, refusals, said: said ? 'ok' : one.words || 'refused' };
    });
    report(`${folder}, docker ${DOCKER[generation]}`, answers);
  }
}

function judgeRandom(count) {
  for (const generation of judge.GENERATIONS) {
    const [go] = values['go-root'].map((root) => goBinary(generation, root)).filter(Boolean);
    if (go === undefined) {
      console.log(`Go ${generation} is not installed: not asked`);
      continue;
    }
    const oracle = buildOracle(go);
    for (const kind of values.kind ?? judge.KINDS) judgeKind(kind, count, { generation, oracle });
    removeOracle(oracle);
  }
}

function judgeKind(kind, count, { generation, oracle }) {
  const answers = [];
  const random = judge.randomOf(Number(values.seed));
  while (answers.length < count) {
    const batch = Math.min(AT_ONCE, count - answers.length);
    const cases = judge.randomChains(kind, batch, random);
    const said = askOracle(oracle, cases, { now, strict: values.strict });
    cases.forEach((one, at) => {
      const refusals = verdictOn({ ...one, server: 'go' }, generation);
      const same = (refusals.length === 0) === (said[at] === 'ok');
      const name = same
        ? ''
        : JSON.stringify({ ...one, chain: one.chain.map((der) => der.toString('base64')) });
      answers.push({ name, refusals, said: said[at] });
    });
  }
  report(`Go ${generation}, ${kind} of seed ${values.seed}`, answers);
}

async function judgeStates(count) {
  for (const engine of values.engine) {
    const seed = Number(values.seed);
    const { states, pulled, lies, ownWrong, proofs } = await walkStates({
      ...{ engine, count, seed, tell: tellState },
    });
    differing += lies;
    sum.numFailedTests += lies;
    sum.numPassedTests += Math.max(0, states - lies);
    console.log(
      `docker ${engine}, ${states} states of seed ${seed}, ${pulled} pull: ${lies} times said what is not so` +
        ` (${proofs} times add-registry, too); our own check alone differs in ${ownWrong}`,
    );
  }
}

function tellState({ number, world, state, words, said, add, wordsAfter, pulls }, { lies, own }) {
  const differs = own !== null && own !== pulls;
  if (lies.length === 0 && !differs) return;
  const what = lies.length === 0 ? [`our own check says ${own ? 'ok' : 'refused'}`] : lies;
  console.log(`state ${number}: ${what.join('; ')}\n  ${JSON.stringify({ ...world, ...state })}`);
  console.log(`  docker: ${words.trim().split('\n').at(-1)}`);
  for (const { code, severity, message } of said.answer.data?.findings ?? [])
    console.log(`  we: ${severity} ${code}: ${message}`);
  if (lies.length > 0 && said.answer.data?.findings === undefined)
    console.log(`  we: ${JSON.stringify(said.answer).slice(0, 600)}`);
  if (lies.some((lie) => lie.startsWith('added')))
    console.log(`  add: ${JSON.stringify(add).slice(0, 1500)}\n  docker after: ${wordsAfter}`);
}

function report(title, answers) {
  const different = answers.filter(
    ({ refusals, said }) => (refusals.length === 0) !== (said === 'ok'),
  );
  const accepted = answers.filter(({ said }) => said === 'ok').length;
  differing += different.length;
  console.log(
    `${title}: ${answers.length - different.length} of ${answers.length} the same, ${accepted} accepted`,
  );
  for (const { name, refusals, said } of different.slice(0, SHOWN)) {
    const ours = refusals.map(({ code, detail }) => `${code} (${detail})`).join('; ') || 'ok';
    console.log(`  ${name}\n    we: ${ours}\n    they: ${said}`);
  }
}

function reportCosts(what, list) {
  if (list.length === 0) return;
  list.sort((one, other) => one - other);
  const at = (part) => list[Math.min(list.length - 1, Math.floor(list.length * part))].toFixed(2);
  console.log(
    `${what} costs ${at(0.5)} ms of the processor (median), ${at(0.99)} ms (of 99 in 100), ${list.length} of them`,
  );
}
