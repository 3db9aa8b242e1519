import { bootMachine } from './machine.mjs';
import { lookAt } from './look.mjs';
import { randomOf } from '../random.mjs';
import { judgeAnswer, judgeQuiet } from './judge-answer.mjs';
import { judgeViews } from './judge-views.mjs';
import { STEPS } from './steps.mjs';
import { askViews } from './views.mjs';

/** Walks so many steps on a machine of this engine: { steps, count, lies }. `tell` hears of every step. */
export async function walkOn({ engine, suite, seed, steps, tell }) {
  const machine = bootMachine(`truth-${seed}-${process.pid}`, suite);
  try {
    const look = await lookAt(machine);
    const walk = {
      machine,
      engine,
      random: randomOf(seed),
      look,
      baseline: look,
      containers: 0,
      declared: null,
      said: {},
      agent: false,
    };
    const found = { steps: 0, count: 0, unknown: 0, lies: [] };
    while (found.steps < steps) {
      const { said, name, ledger } = await takeStep(walk);
      found.steps += 1;
      found.count += ledger.count;
      found.unknown += ledger.unknown;
      const lies = ledger.lies.map((one) => ({ ...one, step: found.steps }));
      found.lies.push(...lies);
      tell({ step: found.steps, name, said, lies });
    }
    return found;
  } finally {
    machine.down();
  }
}

async function takeStep(walk) {
  const step = walk.random.weighted(STEPS.filter(({ when }) => when === undefined || when(walk)));
  const before = walk.look;
  const { said, answers = [], lies = [], mend } = await step.run(walk);
  const { look: after, views } = await lookAndAsk(walk.machine, before.cursor);
  walk.look = after;
  const ledgers = [
    ...answers.map((one) => judgeAnswer(one, { before, after, walk })),
    judgeViews(views, after, walk),
    { count: lies.length, lies },
    ...(answers.length > 0 || step.kills === true ? [] : [judgeQuiet({ before, after, said })]),
  ];
  if (mend !== undefined) {
    await walk.machine.sh(mend);
    walk.look = await lookAt(walk.machine, { cursor: before.cursor });
  }
  const ledger = {
    count: ledgers.reduce((sum, { count }) => sum + count, 0),
    unknown: ledgers.reduce((sum, { unknown = 0 }) => sum + unknown, 0),
    lies: ledgers.flatMap(({ lies }) => lies),
  };
  return { name: step.name, said, ledger };
}

/** The views between two looks that agree: an agent, or systemd, may be at work. */
async function lookAndAsk(machine, cursor) {
  for (let tries = 1; ; tries += 1) {
    const look = await lookAt(machine, { cursor });
    const views = await askViews(machine);
    const again = await lookAt(machine, { cursor, quick: true });
    if (tries === 4 || isStill(look, again)) return { look, views };
  }
}

function isStill(one, other) {
  const facts = ({ state, pid, file, hasOpenChange, info, journal }) =>
    JSON.stringify([state, pid, file, hasOpenChange, reloadable(info), reloads(journal)]);
  return !other.hasOpenChange && one.state !== 'activating' && facts(one) === facts(other);
}

/** What a reload that is under way changes of /info; null where dockerd does not answer. */
function reloadable(info) {
  if (info === null) return null;
  const { Debug, Labels, LiveRestoreEnabled, DefaultRuntime, Runtimes, RegistryConfig } = info;
  const { Mirrors, IndexConfigs, InsecureRegistryCIDRs } = RegistryConfig ?? {};
  const registries = [Mirrors, Object.keys(IndexConfigs ?? {}).sort(), InsecureRegistryCIDRs];
  const runtimes = Object.keys(Runtimes ?? {}).sort();
  return [Debug, Labels, LiveRestoreEnabled, DefaultRuntime, runtimes, registries];
}

function reloads(journal) {
  return journal.filter((line) => line.includes('Reloaded configuration')).length;
}
