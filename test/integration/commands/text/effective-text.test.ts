import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createStyle } from '../../../../src/cli/style.js';
import { effectiveLines } from '../../../../src/commands/text/effective-text.js';
import type { EffectiveValue } from '../../../../src/core/dockerd/config/effective.js';

const stream = new PassThrough();
const plain = createStyle({ stdin: stream, stdout: stream, stderr: stream, env: {} }, false);

const ROW: EffectiveValue = {
  key: 'mtu',
  evidence: 'shown',
  holdsFor: 'daemon',
  value: 1400,
  source: 'file',
  from: null,
  inForce: true,
  pending: null,
  also: [],
};

test.each<[Partial<EffectiveValue>, string]>([
  [{}, 'mtu  1400  (file)'],
  [{ inForce: null, evidence: 'inferred' }, 'mtu  1400  (file)  in force as far as its times tell'],
  [{ inForce: null, evidence: 'unknown' }, 'mtu  1400  (file)  not known whether in force'],
  // The file may have said another value when dockerd was started.
  [
    { inForce: null, evidence: 'unknown', source: 'default' },
    'mtu  1400  (default)  not known whether in force',
  ],
  [{ inForce: null, evidence: 'inferred', source: 'default' }, 'mtu  1400  (default)'],
])('%j', (row, line) => {
  expect(effectiveLines([{ ...ROW, ...row }], plain)).toEqual([line]);
});
