import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

describe('bash completes what this machine has', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.sh(`
      dockerctl certs issue --init --domain git.example.com
      dockerctl trust add-registry registry.test:5000 --ca /var/lib/dockerctl/pki/ca.crt --no-verify
      dockerctl mirrors set https://mirror.test https://other.test:8443
      dockerctl insecure add 10.0.0.5:5000
      mkdir '/etc/docker/certs.d/$(touch pwned)'
      dockerctl completion bash >/root/completion`);
  });

  /** What TAB offers behind the line. Without a PATH no program can be started. */
  const offered = async (line: string): Promise<string[]> => {
    const { stdout } = await machine.exec([
      ...['bash', '-c'],
      `. /root/completion; PATH=; COMP_LINE=$1; COMP_POINT=\${#1}
       words=\${1//:/ : }; COMP_WORDS=($words); [[ $1 != *' ' ]] || COMP_WORDS+=('')
       COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _dockerctl; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ...['bash', line],
    ]);
    return stdout.trimEnd().split('\n');
  };

  test.each([
    ['dockerctl trust remove-registry re', ['registry.test:5000']],
    // bash has put the text up to the colon into a word of its own.
    ['dockerctl trust remove-registry registry.test:5', ['5000']],
    ['dockerctl trust verify 10', ['10.0.0.5:5000']],
    ['dockerctl insecure remove 1', ['10.0.0.5:5000']],
    ['dockerctl mirrors remove https://o', ['//other.test:8443']],
    ['dockerctl certs renew g', ['git.example.com']],
    ['dockerctl config set log-driver jo', ['journald']],
  ])('%s<TAB>', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  test('a name that is a command is offered to nobody, and not run', async () => {
    expect((await offered('dockerctl trust remove-registry ')).join(' ')).not.toContain('touch');
    expect(await machine.sh('find / -xdev -name pwned')).toBe('');
  });
});
