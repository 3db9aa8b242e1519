import { expect, test } from '@jest/globals';
import {
  addRuntime,
  checkRuntimeName,
  removeRuntime,
  RUNTIME_PRESETS,
  runtimesOf,
  setDefaultRuntime,
} from '../../../../../src/core/dockerd/config/runtimes.js';
import { type Document, parseText } from '../../../../../src/core/formats/json/document.js';

const read = (text: string): Document => {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.document;
};

test.each(['crun', 'nvidia', 'kata-qemu', 'Gvisor_1', 'a', 'a'.repeat(64)])(
  '%s is a name',
  (name) => {
    expect(checkRuntimeName(name)).toBe(name);
  },
);

/** moby daemon/runtime_unix.go: dots are containerd's shims, and `runc` is reserved. */
test.each(['runc', 'io.containerd.runsc.v1', '', '-a', 'a b', 'a/b', 'é', 'a'.repeat(65), 'a\n'])(
  '%j is none',
  (name) => {
    expect(() => checkRuntimeName(name)).toThrow(
      expect.objectContaining({ code: 'invalid-value' }),
    );
  },
);

test.each([
  ['{}', {}],
  ['{"runtimes": null}', {}],
  ['{"runtimes": []}', {}],
  ['{"runtimes": "x"}', {}],
  ['{"runtimes": {"a": {"path": "/x"}}}', { a: { path: '/x' } }],
])('the runtimes of %s', (text, runtimes) => {
  expect(runtimesOf(read(text))).toEqual(runtimes);
});

test('one is added beside others, and taken out again', () => {
  const one = addRuntime(read('{"runtimes":{"a":{"path":"/x"}}}'), 'b', { path: '/y' });
  expect(JSON.parse(one.text)).toEqual({ runtimes: { a: { path: '/x' }, b: { path: '/y' } } });
  expect(JSON.parse(removeRuntime(one, 'b').text)).toEqual({ runtimes: { a: { path: '/x' } } });
});

test('the default stays', () => {
  expect(() => removeRuntime(read('{"default-runtime": "a", "runtimes": {"a": {}}}'), 'a')).toThrow(
    expect.objectContaining({
      hint: '`dockerctl runtime set-default runc`, then `dockerctl runtime remove a`',
    }),
  );
});

test.each(['runc', 'a', 'io.containerd.runsc.v1'])('%s may be the default', (name) => {
  const set = setDefaultRuntime(read('{"runtimes": {"a": {}}}'), name);
  expect(JSON.parse(set.text)).toMatchObject({ 'default-runtime': name });
});

test.each(['b', 'io.containerd', 'constructor', 'a b', 'A.b.c'])('%s may not', (name) => {
  expect(() => setDefaultRuntime(read('{"runtimes": {"a": {}}}'), name)).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});

test('a preset names a program at least', () => {
  const preset = { summary: 's', programs: [], entry: {}, install: 'i' };
  expect(RUNTIME_PRESETS.safeParse({ a: preset }).success).toBe(false);
  expect(RUNTIME_PRESETS.safeParse({ a: { ...preset, programs: ['/x'] } }).success).toBe(true);
});
