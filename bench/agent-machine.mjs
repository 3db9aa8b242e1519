// sudo npm run bench:agent [-- --minutes N --rounds N --suite bookworm|trixie|forky --chart FILE.svg --registries N]
//
// The agent as systemd runs it, on a machine of its own with a real dockerd: how soon a changed daemon.json is told of in
// the journal, how soon its repair is seen in /info, and what the agent costs in rest over N minutes, as figures and a chart.
// Each step is named before it begins, and has a bound: the rest of 60 minutes is silent for as long.
// With --registries N instead: what so many declared registries of one CA cost (agent/many.mjs).
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartOf } from './agent/chart.mjs';
import { measureMany } from './agent/many.mjs';
import { percentile, watchUsage } from './agent/usage.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '20' },
    suite: { type: 'string', default: 'forky' },
    chart: { type: 'string', default: 'agent.svg' },
    registries: { type: 'string', default: '0' },
  },
});
const SCRIPT = join(import.meta.dirname, '../test/e2e/support/machine.sh');
const NAME = `bench-agent-${process.pid}`;
const FILE = '/etc/docker/daemon.json';
const DETECTED = '91a0c210378e4821b3e986f3bc81c87e';
const GOOD = `{"registry-mirrors":["https://mirror.example.com/"]}`;
const LIMITS = { cpu: 0.3, rss: 80 };

/** Most seconds of a step: starting a machine takes two, declaring 1,000 registries about twenty. */
const MOST_SECONDS = 360;

const machine = (...argv) =>
  execFileSync(SCRIPT, argv, { encoding: 'utf8', timeout: MOST_SECONDS * 1000 }).trim();
const sh = (script) => machine('exec', NAME, 'bash', '-euo', 'pipefail', '-c', script);

machine('up', NAME, values.suite);
try {
  await (values.registries === '0' ? measure() : many());
} finally {
  machine('down', NAME);
}

/** Runs `script` inside the machine; what is still running after `seconds` fails by its name. */
function step(name, { seconds, script }) {
  console.log(`  … ${name}, at most ${seconds} s`);
  const bounded = `export -f step; timeout ${seconds} bash -euo pipefail -c step || { echo "${name}: not within ${seconds} s, or failed" >&2; exit 1; }`;
  return sh(`step() {\n${script}\n}\n${bounded}`);
}

async function measure() {
  const install = `
    mkdir -p /etc/dockerctl; echo '${GOOD}' >${FILE}; systemctl reload docker
    echo "{ mirrors: ['https://mirror.example.com/'], drift: { default: 'repair' } }" >/etc/dockerctl/dockerctl.json5
    dockerctl service install >/dev/null
    until test -s /var/lib/dockerctl/last-good.json; do sleep 0.1; done`;
  step('the agent is installed and has looked once', { seconds: 60, script: install });
  const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => oneRound(round));
  const times = (key) => rounds.map((round) => round[key]);
  print('told of in the journal, p50', percentile(times('told'), 0.5), 's');
  print('told of in the journal, p95', percentile(times('told'), 0.95), 's', 1);
  print('repair seen in /info, p50', percentile(times('repaired'), 0.5), 's');
  print('repair seen in /info, p95', percentile(times('repaired'), 0.95), 's', 2);

  const samples = [];
  const seconds = Number(values.minutes) * 60;
  console.log(`  … in rest for ${values.minutes} min`);
  const idle = await watchUsage(agentPid(), {
    seconds,
    every: 10,
    seen: (one) => samples.push(one),
  });
  print(`CPU in rest over ${values.minutes} min`, idle.cpu, '%', LIMITS.cpu);
  print('resident memory in rest', idle.rss, 'MB', LIMITS.rss);
  print('right after the repairs', idle.peak, 'MB');
  const title = `dockerctl watch in rest, ${values.suite}, node ${process.version}`;
  writeFileSync(values.chart, chartOf(samples, { title, limits: LIMITS }));
  console.log(`  chart: ${values.chart}`);
}

async function many() {
  sh('mkdir -p /etc/dockerctl');
  const rows = await measureMany(step, {
    count: Number(values.registries),
    rounds: Number(values.rounds),
    seconds: Number(values.minutes) * 60,
    pid: agentPid,
  });
  for (const { name, value, unit, limit } of rows) print(name, value, unit, limit);
}

/** Seconds from the end of a write to the entry in the journal, and to /info showing the declared mirror again. */
function oneRound(round) {
  const script = `
    dockerctl resume >/dev/null
    mirror() { curl -s --unix-socket /run/docker.sock http://docker/info | grep -o 'mirror.example' | head -1; }
    before=$(date +%s%N)
    echo '${GOOD.replace('mirror.example', `other${round}.example`)}' >${FILE}
    until ! grep -q other ${FILE} && journalctl -q -o cat --since @$((before / 1000000000)) MESSAGE_ID=${DETECTED} | grep -q other${round} && [ -n "$(mirror)" ]; do sleep 0.02; done
    after=$(date +%s%N)
    told=$(journalctl -q -o json -n 1 MESSAGE_ID=${DETECTED} | grep -o '"__REALTIME_TIMESTAMP":"[0-9]*' | grep -o '[0-9]*$')
    echo "$before $after $told"
    until ! test -e /var/lib/dockerctl/journal.json; do sleep 0.1; done`;
  const answer = step(`round ${round + 1}: a changed mirror is told of and repaired`, {
    seconds: 60,
    script,
  });
  const [before, after, told] = answer.split(' ').map(Number);
  return { told: told / 1e6 - before / 1e9, repaired: (after - before) / 1e9 };
}

/** As this computer knows it: the agent's own number is of the machine's. */
function agentPid() {
  const inside = sh('systemctl show --value -p MainPID dockerctl');
  const own = sh(`readlink /proc/${inside}/ns/pid`);
  const all = execFileSync('pgrep', ['-f', 'dockerctl.cjs watch'], { encoding: 'utf8' });
  return all
    .trim()
    .split('\n')
    .find((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const number = /^NSpid:.*\t(\d+)$/m.exec(status)?.[1];
      const space = execFileSync('readlink', [`/proc/${pid}/ns/pid`], { encoding: 'utf8' }).trim();
      return number === inside && space === own;
    });
}

function print(name, value, unit, limit = Infinity) {
  const bad = value > limit;
  if (bad) process.exitCode = 1;
  const bound = limit === Infinity ? '' : `at most ${limit} ${unit}`;
  console.log(
    `  ${name.padEnd(32)} ${`${value.toFixed(2)} ${unit}`.padEnd(12)} ${bound} ${bad ? 'TOO MUCH' : ''}`.trimEnd(),
  );
}
