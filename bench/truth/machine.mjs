import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, '../../test/e2e/support/machine.sh');
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

/** A throwaway machine. `exec` and `sh` never throw: they answer { status, out, err, seconds }. */
export function bootMachine(name, suite) {
  execFileSync(SCRIPT, ['down', name]);
  let leader = up(['up', name, suite], { E2E_OWNER: `${process.pid}` });
  const exec = (argv, { input = '', seconds = 400 } = {}) =>
    run(['-t', leader, '-a', ...argv], { input, seconds });
  return {
    exec,
    sh: (script, options) => exec(['bash', '-uo', 'pipefail', '-c', script], options),
    dockerctl: (...args) => exec(['dockerctl', ...args]),
    write: (path, text) => exec(['sh', '-euc', 'cat >"$1"', 'sh', path], { input: text }),
    reboot: () => (leader = up(['reboot', name], {})),
    down: () => execFileSync(SCRIPT, ['down', name]),
  };
}

function up(argv, env) {
  const all = { ...process.env, ...env };
  return execFileSync(SCRIPT, argv, { encoding: 'utf8', env: all }).trim();
}

function run(argv, { input, seconds }) {
  const started = Date.now();
  const options = { env: ENVIRONMENT, timeout: seconds * 1000, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve) => {
    const child = execFile('nsenter', argv, options, (error, out, err) => {
      const status = error === null ? 0 : (error.code ?? `killed after ${seconds} s`);
      resolve({ status, out, err, seconds: (Date.now() - started) / 1000 });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
