import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../src/host/host.js';
import { realHost, temporaryFolder } from './node-host.js';
import { dockerctlOn, type Printed } from './program.js';

/** A machine's root folder, with the commands of `certs` on it. */
export interface Machine {
  readonly root: string;
  /** Path below the root. */
  at(path: string): string;
  text(path: string): string;
  run(...argv: string[]): Promise<Printed>;
  /** The answer of a command that must succeed. */
  data<Data>(...argv: string[]): Promise<Data>;
  /** The error of a command that must fail. */
  error(...argv: string[]): Promise<{ code: string; message: string; hint: string }>;
}

export const PKI = '/var/lib/dockerctl/pki';

/** `now`: a clock of the test's own, milliseconds since 1970. */
export function machine(now: () => number = Date.now): Machine {
  const root = temporaryFolder();
  const hostBelow = (below: string | null): Host => {
    const host = realHost(below);
    return { ...host, clock: { ...host.clock, now } };
  };
  const run = (...argv: string[]): Promise<Printed> =>
    dockerctlOn(hostBelow, [...argv, '--root', root]);
  const answer = async (argv: string[]): Promise<{ ok: boolean; data: never; error: never }> =>
    JSON.parse((await run(...argv, '--json')).stdout) as never;
  return {
    root,
    at: (path) => join(root, path),
    text: (path) => readFileSync(join(root, path), 'utf8'),
    run,
    async data(...argv) {
      const { ok, data, error } = await answer(argv);
      if (!ok) throw new Error(JSON.stringify(error));
      return data;
    },
    async error(...argv) {
      const { ok, data, error } = await answer(argv);
      if (ok) throw new Error(`it succeeded: ${JSON.stringify(data)}`);
      return error;
    },
  };
}
