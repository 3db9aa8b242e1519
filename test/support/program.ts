import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.js';
import type { Host } from '../../src/host/host.js';
import { realHost } from './node-host.js';

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process as the program would, without a terminal. */
export const dockerctl = (...argv: string[]): Promise<Printed> => dockerctlOn(realHost, argv);

/** The same on a Host of the test's own making. */
export async function dockerctlOn(
  hostBelow: (root: string | null) => Host,
  argv: readonly string[],
): Promise<Printed> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const status = await run(argv, {
    version: '0.0.0-test',
    hostBelow,
    streams: { stdin, stdout, stderr, env: {} },
  });
  return { status, stdout: await textOf(stdout), stderr: await textOf(stderr) };
}

async function textOf(stream: PassThrough): Promise<string> {
  stream.end();
  const pieces = (await stream.toArray()) as Buffer[];
  return Buffer.concat(pieces).toString('utf8');
}
