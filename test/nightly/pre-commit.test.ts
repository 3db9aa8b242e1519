import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { useMachine } from '../e2e/support/machine.js';

const machine = useMachine({ online: true });

test('the hook of pre-commit refuses the commit of a file with which dockerd would not start', async () => {
  await machine.write('/srv/hooks/.pre-commit-hooks.yaml', readFileSync('.pre-commit-hooks.yaml'));
  await machine.sh(`
    apt-get -o Acquire::Check-Valid-Until=false update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends git pre-commit
    git config --global user.name t; git config --global user.email t@test
    cd /srv/hooks && git init -q && git add . && git commit -qm hooks
    mkdir /srv/fleet && cd /srv/fleet && git init -q
    printf 'repos:\\n- repo: /srv/hooks\\n  rev: %s\\n  hooks:\\n  - id: dockerctl-config-validate\\n    args: [--engine, "28.5"]\\n' \\
      $(git -C /srv/hooks rev-parse HEAD) >.pre-commit-config.yaml
    pre-commit install`);
  const commit = (content: string) =>
    machine.exec(
      ['bash', '-c', 'cd /srv/fleet && cat >daemon.json && git add . && git commit -m x'],
      {
        input: content,
      },
    );
  const refused = await commit('{"debug": "yes"}\n');
  expect(refused.status).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('debug must be true or false');
  expect(await commit('{"debug": true}\n')).toMatchObject({ status: 0 });
});
