import { describe, expect, test } from '@jest/globals';
import { moveFlags } from '../../../../../src/core/doctor/engine/flags-to-file.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { textsOf } from '../../../../support/doctor-findings.js';

const FILE = '/etc/default/docker';
const CONFIG = '/etc/docker/daemon.json';
const move = (value: string, config?: string) =>
  moveFlags(
    doctorFacts({
      files: {
        [FILE]: `# ours\nDOCKER_OPTS="${value}"\n`,
        ...(config !== undefined && { [CONFIG]: config }),
      },
    }),
    'unit-variable-unused',
    { path: FILE, name: 'DOCKER_OPTS', value },
  );

test('flags become keys, lists and all, and the variable a comment', () => {
  const { hint, fix } = move(
    '--insecure-registry a:5000 --insecure-registry b:5000 --debug',
    '{"icc": false}',
  );
  expect(hint).toBe('dockerctl doctor --fix unit-variable-unused');
  const texts = textsOf(fix);
  expect(texts[FILE]).toBe(
    '# ours\n# moved into daemon.json: DOCKER_OPTS="--insecure-registry a:5000 --insecure-registry b:5000 --debug"\n',
  );
  expect(JSON.parse(texts[CONFIG] ?? '')).toEqual({
    icc: false,
    'insecure-registries': ['a:5000', 'b:5000'],
    debug: true,
  });
  expect(fix?.activation.action).toBe('restart');
});

describe('for a person to move', () => {
  test.each([
    ['a socket, which systemd hands over', '-H tcp://127.0.0.1:2375', undefined],
    ['a word that is no flag', '--nonsense', undefined],
    ['no flag at all', '', undefined],
    ['a key that the file has', '--mtu=1400', '{"mtu": 1500}'],
    ['a file that is no JSON', '--mtu=1400', '{"mtu": }'],
  ])('%s', (_, value, config) => {
    expect(move(value, config)).toEqual({ hint: 'systemctl edit docker.service' });
  });
});
