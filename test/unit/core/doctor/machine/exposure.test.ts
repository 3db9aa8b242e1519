import { describe, expect, test } from '@jest/globals';
import { exposureFamily } from '../../../../../src/core/doctor/machine/exposure.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, textsOf, told } from '../../../../support/doctor-findings.js';

const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';
const dropIn = (flags: string) => ({
  [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd ${flags}\n`,
});
const started = (...flags: string[]) => ({ argv: ['/usr/sbin/dockerd', ...flags] });
const found = (machine: Machine) => exposureFamily.find(doctorFacts(machine));
const find = (machine: Machine) => told(found(machine));

describe('an API on tcp', () => {
  test.each<[string, Machine]>([
    [
      'with verified clients by flags',
      {
        files: dropIn(
          '-H fd:// -H tcp://0.0.0.0:2376 --tlsverify --tlscacert=/etc/docker/ca.pem --tlscert=/etc/docker/cert.pem --tlskey=/etc/docker/key.pem',
        ),
        observed: started(
          ...['-H', 'fd://', '-H', 'tcp://0.0.0.0:2376', '--tlsverify'],
          ...['--tlscacert=/etc/docker/ca.pem', '--tlscert=/etc/docker/cert.pem'],
          '--tlskey=/etc/docker/key.pem',
        ),
        facts: { host: { kindOf: () => 'file' } },
      },
    ],
    [
      'on loopback',
      {
        files: dropIn('-H fd:// -H tcp://127.0.0.1:2375'),
        observed: started('-H', 'fd://', '-H', 'tcp://127.0.0.1:2375'),
      },
    ],
  ])('%s is no alarm', (_, machine) => {
    expect(alarmsOn(machine)).toEqual([]);
  });

  test('that asks nobody for a certificate listens on loopback after its fix', () => {
    const machine: Machine = {
      files: dropIn('-H fd:// -H tcp://0.0.0.0:2375'),
      observed: started('-H', 'fd://', '-H', 'tcp://0.0.0.0:2375'),
    };
    expect(find(machine)).toEqual([
      'api-without-tls tcp://0.0.0.0:2375 -> dockerctl doctor --fix api-without-tls',
    ]);
    expect(textsOf(found(machine)[0]?.fix)).toEqual(dropIn('-H fd:// -H tcp://127.0.0.1:2375'));
  });

  test('by the unit of the package is for a person to correct', () => {
    expect(find({ observed: started('-H', '0.0.0.0:2375') })).toEqual([
      'api-without-tls 0.0.0.0:2375 -> systemctl edit docker.service',
    ]);
    for (const no of ['false', '0', 'F'])
      expect(find({ observed: started('-H', '0.0.0.0:2375', `--tlsverify=${no}`) })).toHaveLength(
        1,
      );
    expect(find({ observed: started('-H', '0.0.0.0:2375', '--tlsverify=1') })).toEqual([]);
  });
});

describe('the socket', () => {
  test('that everybody may write to', () => {
    expect(find({ facts: { socketMode: 0o666 } })).toEqual([
      'socket-open-to-all /run/docker.sock -> chmod o-rw /run/docker.sock',
    ]);
    // Who may only read cannot connect (unix(7)).
    expect(find({ facts: { socketMode: 0o664 } })).toEqual([]);
  });

  const OWN = '/etc/systemd/system/docker.socket';
  test('of a unit that makes it so: an own file is rewritten, one of the package is for a person', () => {
    const files = { [OWN]: '[Socket]\nSocketMode=0666\nSocketUser=root\n' };
    const units = { 'docker.socket': { SocketMode: '0666', FragmentPath: OWN } };
    expect(find({ files, units })).toEqual([
      'socket-unit-open docker.socket -> dockerctl doctor --fix socket-unit-open',
    ]);
    expect(textsOf(found({ files, units })[0]?.fix)).toEqual({
      [OWN]: '[Socket]\nSocketMode=0660\nSocketUser=root\n',
    });
    expect(find({ units: { 'docker.socket': { SocketMode: '0666' } } })).toEqual([
      'socket-unit-open docker.socket -> systemctl edit docker.socket',
    ]);
  });

  test('of a masked unit has the modes of systemd, and is not made', () => {
    expect(find({ units: { 'docker.socket': { SocketMode: '0664' } } })).toEqual([]);
    const units = { 'docker.socket': { SocketMode: '0666', LoadState: 'masked' } };
    expect(find({ units })).toEqual([]);
  });
});

test('files that others may change are closed, whoever the others are', () => {
  const file = { path: '/etc/docker/daemon.json', mode: 0o666, uid: 1000, gid: 0 };
  const [finding] = found({ facts: { openFiles: [file] } });
  expect(finding).toMatchObject({
    ...{ code: 'config-open-to-others', subject: file.path },
    message: expect.stringMatching(/^uid 1000 may change it/),
    hint: `chown root:root ${file.path} && chmod go-w ${file.path}`,
  });
  expect(finding?.fix?.refresh.map(({ argv }) => argv)).toEqual([
    ['chown', 'root:root', file.path],
    ['chmod', 'go-w', file.path],
  ]);
});
