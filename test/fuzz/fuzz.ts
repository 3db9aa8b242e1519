import { setImmediate } from 'node:timers/promises';
import { isDockerctlError } from '../../src/errors.js';
import { mutate, type Corpus } from './mutate.js';
import { randomFrom } from './random.js';

/** A parser of foreign input, and what its inputs are made of. */
export interface Target extends Corpus {
  readonly name: string;
  /** Does with the bytes what the program does. May throw a DockerctlError, and nothing else. */
  readonly read: (bytes: Uint8Array) => unknown;
  /** The input is secret: no error may repeat a part of it. */
  readonly secret?: boolean;
}

/** One way to fail, by the first input that did. */
export interface Failure {
  readonly index: number;
  readonly what: string;
  readonly input: string;
  readonly times: number;
}

export interface Tally {
  readonly inputs: number;
  /** How many were refused with an error of ours. */
  readonly refused: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly failures: readonly Failure[];
}

export interface Order {
  readonly seed: number;
  /** Inputs `from` up to, but without, `to`. */
  readonly from: number;
  readonly to: number;
  /** No input may take longer, the third time it is tried. */
  readonly limitMs: number;
  /** Told every input before it is read. */
  readonly begin?: (input: Uint8Array) => void;
}

/** What waits for the event loop to turn (streams that end, weak references) is not freed before it does. */
const BREATH = 100;

/** Reads input after input. Failures that begin alike are one. */
export async function fuzz(target: Target, order: Order): Promise<Tally> {
  const failures = new Map<string, Failure>();
  let [refused, slowestMs, inputs] = [0, 0, 0];
  const limitMs = target.slow === true ? 10 * order.limitMs : order.limitMs;
  const start = performance.now();
  for (let index = order.from; index < order.to; index += 1) {
    const input = mutate(target, randomFrom(order.seed, index));
    order.begin?.(input);
    const before = performance.now();
    const verdict = await judge(target, input);
    let took = performance.now() - before;
    for (let again = 0; again < 2 && took > limitMs; again += 1)
      took = Math.min(took, await timeOf(target, input));
    slowestMs = Math.max(slowestMs, took);
    inputs += 1;
    if (inputs % BREATH === 0) await setImmediate();
    if (verdict === 'refused') refused += 1;
    const what =
      took > limitMs
        ? `takes ${Math.round(took)} ms for ${input.length} bytes`
        : verdict === 'refused' || verdict === 'read'
          ? null
          : verdict.what;
    if (what === null) continue;
    const kind = what.replace(/\d+/g, '0').split('\n').slice(0, 2).join('\n');
    const { times, ...first } = failures.get(kind) ?? { index, what, input: show(input), times: 0 };
    failures.set(kind, { ...first, times: times + 1 });
  }
  return {
    inputs,
    refused,
    seconds: (performance.now() - start) / 1000,
    slowestMs: Math.round(slowestMs),
    failures: [...failures.values()],
  };
}

type Verdict = 'read' | 'refused' | { readonly what: string };

async function judge(target: Target, input: Uint8Array): Promise<Verdict> {
  try {
    await target.read(input);
  } catch (error) {
    if (!isDockerctlError(error) || error.code === 'bug')
      return { what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    if (target.secret === true && repeats(`${error.message} ${error.hint}`, input))
      return { what: `tells the secret: ${error.message}` };
    return pollution() ?? 'refused';
  }
  return pollution() ?? 'read';
}

/** A key of the input that became a property of every object. */
function pollution(): Verdict | null {
  for (const key in {}) return { what: `Object.prototype has ${key}` };
  return null;
}

/** Sixteen characters in a row, which no word of ours shares with a key. */
function repeats(message: string, input: Uint8Array): boolean {
  const text = Buffer.from(input).toString('latin1');
  for (const [word] of message.matchAll(/[A-Za-z0-9+/=]{16,}/g))
    if (text.includes(word)) return true;
  return false;
}

async function timeOf(target: Target, input: Uint8Array): Promise<number> {
  const before = performance.now();
  await judge(target, input);
  return performance.now() - before;
}

/** To be made a test of. */
export function show(input: Uint8Array): string {
  return `${input.length} bytes, base64 ${Buffer.from(input).subarray(0, 6000).toString('base64')}`;
}
