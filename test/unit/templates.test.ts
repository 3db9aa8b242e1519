import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const services = readdirSync('templates').filter((name) => name.endsWith('.service'));

test.each(services)('%s leaves no core behind, which would hold what memory held: keys', (name) => {
  expect(readFileSync(`templates/${name}`, 'utf8')).toMatch(/^LimitCORE=0$/m);
});
