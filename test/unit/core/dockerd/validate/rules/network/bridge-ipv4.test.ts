import { expect, test } from '@jest/globals';
import { validateConfig } from '../../../../../../../src/core/dockerd/validate/validate.js';

// As dockerd 20.10.24, 26.1.5 and 28.5.2 were seen to take them.
test.each([
  ['10.10.0.1/24', true, 0],
  ['169.254.7.1/24', true, 0],
  ['0.0.0.1/24', false, 1],
  ['127.0.1.1/24', false, 1],
  ['224.0.0.1/24', false, 1],
])('with bip %s containers start: %s', (bip, containers, findings) => {
  for (const engine of [[20, 10, 24] as const, [26, 1, 5] as const, [28, 5, 2] as const]) {
    const bytes = Buffer.from(JSON.stringify({ bip }));
    const verdict = validateConfig({ bytes, engine, argv: ['dockerd'] });
    expect(verdict).toMatchObject({ starts: true, reloads: true, containers });
    expect(verdict.findings).toHaveLength(findings);
  }
});
