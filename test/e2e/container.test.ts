import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

/** What `docker build` of the Dockerfile copies, and what the image that it starts from holds of this machine. */
const NODE_IMAGE = `
  mkdir -p /srv/base/usr/local/bin /srv/base/usr/bin /srv/base/etc /srv/base/tmp
  cp /usr/local/bin/node /srv/base/usr/local/bin
  cp /usr/bin/env /usr/bin/ln /srv/base/usr/bin
  for file in /usr/local/bin/node /usr/bin/env /usr/bin/ln; do
    ldd $file | grep -o '/[^ ]*' | xargs -I{} cp --parents -L {} /srv/base
  done
  echo node:x:1000:1000::/: >/srv/base/etc/passwd
  tar -C /srv/base -c . | docker import --change 'ENV PATH=/usr/local/bin:/usr/bin' - node:22-slim
  mkdir -p /srv/clone && cp -r /usr/local/lib/dockerctl/* /srv/clone`;

describe('daemon.json in a repository, judged in a container', () => {
  const machine = useMachine();

  beforeAll(() => machine.sh(NODE_IMAGE));

  test('the Dockerfile makes an image that judges what it is given, not as root', async () => {
    for (const name of ['Dockerfile', '.dockerignore'])
      await machine.write(`/srv/clone/${name}`, readFileSync(name));
    await machine.write('/srv/clone/secret', 'of no use in an image');
    await machine.sh(
      'cd /srv/clone && DOCKER_BUILDKIT=0 docker build --network none -t dockerctl .',
    );
    const judge = (content: string) =>
      machine.exec(
        [
          ...['docker', 'run', '--rm', '-i', '--network', 'none', '--read-only', 'dockerctl'],
          ...['config', 'validate', '-', '--engine', '28.5'],
        ],
        { input: content },
      );
    expect(await judge('{"debug": true}\n')).toMatchObject({ status: 0 });
    expect(await judge('{"debug": "yes"}\n')).toMatchObject({ status: 1 });
    const looks = 'docker run --rm --network none --entrypoint /usr/local/bin/node dockerctl -p';
    expect(await machine.sh(`${looks} 'process.getuid()'`)).toBe('1000');
    expect(await machine.sh(`${looks} 'fs.existsSync("/usr/local/lib/dockerctl/secret")'`)).toBe(
      'false',
    );
  });
});
