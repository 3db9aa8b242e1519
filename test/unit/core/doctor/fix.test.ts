import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { planFix } from '../../../../src/core/doctor/fix.js';
import { planDiff } from '../../../../src/core/plan/plan-text.js';
import { issue, server } from '../../../support/openssl.js';
import { doctorFacts, imageOf, type Machine } from '../../../support/doctor-facts.js';

const CONFIG = '/etc/docker/daemon.json';
const FOLDER = '/etc/docker/certs.d/registry.lab:5000';
const key = { content: { secret: 'a'.repeat(64), size: 5 }, mode: 0o644, uid: 0, gid: 0 };
const fix = (machine: Machine, ...codes: string[]) => planFix(doctorFacts(machine), codes);

describe('planFix', () => {
  test('changes nothing on a healthy machine', () => {
    expect(fix({})).toMatchObject({ plan: { changes: [], refresh: [] }, fixed: [], words: null });
  });

  test('without codes takes what is safe, and no more', () => {
    const { plan, fixed } = fix({
      files: {
        [`${FOLDER}/client.key`]: key,
        '/etc/systemd/system/docker.service.d/tcp.conf':
          '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H tcp://0.0.0.0:2375\n',
      },
      observed: { argv: ['/usr/sbin/dockerd', '-H', 'tcp://0.0.0.0:2375'] },
    });
    expect(fixed.map(({ code }) => code)).toEqual(['trust-key-without-cert']);
    expect(plan.activation.action).toBe('none');
    expect(plan.changes.map(({ path }) => path)).toEqual([
      `${FOLDER}/client.key.unused`,
      `${FOLDER}/client.key`,
    ]);
  });

  test('a pair of a server is moved away by name alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fix-'));
    const { cert } = issue(folder, { cn: 'reg', extensions: server('DNS:registry.lab') });
    rmSync(folder, { recursive: true });
    const pair = {
      [`${FOLDER}/server.cert`]: cert,
      [`${FOLDER}/server.key`]: { ...key, mode: 0o600 },
    };
    expect(fix({ files: pair }).fixed).toEqual([]);
    const { plan } = fix({ files: pair }, 'trust-server-key');
    expect(plan.changes.filter(({ after }) => after !== null).map(({ path }) => path)).toEqual([
      `${FOLDER}/server.cert.unused`,
      `${FOLDER}/server.key.unused`,
    ]);
  });

  test('never holds the bytes of a key', () => {
    const { plan } = fix({ files: { [`${FOLDER}/client.key`]: key } });
    expect(planDiff(plan)).toContain('not shown');
  });

  test('makes each fix on what those before it left: a folder is renamed with what was fixed in it', () => {
    const { plan, fixed } = fix({
      files: { '/etc/docker/certs.d/registry.lab_5000_/client.key': key },
    });
    expect(fixed.map(({ code }) => code)).toEqual([
      'certs-folder-containerd-only',
      'trust-key-without-cert',
    ]);
    expect(plan.changes.filter(({ after }) => after !== null).map(({ path }) => path)).toEqual([
      `${FOLDER}/client.key.unused`,
    ]);
  });

  test('with a code moves the flags of a variable into the file, and says what dockerd is started with', () => {
    const { plan, words } = fix(
      {
        files: {
          '/etc/default/docker': 'DOCKER_OPTS="--insecure-registry a:5000 --debug"\n',
          '/etc/systemd/system/docker.service.d/own.conf':
            '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd://\n',
        },
        observed: { argv: ['/usr/sbin/dockerd', '-H', 'fd://'] },
      },
      'unit-variable-unused',
    );
    expect(plan.activation.action).toBe('restart');
    const after = plan.changes.find(({ path }) => path === CONFIG)?.after?.content;
    expect(after).toMatchObject({ text: expect.stringContaining('"a:5000"') });
    expect(words).toBeNull();
  });

  test.each([
    ['two plain values', '{"debug": true, "debug": false}', '{"debug": false}'],
    ['a comment', '{\n  // why\n  "debug": true\n}', '{\n  "debug": true\n}'],
  ])('fixes a file with %s when its code is named', (_, text, wanted) => {
    const code = text.includes('//') ? 'comment' : 'duplicate-key';
    const { plan } = fix({ files: { [CONFIG]: text } }, code);
    expect(plan.changes.find(({ path }) => path === CONFIG)?.after).toEqual(imageOf(wanted));
    expect(fix({ files: { [CONFIG]: text } }).plan.changes).toEqual([]);
  });

  test('two objects of one name are for a person to join', () => {
    const text = '{"log-opts": {"a": "1"}, "log-opts": {"b": "2"}}';
    expect(fix({ files: { [CONFIG]: text } }, 'duplicate-key').plan.changes).toEqual([]);
  });
});
