import { afterAll, beforeAll } from '@jest/globals';
import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { useHostTools } from './host-tools.js';

/** The built program and its neighbours on this computer, outside of machines, in a folder of the enclosing `describe`. */
export interface HostProgram {
  readonly folder: () => string;
  /** Never throws for an exit status. */
  readonly run: (program: string, ...argv: readonly string[]) => Promise<Ran>;
  readonly dockerctl: (...argv: readonly string[]) => Promise<Ran>;
  /** `dockerctl certs …`, which must succeed; its stdout. */
  readonly certs: (...argv: readonly string[]) => Promise<string>;
}

interface Ran {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  /** stdout and stderr as they came. */
  readonly all: string;
}

/** With these Debian packages; see host-tools.ts. */
export function useHostProgram(...packages: readonly string[]): HostProgram {
  useHostTools(...packages);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dockerctl-certs-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run: HostProgram['run'] = (program, ...argv) =>
    execa(program, argv, {
      cwd: folder,
      reject: false,
      all: true,
      env: { NODE_EXTRA_CA_CERTS: '' },
    });
  const dockerctl: HostProgram['dockerctl'] = (...argv) =>
    run(process.execPath, resolve('dist/dockerctl.cjs'), ...argv);
  return {
    folder: () => folder,
    run,
    dockerctl,
    certs: async (...argv) => {
      const ran = await dockerctl('certs', ...argv);
      if (ran.exitCode !== 0) throw new Error(`${argv.join(' ')}: ${ran.all}`);
      return ran.stdout;
    },
  };
}
