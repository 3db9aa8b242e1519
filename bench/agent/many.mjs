// The agent with many declared registries of one CA: in rest, and after one folder of certs.d was deleted.
import { percentile, usageOf, watchUsage } from './usage.mjs';

const ADDRESS = '127.0.0.1:9323';
/** It asks the registries for what they present at its start, fifty at a time, and is in rest after that. */
const SETTLES_MS = 20_000;

export const MANY_LIMITS = { cpu: 0.5, rss: 90, back: 2, health: 0.1 };

/** `step` runs a script inside the machine under a name and a bound of seconds; `pid` is the agent's as this computer knows it. */
export async function measureMany(step, { count, rounds, seconds, pid }) {
  step(`${count} registries are declared and written`, { seconds: 300, script: declare(count) });
  const agent = pid();
  const settles = (count / 50) * 15_000 + SETTLES_MS;
  console.log(`  … it asks each registry once, ${settles / 1000} s`);
  await new Promise((resolve) => setTimeout(resolve, settles));
  console.log(`  … in rest for ${seconds} s`);
  const idle = await watchUsage(agent, { seconds, every: 10 });
  const times = Array.from({ length: rounds }, (_, round) => oneFolder(step, round, count));
  const of = (key) => times.map((time) => time[key]);
  return [
    { name: `CPU in rest over ${seconds} s`, value: idle.cpu, unit: '%', limit: MANY_LIMITS.cpu },
    { name: 'resident memory in rest', value: idle.rss, unit: 'MB', limit: MANY_LIMITS.rss },
    {
      name: 'a deleted folder back, worst',
      value: Math.max(...of('back')),
      unit: 's',
      limit: MANY_LIMITS.back,
    },
    { name: '/healthz meanwhile, p50', value: percentile(of('health'), 0.5), unit: 's' },
    {
      name: '/healthz meanwhile, worst',
      value: Math.max(...of('health')),
      unit: 's',
      limit: MANY_LIMITS.health,
    },
    {
      name: 'resident memory after that',
      value: usageOf(agent).rss,
      unit: 'MB',
      limit: MANY_LIMITS.rss,
    },
    { name: 'peak of memory', value: peakOf(step), unit: 'MB', limit: MANY_LIMITS.rss },
  ];
}

function declare(count) {
  return `
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Many -days 3000 -keyout /dev/null -out /etc/dockerctl/many.crt 2>/dev/null
    node -e '
      const one = { ca: { file: "/etc/dockerctl/many.crt" }, to: ["docker"] };
      const registries = Object.fromEntries(Array.from({ length: ${count} }, (_, at) => ["r" + at + ".test:5000", one]));
      const declared = { registries, drift: { default: "repair" }, agent: { listen: "${ADDRESS}" } };
      require("fs").writeFileSync("/etc/dockerctl/dockerctl.json5", JSON.stringify(declared));
    '
    systemctl stop dockerctl 2>/dev/null || true
    dockerctl service install >/dev/null
    until test -s /etc/docker/certs.d/r${count - 1}.test:5000/ca.crt; do sleep 0.5; done`;
}

/** Seconds until the folder is there again, and the slowest answer of /healthz until then. */
function oneFolder(step, round, count) {
  const script = `
    folder=/etc/docker/certs.d/r${(round * 97) % count}.test:5000
    rm -r $folder
    before=$(date +%s%N); worst=0
    until test -s $folder/ca.crt; do
      took=$(curl -s -m 30 -o /dev/null -w '%{time_total}' http://${ADDRESS}/healthz)
      worst=$(echo "$took $worst" | awk '{ print ($1 > $2) ? $1 : $2 }')
      sleep 0.02
    done
    echo "$(($(date +%s%N) - before)) $worst"
    until ! test -e /var/lib/dockerctl/journal.json; do sleep 0.1; done`;
  const name = `round ${round + 1}: a deleted folder is back`;
  const [back, health] = step(name, { seconds: 90, script }).split(' ');
  return { back: Number(back) / 1e9, health: Number(health) };
}

function peakOf(step) {
  const script = `awk '/^VmHWM/ { print $2 }' /proc/$(systemctl show --value -p MainPID dockerctl)/status`;
  const kilobytes = step('its peak of memory', { seconds: 10, script });
  return Number(kilobytes) / 1024;
}
