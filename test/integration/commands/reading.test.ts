import { describe, expect, test } from '@jest/globals';
import { BROKEN, FORMS } from '../../support/daemon-json-forms.js';
import { rootWith } from '../../support/daemon-json.js';
import { faultsOf, READING } from '../../support/reading.js';

describe('a daemon.json is read, or diagnosed with its place, and left as it is', () => {
  test.each([...FORMS, ...BROKEN])('%s', async (_, file) => {
    const root = rootWith(file);
    const faults = [];
    for (const line of READING) faults.push(...(await faultsOf(root, line)));
    expect(faults).toEqual([]);
    expect(root.bytes()).toEqual(Buffer.from(file));
  });
});
