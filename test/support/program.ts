import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.js';
import { realHost } from './node-host.js';

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process as the program would, without a terminal. */
export async function dockerctl(...argv: string[]): Promise<Printed> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const status = await run(argv, {
    version: '0.0.0-test',
    hostBelow: realHost,
    streams: { stdin, stdout, stderr, env: {} },
  });
  return { status, stdout: await textOf(stdout), stderr: await textOf(stderr) };
}

async function textOf(stream: PassThrough): Promise<string> {
  stream.end();
  const pieces = (await stream.toArray()) as Buffer[];
  return Buffer.concat(pieces).toString('utf8');
}
