/**
 * `npm run fuzz -- [--runs N] [--seed N] [--target NAME] [--limit MS] [--jobs N]`: every parser against made
 * inputs. Each target runs in a worker with little memory, watched from outside: what hangs or eats is ended, and its input
 * shown.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fuzz, show, type Tally } from './fuzz.js';
import { TARGETS } from './targets.js';

const MOST_INPUT = 256 * 1024;
/** By the clock, so that a busy machine is not taken for a parser that hangs. */
const HANGS_MS = 60_000;
const HEAP_MB = 192;

interface Work {
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly limitMs: number;
  /** The count of inputs begun, the length of this one, and its bytes: what is left to see when the worker is ended. */
  readonly shared: SharedArrayBuffer;
}

async function work({ name, shared, ...order }: Work): Promise<void> {
  const head = new Int32Array(shared, 0, 2);
  const bytes = new Uint8Array(shared, 8);
  const target = TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  const begin = (input: Uint8Array): void => {
    bytes.set(input.subarray(0, MOST_INPUT));
    head[1] = Math.min(input.length, MOST_INPUT);
    Atomics.add(head, 0, 1);
  };
  parentPort?.postMessage(await fuzz(target, { ...order, begin }));
}

async function watch(order: Omit<Work, 'shared'>): Promise<Tally> {
  const shared = new SharedArrayBuffer(8 + MOST_INPUT);
  const head = new Int32Array(shared, 0, 2);
  const worker = new Worker(__filename, {
    workerData: { ...order, shared } satisfies Work,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let last = -1;
  const dog = setInterval(() => {
    if (head[0] === last && last > 0) void worker.terminate();
    last = head[0] ?? 0;
  }, HANGS_MS);
  try {
    return await new Promise<Tally>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        reject(new Error(`it hung for more than ${HANGS_MS} ms and was ended`));
      });
    });
  } catch (error) {
    const input = Buffer.from(shared, 8, head[1]);
    const what = error instanceof Error ? error.message : String(error);
    const index = order.from + Math.max(0, (head[0] ?? 0) - 1);
    const failures = [{ index, what, input: show(input), times: 1 }];
    return { inputs: head[0] ?? 0, refused: 0, seconds: 0, slowestMs: HANGS_MS, failures };
  } finally {
    clearInterval(dog);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20000' },
      from: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string', multiple: true },
      limit: { type: 'string', default: '1000' },
      jobs: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const [seed, from, runs] = [Number(values.seed), Number(values.from), Number(values.runs)];
  const chosen = TARGETS.filter(({ name }) => values.target?.includes(name) ?? true);
  console.log(`seed ${seed}, inputs ${from} to ${from + runs}`);
  console.log('parser                    inputs  inputs/s   refused  slowest  failures');
  let failed = chosen.length === 0;
  const order = { seed, from, to: from + runs, limitMs: Number(values.limit) };
  const work = async () => {
    for (let target = chosen.shift(); target !== undefined; target = chosen.shift()) {
      const tally = await watch({ name: target.name, ...order });
      print(target.name, tally);
      failed ||= tally.failures.length > 0;
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  process.exitCode = failed ? 1 : 0;
}

function print(name: string, tally: Tally): void {
  const rate = Math.round(tally.inputs / Math.max(tally.seconds, 0.001));
  const refused = `${Math.round((100 * tally.refused) / Math.max(tally.inputs, 1))} %`;
  console.log(
    `${name.padEnd(24)}${String(tally.inputs).padStart(8)}${String(rate).padStart(10)}${refused.padStart(10)}${`${tally.slowestMs} ms`.padStart(9)}${String(tally.failures.length).padStart(10)}`,
  );
  for (const { index, what, input, times } of tally.failures)
    console.log(`  ${times} times, first input ${index}: ${headOf(what)}\n    ${input}`);
}

const headOf = (what: string): string => what.split('\n').slice(0, 6).join('\n');

void (isMainThread ? main() : work(workerData as Work));
