import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('explains the codes that it is given, brackets or not', async () => {
  const { status, stdout } = await rootWith(null).run('explain', '[agent-paused]', 'locked');
  expect(status).toBe(0);
  expect(stdout).toBe(
    [
      'agent-paused: info (The CLI, the neighbours of dockerd, and the machine below it)',
      '  The agent reports and does not repair.',
      '  What to do: dockerctl resume.',
      '',
      'locked: error, exit status 6 (Errors)',
      '  Another dockerctl is changing this machine, or waits for a confirmation; who is named.',
      '',
    ].join('\n'),
  );
});

test('names the nearest of a code that there is not', async () => {
  const printed = await rootWith(null).run('explain', 'agent-pausd');
  expect(printed).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/Try: dockerctl .*explain agent-paused\n/),
  });
});

test('without a code lists all', async () => {
  const { stdout } = await rootWith(null).run('explain');
  expect(stdout.split('\n').length).toBeGreaterThan(300);
  expect(stdout).toMatch(/^unknown-key +error +No engine knows the key/m);
});

test('every code is explained in Chinese, word by word as the catalogue has it', async () => {
  const { stdout: json } = await rootWith(null).run('explain', '--json');
  const { data } = JSON.parse(json) as { data: { codes: Record<string, string>[] } };
  const catalogue = JSON.parse(readFileSync('templates/messages.zh-CN.json', 'utf8')) as {
    sentences: Record<string, string>;
  };
  const bare = (text: string) =>
    text
      .replace(/ --root \S+/gu, '')
      .replaceAll('`', '')
      .replace(/\s/gu, '');
  const said = await rootWith(null).run(
    ...['--lang', 'zh-CN', 'explain', ...data.codes.map(({ code = '' }) => code)],
  );
  const shown = bare(said.stdout);
  const missing = data.codes
    .flatMap(({ section = '', meaning = '', advice = '' }) => [section, meaning, advice])
    .filter((text) => /[A-Za-z]/u.test(text.replace(/`[^`]*`/gu, '')))
    .filter((text) => !shown.includes(bare(catalogue.sentences[text] ?? `${text} has no Chinese`)));
  expect(missing).toEqual([]);
});
