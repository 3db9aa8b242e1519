import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { DockerctlError } from '../../../../src/errors.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { liftQuarantine } from '../../../../src/system/history/quarantine.js';
import { readImage } from '../../../../src/system/files/image.js';
import { fakeDaemon } from '../../../support/fake-daemon.js';
import { temporaryHost } from '../../../support/node-host.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';

/** A machine where `config set debug …` was refused by dockerd 26.1.5, with `code`; others wrote `theirs` just before. */
async function afterRefusal(code: 'daemon-refused' | 'locked', theirs?: string) {
  const below = temporaryHost();
  const host: Host = { ...below.host, self: { ...below.host.self, root: null } };
  mkdirSync(dirname(join(below.root, PATH)), { recursive: true });
  writeFileSync(join(below.root, PATH), '{}');
  const apply = ({
    accept = true,
    validate = true,
    version = '26.1.5',
    text = '{"debug":true}',
    dryRun = false,
  }) => {
    const daemon = fakeDaemon();
    daemon.observe = () => Promise.resolve(observedDaemon({ version, argv: [] }));
    if (!accept)
      daemon.activate = () => {
        if (theirs !== undefined) writeFileSync(join(below.root, PATH), theirs);
        return Promise.reject(
          new DockerctlError({ code, message: 'no debugging here', hint: 'no' }),
        );
      };
    const change = { path: PATH, before: readImage(host, PATH), after: image(text) };
    const plan = planOf([change], { activation: { action: 'reload', reasons: [] } });
    return applyPlan(host, plan, { ...OPTIONS, validate, dryRun, daemon });
  };
  await expect(apply({ accept: false })).rejects.toMatchObject({ code: 'rolled-back' });
  return { host, apply, read: () => readFileSync(join(below.root, PATH), 'utf8') };
}

describe('a daemon.json that dockerd refused', () => {
  test('is not tried again, and the reason is told', async () => {
    const { apply, read } = await afterRefusal('daemon-refused');
    await expect(apply({})).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringMatching(
        /refused exactly this.*change 1.*no debugging here/,
      ) as unknown,
      hint: expect.stringContaining('--no-validate') as unknown,
    });
    expect(read()).toBe('{}');
  });

  test.each([
    ['it', {}],
    ['what no dockerd starts with', { text: '{"log-level":"loud"}' }],
  ])('a dry run refuses %s as the change itself does', async (_, how) => {
    const { apply, read } = await afterRefusal('daemon-refused');
    await expect(apply({ ...how, dryRun: true })).rejects.toMatchObject({ code: 'invalid-config' });
    expect(read()).toBe('{}');
    const insisting = { ...how, dryRun: true, validate: false };
    await expect(apply(insisting)).resolves.toMatchObject({ status: 'planned' });
  });

  test.each([
    ['where the operator insists', { validate: false }],
    ['by another dockerd', { version: '28.5.2' }],
    ['with another byte', { text: '{"debug":true}\n' }],
  ])('may be tried %s', async (_, how) => {
    const { apply } = await afterRefusal('daemon-refused');
    await expect(apply(how)).resolves.toMatchObject({ status: 'applied' });
  });

  test('may be tried again once it is forgiven, and is refused anew after another refusal', async () => {
    const { host, apply } = await afterRefusal('daemon-refused');
    liftQuarantine(host);
    await expect(apply({ accept: false })).rejects.toMatchObject({ code: 'rolled-back' });
    await expect(apply({})).rejects.toMatchObject({ code: 'invalid-config' });
    liftQuarantine(host);
    await expect(apply({})).resolves.toMatchObject({ status: 'applied' });
  });

  test('is free again once dockerd took it', async () => {
    const { apply } = await afterRefusal('daemon-refused');
    await apply({ validate: false });
    await apply({ text: '{}' });
    await expect(apply({})).resolves.toMatchObject({ status: 'applied' });
  });

  test.each([
    ['something of their own', '{"theirs":1}'],
    ['what was there before', '{}'],
  ])('is another one where others wrote %s before dockerd looked', async (_, theirs) => {
    const { apply, read } = await afterRefusal('daemon-refused', theirs);
    expect(read()).toBe(theirs);
    await expect(apply({})).resolves.toMatchObject({ status: 'applied' });
  });

  test('is not blamed for a trouble that was not dockerd’s', async () => {
    const { apply } = await afterRefusal('locked');
    await expect(apply({})).resolves.toMatchObject({ status: 'applied' });
  });
});
