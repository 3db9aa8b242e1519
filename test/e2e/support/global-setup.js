import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Once before the first machine. Plain JavaScript: jest would load TypeScript as CommonJS here. */
export default function prepare() {
  execFileSync(fileURLToPath(new URL('machine.sh', import.meta.url)), ['prepare'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
