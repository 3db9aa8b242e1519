import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';

const RECORDED = '/etc/dockerctl/dockerctl.d/recorded.json5';

function declaring(text: string) {
  const host = machine();
  mkdirSync(join(host.root, 'etc/dockerctl'), { recursive: true });
  writeFileSync(host.at('/etc/dockerctl/dockerctl.json5'), text);
  return host;
}

test('--record also declares what was changed, and rollback undoes both', async () => {
  const host = declaring('{ daemon: { debug: false } } // mine');
  await host.data('mirrors', 'set', 'https://m.example', '--record');
  await host.data('config', 'set', 'log-opts.max-size', '10m', '--record');
  expect(host.text(RECORDED)).toContain("mirrors: [\n    'https://m.example',\n  ]");
  expect(host.text(RECORDED)).toContain("'max-size': '10m'");
  expect(host.text('/etc/dockerctl/dockerctl.json5')).toBe('{ daemon: { debug: false } } // mine');
  await host.data('config', 'rollback');
  expect(host.text(RECORDED)).not.toContain('max-size');
});

test('record: always does so unasked; without either nothing is declared', async () => {
  const always = declaring("{ record: 'always' }");
  await always.data('insecure', 'add', 'reg.example:5000');
  expect(always.text(RECORDED)).toContain('insecure');
  await always.data('insecure', 'remove', 'reg.example:5000');
  expect(always.text(RECORDED)).toContain('insecure: []');
  const never = declaring('{}');
  await never.data('insecure', 'add', 'reg.example:5000');
  expect(() => never.text(RECORDED)).toThrow('ENOENT');
});

test('what a file of the operator declares otherwise is named and left alone', async () => {
  const host = declaring("{\n  mirrors: ['https://mine.example/'] }");
  const outcome = await host.data<{ plan: { notes: string[] } }>(
    ...['mirrors', 'set', 'https://m.example', '--record'],
  );
  expect(outcome.plan.notes.join()).toContain(
    'not recorded: mirrors is declared otherwise at /etc/dockerctl/dockerctl.json5:2:12',
  );
});
