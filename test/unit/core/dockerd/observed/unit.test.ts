import { describe, expect, test } from '@jest/globals';
import { flagSources } from '../../../../../src/core/dockerd/observed/flag-sources.js';
import {
  dockerdWords,
  parseUnitCommand,
  splitWords,
} from '../../../../../src/core/dockerd/observed/unit.js';

const UNIT = '/lib/systemd/system/docker.service';
const DROP_IN = '/etc/systemd/system/docker.service.d/override.conf';
const DEFAULTS = '/etc/default/docker';

const debian = `# ${UNIT}
[Service]
EnvironmentFile=-${DEFAULTS}
ExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock $DOCKER_OPTS
`;

const words = (cat: string, defaults: string | null = null) =>
  parseUnitCommand(cat, (path) => (path === DEFAULTS ? defaults : null)).words;

describe('parseUnitCommand', () => {
  test('expands the words of an EnvironmentFile and names it as their source', () => {
    expect(words(debian, 'DOCKER_OPTS="--mtu=1400 --label a=b"\n').slice(3)).toEqual([
      { word: '--containerd=/run/containerd/containerd.sock', source: UNIT },
      { word: '--mtu=1400', source: DEFAULTS },
      { word: '--label', source: DEFAULTS },
      { word: 'a=b', source: DEFAULTS },
    ]);
  });

  test('an unset variable disappears, a missing EnvironmentFile is no error', () => {
    expect(words(debian).map(({ word }) => word)).toEqual([
      '/usr/sbin/dockerd',
      '-H',
      'fd://',
      '--containerd=/run/containerd/containerd.sock',
    ]);
  });

  test('a drop-in that clears ExecStart replaces it', () => {
    const cat = `${debian}\n# ${DROP_IN}\n[Service]\nExecStart=\nExecStart=/usr/bin/dockerd \\\n    --debug\n`;
    expect(words(cat)).toEqual([
      { word: '/usr/bin/dockerd', source: DROP_IN },
      { word: '--debug', source: DROP_IN },
    ]);
  });

  test('Environment= of a drop-in feeds ${…} without splitting it', () => {
    const cat = `# ${UNIT}\nExecStart=-/usr/bin/dockerd --label=\${LABEL}\n# ${DROP_IN}\nEnvironment="LABEL=a=b c" X=1\n`;
    expect(words(cat)).toEqual([
      { word: '/usr/bin/dockerd', source: UNIT },
      { word: '--label=a=b c', source: DROP_IN },
    ]);
  });

  test('an EnvironmentFile wins over Environment=', () => {
    const cat = `${debian}Environment=DOCKER_OPTS=--debug\n`;
    expect(words(cat, 'DOCKER_OPTS=--mtu=1400').at(-1)).toEqual({
      word: '--mtu=1400',
      source: DEFAULTS,
    });
  });
});

describe('flagSources', () => {
  test('names the file of every flag, and the process for flags that no file has', () => {
    const argv = ['/usr/sbin/dockerd', '-H', 'fd://', '--mtu', '1400', '--debug'];
    const unit = words(
      `# ${UNIT}\nExecStart=dockerd -H fd:// $DOCKER_OPTS\nEnvironmentFile=${DEFAULTS}`,
      'DOCKER_OPTS="--mtu 1400"',
    );
    expect(flagSources(argv, unit, 'process 7')).toEqual([
      { flag: '-H', source: UNIT },
      { flag: '--mtu', source: DEFAULTS },
      { flag: '--debug', source: 'process 7' },
    ]);
  });

  test('the same flag with another value is not the unit’s', () => {
    const unit = words(`# ${UNIT}\nExecStart=dockerd --mtu=1400`);
    expect(flagSources(['dockerd', '--mtu=1500'], unit, 'process 7')).toEqual([
      { flag: '--mtu=1500', source: 'process 7' },
    ]);
  });
});

test.each([
  [`a "b c" 'd e' f\\ g`, ['a', 'b c', 'd e', 'f g']],
  ['--label="x y"', ['--label=x y']],
  [' \t ', []],
  [`"say \\"hi\\""`, ['say "hi"']],
])('splitWords reads %j as systemd does', (text, expected) => {
  expect(splitWords(text)).toEqual(expected);
});

test('a setting with a hundred thousand blanks in it is read', () => {
  const cat = `[Service]\nExecStart=/usr/bin/dockerd${' '.repeat(100_000)}--debug \n`;
  expect(parseUnitCommand(cat, () => null).words).toHaveLength(2);
});

test.each([
  ['/usr/bin/dockerd -H fd://', '/usr/bin/dockerd -H fd://'],
  ['/usr/bin/env A=b /usr/bin/dockerd --debug', '/usr/bin/dockerd --debug'],
  ['/usr/bin/dockerd-rootless.sh --debug', '/usr/bin/dockerd-rootless.sh --debug'],
  ['/usr/bin/snap run docker.dockerd', ''],
])('of %s the part of dockerd is %j', (command, wanted) => {
  const sourced = command.split(' ').map((word) => ({ word, source: UNIT }));
  expect(dockerdWords(sourced).map(({ word }) => word)).toEqual(wanted.split(' ').filter(Boolean));
});

test('a long variable in many places makes no endless word', () => {
  const cat = `[Service]\nEnvironment=A=${'x'.repeat(30_000)}\nExecStart=/usr/bin/dockerd ${'${A}'.repeat(10_000)}\n`;
  expect(parseUnitCommand(cat, () => null).words[1]?.word).toHaveLength(131_072);
  const words = `[Service]\nEnvironment="A=${'x '.repeat(15_000)}"\nExecStart=/usr/bin/dockerd ${'$A '.repeat(20_000)}\n`;
  expect(parseUnitCommand(words, () => null).words.length).toBeLessThan(131_072);
});

test('a file that is named again is read once, and counts where it is named last', () => {
  const read: string[] = [];
  const cat = `[Service]\nEnvironmentFile=/a\nEnvironmentFile=-/b\nEnvironmentFile=/a\nExecStart=dockerd $A\n`;
  const { words, environmentFiles } = parseUnitCommand(cat, (path) => {
    read.push(path);
    return `A=${path}`;
  });
  expect(read).toEqual(['/b', '/a']);
  expect(environmentFiles).toEqual(read);
  expect(words[1]).toEqual({ word: '/a', source: '/a' });
});
