import { describe, expect, test } from '@jest/globals';
import { folderFindings } from '../../../../../src/core/doctor/trust/certs-names.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { textsOf, told } from '../../../../support/doctor-findings.js';

const CERTS = '/etc/docker/certs.d';
const on = (name: string, files: Machine['files'] = {}, more: Machine = {}) =>
  folderFindings(
    doctorFacts({ ...more, files: { [`${CERTS}/${name}/ca.crt`]: 'ca', ...files, ...more.files } }),
    name.split('/')[0] ?? '',
  );

test.each(['r.corp', 'r.corp:5000', 'docker.io', '_default', '10.0.0.1:5000'])(
  '%s is a name that readers look for',
  (name) => {
    expect(on(name)).toEqual([]);
  },
);

describe('a folder by another name', () => {
  test('with underscores is read by containerd alone', () => {
    const [finding] = on('r.corp_5000_');
    expect(told([finding!])).toEqual([
      `certs-folder-containerd-only r.corp_5000_ -> mv -n ${CERTS}/r.corp_5000_ ${CERTS}/r.corp:5000`,
    ]);
    expect(textsOf(finding?.fix)).toEqual({
      [`${CERTS}/r.corp:5000/ca.crt`]: 'ca',
      [`${CERTS}/r.corp_5000_/ca.crt`]: null,
    });
    expect(finding?.fix?.prune).toEqual([`${CERTS}/r.corp_5000_`]);
  });

  test('with a scheme has the registry’s inside', () => {
    expect(told(on('https:/r.corp:5000'))).toEqual([
      `certs-folder-name https:/r.corp:5000 -> mv -n ${CERTS}/https:/r.corp:5000 ${CERTS}/r.corp:5000`,
    ]);
  });

  test('that names no registry is moved out of the way', () => {
    expect(told(on('my registry'))).toEqual([
      `certs-folder-name my registry -> mv -n '${CERTS}/my registry' '/root/my registry'`,
    ]);
  });

  test('is not renamed to one that is there already', () => {
    const [finding] = on('r.corp_5000_', { [`${CERTS}/r.corp:5000/ca.crt`]: 'other' });
    expect(finding).toMatchObject({
      hint: `mv -n ${CERTS}/r.corp_5000_ /root/r.corp_5000_`,
    });
    expect(finding).not.toHaveProperty('fix');
  });
});

describe('a folder without the port that the registry is used with', () => {
  const used = (...names: string[]): Machine => ({ facts: { imageRegistries: names } });
  test('is not looked into', () => {
    expect(told(on('r.corp', {}, used('r.corp:5000')))).toEqual([
      `certs-folder-port r.corp -> mv -n ${CERTS}/r.corp ${CERTS}/r.corp:5000`,
    ]);
  });

  test('is as it should be where both are used, several, or both are there', () => {
    expect(on('r.corp', {}, used('r.corp', 'r.corp:5000'))).toEqual([]);
    expect(on('r.corp', {}, used('r.corp:5000', 'r.corp:5001'))).toEqual([]);
    expect(on('r.corp', { [`${CERTS}/r.corp:5000/ca.crt`]: 'x' }, used('r.corp:5000'))).toEqual([]);
  });
});
