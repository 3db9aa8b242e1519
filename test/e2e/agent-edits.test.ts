import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  countOf,
  FILE,
  GOOD,
  IS_BACK,
  IS_SETTLED,
  lastTold,
  OTHER,
  until,
  untilTold,
  useKeptMachine,
} from './support/agent.js';
import { daemonIdentity, dockerInfo } from './support/daemon.js';

describe('the agent', () => {
  const machine = useKeptMachine();
  const other = OTHER.trim();

  /** `resume` forgives: each test begins as on another day. */
  beforeEach(() => machine.dockerctl('resume'));

  test.each([
    ['an editor that writes in place', `echo '${other}' >${FILE}`],
    ['sed -i', `sed -i s/mirror.example/other.example/ ${FILE}`],
    ['cp', `echo '${other}' >/run/other; cp /run/other ${FILE}`],
    ['a rename over it', `echo '${other}' >/etc/docker/.tmp; mv /etc/docker/.tmp ${FILE}`],
    ['vim, which renames it away', `mv ${FILE} ${FILE}~; echo '${other}' >${FILE}; rm ${FILE}~`],
    ['a reload with it', `sed -i s/mirror.example/other.example/ ${FILE}; systemctl reload docker`],
    ['a deletion', `rm ${FILE}`],
    ['an emptied file', `: >${FILE}`],
    ['half a file', `printf '{"registry-mirrors":["https' >${FILE}`],
    [
      'a link in its place',
      `mkdir -p /etc/docker/theirs; echo '${other}' >/etc/docker/theirs/1.json; ln -s /etc/docker/theirs/1.json /etc/docker/.link; mv -T /etc/docker/.link ${FILE}`,
    ],
    [
      'that link swapped for another',
      `echo '${other}' >/etc/docker/theirs/2.json; ln -s /etc/docker/theirs/2.json /etc/docker/.link; mv -T /etc/docker/.link ${FILE}`,
    ],
    ['an edit behind the link', `sed -i s/mirror.example/other.example/ /etc/docker/theirs/2.json`],
  ])('undoes %s, says it once, and does not restart dockerd', async (_, edit) => {
    const before = await daemonIdentity(machine);
    const said = await countOf(machine, 'drift-detected');
    await machine.sh(edit);
    await untilTold(machine, 'drift-detected', said);
    await until(machine, IS_BACK);
    await until(machine, IS_SETTLED);
    expect(await machine.read(FILE)).toBe(GOOD);
    expect(await daemonIdentity(machine)).toEqual(before);
    expect(await countOf(machine, 'drift-detected')).toBe(said + 1);
    expect(await lastTold(machine, 'drift-detected')).toMatchObject({
      DOCKERCTL_EVENT: 'drift-detected',
      DOCKERCTL_SCOPE: 'daemon',
      DOCKERCTL_PATH: FILE,
      DOCKERCTL_ACTION: 'reload',
      DOCKERCTL_CODE: expect.stringMatching(/^drift-file/),
      DOCKERCTL_DESIRED_HASH: expect.stringMatching(/^[0-9a-f]{64}$/),
      DOCKERCTL_OBSERVED_HASH: expect.stringMatching(/^[0-9a-f]{64}$/),
      PRIORITY: '4',
    });
  });

  test('brings back a lost file as the last command left it', async () => {
    await machine.sh(`dockerctl config set debug true; rm ${FILE}`);
    await until(machine, IS_BACK);
    await until(machine, IS_SETTLED);
    expect(JSON.parse(await machine.read(FILE))).toMatchObject({ debug: true });
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('true');
  });
});
