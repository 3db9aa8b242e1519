import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CheckAnswer } from '../../../../src/commands/certs/check.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';

async function withTwo(): Promise<Machine> {
  const box = machine();
  for (const name of ['a.test', 'b.test'])
    await box.data('certs', 'issue', '--init', '--domain', name);
  return box;
}

const damage = (box: Machine, ...files: string[]): void => {
  for (const file of files) writeFileSync(box.at(`${PKI}/${file}`), 'junk');
};

describe('a damaged certificate', () => {
  test.each([[[]], [['index.json']]])(
    'is told by check, which judges the others too (with %j)',
    async (more) => {
      const box = await withTwo();
      damage(box, 'certs/a.test.crt', ...more);
      const { checked, findings } = await box.data<CheckAnswer>(
        'certs',
        'check',
        '--within',
        '500d',
      );
      expect(checked).toBe(3);
      expect(findings.map(({ code }) => code)).toEqual([
        'certificate-damaged',
        'certificate-expires-soon',
      ]);
    },
  );

  test('that is gone is told by check and list, until it is issued anew', async () => {
    const box = await withTwo();
    unlinkSync(box.at(`${PKI}/certs/a.test.crt`));
    const { checked, findings } = await box.data<CheckAnswer>('certs', 'check');
    expect([checked, findings.map(({ code, message }) => [code, message])]).toEqual([
      3,
      [['certificate-damaged', expect.stringMatching(/certs\/a\.test\.crt is gone/)]],
    ]);
    const listed = await box.data<{ readonly notes: readonly string[] }>('certs', 'list');
    expect(listed.notes.join()).toContain('a.test.crt is gone');
    await box.data('certs', 'issue', '--force', '--domain', 'a.test');
    expect(await box.data('certs', 'check')).toMatchObject({ checked: 3, findings: [] });
  });

  test('keeps nobody from renewing the others, and is replaced by a new one; the file is kept', async () => {
    const box = await withTwo();
    damage(box, 'certs/a.test.crt');
    expect(await box.error('certs', 'renew', 'a.test')).toMatchObject({
      code: 'invalid-certificate',
      hint: expect.stringContaining('issue --force --name a.test --domain a.test'),
    });
    await box.data('certs', 'issue', '--force', '--domain', 'a.test');
    await box.data('certs', 'renew', 'b.test');
    expect(await box.data('certs', 'check')).toMatchObject({ checked: 3, findings: [] });
    const old = readdirSync(box.at(`${PKI}/old`)).filter((file) => file.startsWith('a.test'));
    expect(old.map((file) => file.replace(/[0-9a-f]{32}/u, 'ID'))).toEqual([
      'a.test.ID.damaged',
      'a.test.ID.key',
    ]);
  });
});

describe('a damaged key', () => {
  test('is not handed out nor used again, and a renewal makes a new pair', async () => {
    const box = await withTwo();
    damage(box, 'certs/a.test.key');
    const refused = { code: 'invalid-certificate' };
    expect(await box.error('certs', 'export', 'a.test', '--out', '/o')).toMatchObject(refused);
    expect(await box.error('certs', 'deploy', 'a.test', '--to', '/o')).toMatchObject(refused);
    expect(await box.error('certs', 'renew', 'a.test', '--reuse-key')).toMatchObject(refused);
    await box.data('certs', 'renew', 'a.test');
    await box.data('certs', 'export', 'a.test', '--out', '/o');
  });

  test('of another certificate is told to be so', async () => {
    const box = await withTwo();
    writeFileSync(box.at(`${PKI}/certs/a.test.key`), box.text(`${PKI}/certs/b.test.key`));
    expect(await box.error('certs', 'export', 'a.test', '--out', '/o')).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringContaining('a.test.key is not the key of the certificate beside it'),
    });
  });
});

describe('a file that is lost', () => {
  test('a key without its certificate is not written over unasked, and is kept with --force', async () => {
    const box = await withTwo();
    const key = box.text(`${PKI}/certs/b.test.key`);
    unlinkSync(box.at(`${PKI}/certs/b.test.crt`));
    expect(await box.error('certs', 'issue', '--domain', 'b.test')).toMatchObject({
      code: 'exists',
      message: expect.stringContaining('b.test.key is there without its certificate'),
      hint: expect.stringContaining('--force'),
    });
    expect(box.text(`${PKI}/certs/b.test.key`)).toBe(key);
    await box.data('certs', 'issue', '--domain', 'b.test', '--force');
    const [old = ''] = readdirSync(box.at(`${PKI}/old`));
    expect(old).toMatch(/^b\.test\.[0-9a-f]{32}\.key$/u);
    expect(box.text(`${PKI}/old/${old}`)).toBe(key);
  });

  test.each([
    [['certs', 'init']],
    [['certs', 'issue', '--init', '--domain', 'c.test']],
    [['certs', 'issue', '--init', '--domain', 'c.test', '--dry-run']],
    [['certs', 'list']],
  ])('without ca.crt the authority is not taken for none: %j', async (argv) => {
    const box = await withTwo();
    const key = box.text(`${PKI}/ca.key`);
    unlinkSync(box.at(`${PKI}/ca.crt`));
    expect(await box.error(...argv)).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(`${PKI}/ca.crt is missing`),
      hint: expect.stringMatching(/restore it.+certs init --force/u),
    });
    expect(box.text(`${PKI}/ca.key`)).toBe(key);
  });

  test('init --force puts away what is left of an authority', async () => {
    const box = await withTwo();
    unlinkSync(box.at(`${PKI}/ca.crt`));
    await box.data('certs', 'init', '--force');
    const [stamp = ''] = readdirSync(box.at(`${PKI}/replaced`));
    expect(readdirSync(box.at(`${PKI}/replaced/${stamp}`))).toContain('ca.key');
  });

  test('a renewal makes a new key in the place of one that is lost', async () => {
    const box = await withTwo();
    const old = box.text(`${PKI}/certs/b.test.crt`);
    unlinkSync(box.at(`${PKI}/certs/b.test.key`));
    const lost = { code: 'not-found', message: expect.stringContaining('b.test.key is missing') };
    expect(await box.error('certs', 'deploy', 'b.test', '--to', '/o')).toMatchObject(lost);
    expect(await box.error('certs', 'renew', 'b.test', '--reuse-key')).toMatchObject(lost);
    await box.data('certs', 'renew', 'b.test');
    const fresh = new X509Certificate(box.text(`${PKI}/certs/b.test.crt`));
    const key = createPrivateKey(box.text(`${PKI}/certs/b.test.key`));
    expect(fresh.checkPrivateKey(key)).toBe(true);
    expect(new X509Certificate(old).checkPrivateKey(key)).toBe(false);
  });
});

test('a key that is lost keeps no other certificate from its place', async () => {
  let now = Date.now();
  const box = machine(() => now);
  for (const [name, days] of [
    ['a.test', '9'],
    ['b.test', '300'],
  ] as const) {
    await box.data('certs', 'issue', '--init', '--domain', name, '--days', days);
    await box.data('certs', 'deploy', name, '--to', `/srv/${name}`);
  }
  unlinkSync(box.at(`${PKI}/certs/b.test.key`));
  now += 8 * 86_400_000;
  await box.data('certs', 'renew', '--due');
  expect(box.text('/srv/a.test/a.test.key')).toBe(box.text(`${PKI}/certs/a.test.key`));
});

describe('certs check', () => {
  const codes = async (box: Machine) =>
    (await box.data<CheckAnswer>('certs', 'check')).findings.map(({ code, subject }) => [
      code,
      subject,
    ]);

  test('tells keys that are gone or not theirs', async () => {
    const box = await withTwo();
    unlinkSync(box.at(`${PKI}/certs/b.test.key`));
    writeFileSync(box.at(`${PKI}/ca.key`), box.text(`${PKI}/certs/a.test.key`));
    damage(box, 'certs/a.test.key');
    expect((await codes(box)).sort()).toEqual([
      ['authority-key-wrong', 'ca'],
      ['certificate-key-missing', 'b.test'],
      ['certificate-key-wrong', 'a.test'],
    ]);
    unlinkSync(box.at(`${PKI}/ca.key`));
    expect(await codes(box)).toContainEqual(['authority-key-missing', 'ca']);
  });
});
