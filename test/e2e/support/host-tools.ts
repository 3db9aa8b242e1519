import { beforeAll } from '@jest/globals';
import { execa } from 'execa';
import { fileURLToPath } from 'node:url';

const NEEDS = fileURLToPath(new URL('needs.sh', import.meta.url));

/** Debian packages that the tests of the enclosing `describe` run here, outside of machines. CI installs what is missing, elsewhere the command is named. */
export function useHostTools(...packages: readonly string[]): void {
  beforeAll(async () => {
    await execa('bash', ['-euc', 'source "$0"; need "$@"', NEEDS, ...packages]);
  });
}
