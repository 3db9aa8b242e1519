import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REPORT } from '../../../../src/core/report/report-data.js';
import { rootWith } from '../../../support/daemon-json.js';
import { temporaryFolder } from '../../../support/node-host.js';
import { dockerctl } from '../../../support/program.js';
import { fullReport } from '../../../support/report.js';

test('the page of a machine, and the same from what it says as JSON', async () => {
  const root = rootWith('{"debug": true, "log-opts": {"splunk-token": "s3cret"}}');
  await root.run('insecure', 'add', 'reg.example.com:5000');
  await root.run('certs', 'issue', '--init', '--domain', 'a.example.com');
  await root.run('adopt');
  const { stdout } = await root.run('report', '--json');
  const folder = temporaryFolder();
  writeFileSync(`${folder}/r.json`, stdout);
  const { data } = JSON.parse(stdout) as { data: { report: unknown } };
  expect(data.report).toMatchObject(REPORT.parse(data.report));
  const made = await dockerctl(
    'report',
    '--from',
    `${folder}/r.json`,
    '--html',
    `${folder}/r.html`,
  );
  expect(made).toMatchObject({ status: 0, stdout: `Wrote ${folder}/r.html\n` });
  const page = readFileSync(`${folder}/r.html`, 'utf8');
  for (const text of ['reg.example.com:5000', 'a.example.com', 'insecure add', 'As dockerctl'])
    expect(page).toContain(text);
  expect(page).not.toContain('s3cret');
  expect(statSync(`${folder}/r.html`).mode & 0o777).toBe(0o600);
});

test.each([
  ['[]', 'Invalid input'],
  ['nothing', 'it is not JSON'],
  ['{"ok":true,"data":{"report":{"kind":"other"}}}', 'kind: '],
])('%j is no report', async (text, why) => {
  const folder = temporaryFolder();
  writeFileSync(`${folder}/r.json`, text);
  const printed = await dockerctl(
    'report',
    '--from',
    `${folder}/r.json`,
    '--html',
    `${folder}/r.html`,
  );
  expect(printed).toMatchObject({ status: 3, stderr: expect.stringContaining(why) });
});

test('neither a page nor data is asked for', async () => {
  const printed = await rootWith(null).run('report');
  expect(printed).toMatchObject({ status: 2, stderr: expect.stringContaining('report --html') });
});

test('a folder in the place of the page stays', async () => {
  const folder = temporaryFolder();
  writeFileSync(`${folder}/r.json`, JSON.stringify(fullReport()));
  const printed = await dockerctl('report', '--from', `${folder}/r.json`, '--html', folder);
  expect(printed).toMatchObject({ status: 3 });
});

test('--dry-run writes nothing', async () => {
  const root = rootWith('{}');
  const printed = await root.run('report', '--html', '/r.html', '--dry-run');
  expect(printed).toMatchObject({ status: 0, stdout: 'Would write /r.html\n' });
  expect(statSync(root.at('r.html'), { throwIfNoEntry: false })).toBeUndefined();
});
