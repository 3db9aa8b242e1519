import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const services = readdirSync('templates').filter((name) => name.endsWith('.service'));

test.each(services)('%s leaves no core behind, which would hold what memory held: keys', (name) => {
  expect(readFileSync(`templates/${name}`, 'utf8')).toMatch(/^LimitCORE=0$/m);
});

const texts = readdirSync('templates').map((name) => readFileSync(`templates/${name}`, 'utf8'));

test('nothing cites a page of a manual that nobody has', () => {
  expect(texts.join('\n')).not.toMatch(/man:dockerctl/);
});

test('the example names its schema where install.sh puts it', () => {
  expect(readFileSync('install.sh', 'utf8')).toMatch(
    /^prefix=\/usr\/local$[^]*lib=\$prefix\/lib\/dockerctl$/m,
  );
  expect(texts.join('\n')).toContain(
    "$schema: '/usr/local/lib/dockerctl/templates/dockerctl.schema.json'",
  );
});
