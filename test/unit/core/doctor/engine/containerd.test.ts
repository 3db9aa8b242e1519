import { describe, expect, test } from '@jest/globals';
import { containerdFamily } from '../../../../../src/core/doctor/engine/containerd.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, textsOf, told } from '../../../../support/doctor-findings.js';

const FILE = '/etc/containerd/config.toml';
const find = (machine: Machine) => told(containerdFamily.find(doctorFacts(machine)));
const REGISTRY = 'plugins."io.containerd.grpc.v1.cri".registry';

test('a folder for its registries is no alarm', () => {
  const text = `version = 2\n[${REGISTRY}]\nconfig_path = "/etc/containerd/certs.d"\n`;
  expect(alarmsOn({ files: { [FILE]: text } })).toEqual([]);
});

describe('the containerd that dockerd is told to use', () => {
  const stopped = { 'containerd.service': { ActiveState: 'inactive' } };
  test('does not run', () => {
    expect(find({ units: stopped })).toEqual([
      'containerd-down containerd.service -> systemctl start containerd.service',
    ]);
  });

  test('is not needed by a dockerd that starts its own', () => {
    expect(
      find({ units: stopped, observed: { argv: ['/usr/sbin/dockerd', '-H', 'fd://'] } }),
    ).toEqual([]);
  });
});

describe('config.toml', () => {
  test('that is no TOML is set aside', () => {
    expect(find({ files: { [FILE]: 'version = ' } })).toEqual([
      `containerd-config-broken containerd -> mv -n ${FILE} ${FILE}.unused`,
    ]);
  });

  test('that is too large to be read is not said to stop containerd', () => {
    const files = { [FILE]: '[a]\n'.repeat(200_000) };
    expect(find({ files })).toEqual([`containerd-config-broken containerd -> head -c 300 ${FILE}`]);
    const [{ message } = { message: '' }] = containerdFamily.find(doctorFacts({ files }));
    expect(message).toMatch(/KiB: whether containerd starts with it is not known\.$/);
  });

  test('with config_path beside the old tables loses config_path, and nothing else', () => {
    const old = `[${REGISTRY}.mirrors."a"]\nendpoint = ["http://a"]\n`;
    const text = `version = 2\n# ours\n[${REGISTRY}]\nconfig_path = "/etc/containerd/certs.d"\n${old}`;
    const [finding] = containerdFamily.find(doctorFacts({ files: { [FILE]: text } }));
    expect(finding).toMatchObject({
      code: 'containerd-config-conflict',
      hint: 'dockerctl doctor --fix containerd-config-conflict',
    });
    const fixed = textsOf(finding?.fix)[FILE] ?? '';
    expect(fixed).not.toContain('config_path');
    expect(fixed).toContain(old);
    expect(fixed).toContain('# ours');
    expect(finding?.fix?.refresh.map(({ argv }) => argv.join(' '))).toEqual([
      'systemctl try-restart containerd.service',
    ]);
  });

  test.each(['config_path = ""\n', ''])('with %j beside them is as containerd takes it', (line) => {
    const text = `version = 2\n[${REGISTRY}]\n${line}[${REGISTRY}.mirrors."a"]\nendpoint = ["http://a"]\n`;
    expect(find({ files: { [FILE]: text } })).toEqual([]);
  });
});
