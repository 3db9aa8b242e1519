import { describe, expect, test } from '@jest/globals';
import { planDaemonEdit, type EditOptions } from '../../../../../src/core/dockerd/config/edit.js';
import { append, remove, set } from '../../../../../src/core/formats/json/json-edit.js';
import type { Document } from '../../../../../src/core/formats/json/document.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import type { FileImage, Plan } from '../../../../../src/core/plan/plan.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const path = '/etc/docker/daemon.json';
const image = (text: string): FileImage => ({ content: { text }, mode: 0o640, uid: 3, gid: 4 });
const running = (text: string | null): ObservedDaemon =>
  observedDaemon({ configFile: text === null ? null : image(text) });

const mirrors = {
  title: 'mirrors clear',
  edit: (document: Document) => remove(document, ['registry-mirrors']),
};
const debug = {
  title: 'config set debug true',
  edit: (document: Document) => set(document, ['debug'], true),
};
const auto: EditOptions = { activate: 'auto' };

const textAfter = ({ changes }: Plan): unknown => {
  const content = changes.at(-1)?.after?.content;
  return content && 'text' in content ? content.text : content;
};

describe('planDaemonEdit', () => {
  test('changes the file, keeps its mode and owner, and asks for the cheapest activation', () => {
    const plan = planDaemonEdit(running('{"mtu": 1400}'), debug, auto);
    expect(plan).toMatchObject({
      title: 'config set debug true',
      changes: [
        { path, before: image('{"mtu": 1400}'), after: image('{"mtu": 1400, "debug": true}') },
      ],
      activation: { action: 'reload' },
      notes: [],
    });
    expect(plan.expect).toContainEqual(expect.objectContaining({ key: 'debug', value: true }));
  });

  test('creates a missing file for root, readable by all', () => {
    expect(planDaemonEdit(running(null), debug, auto).changes).toEqual([
      {
        path,
        before: null,
        after: { content: { text: '{\n  "debug": true\n}\n' }, mode: 0o644, uid: 0, gid: 0 },
      },
    ]);
  });

  test('is empty when the file says it already', () => {
    expect(planDaemonEdit(running('{ "debug":true}'), debug, auto)).toMatchObject({
      changes: [],
      activation: { action: 'none' },
    });
  });

  test('is empty when there is nothing to remove from a missing file', () => {
    expect(planDaemonEdit(running(null), mirrors, auto).changes).toEqual([]);
  });

  test('writes UTF-16 back as it was', () => {
    const bytes = Buffer.from('\ufeff{"mtu": 1}', 'utf16le');
    const configFile = { ...image(''), content: { base64: bytes.toString('base64') } };
    const after = textAfter(planDaemonEdit(observedDaemon({ configFile }), debug, auto));
    const text = Buffer.from((after as { base64: string }).base64, 'base64').toString('utf16le');
    expect(text).toBe('\ufeff{"mtu": 1, "debug": true}');
  });

  test('passes on the notes of the edit, made from the file as it was', () => {
    const noted = { ...debug, notes: ({ text }: Document) => [`was ${text}`] };
    expect(planDaemonEdit(running('{}'), noted, auto).notes).toEqual(['was {}']);
  });
});

describe('a key that goes', () => {
  const file = '{\n  "registry-mirrors": ["https://m.example"],\n  "mtu": 1400\n}\n';
  const cleared = '{\n  "registry-mirrors": [],\n  "mtu": 1400\n}\n';
  const gone = '{\n  "mtu": 1400\n}\n';

  test('is written as its empty value where it stood, because a reload would keep the old one', () => {
    const plan = planDaemonEdit(running(file), mirrors, auto);
    expect(textAfter(plan)).toBe(cleared);
    expect(plan.activation.action).toBe('reload');
    expect(plan.notes[0]).toMatch(/^"registry-mirrors": \[\] is written instead of/);
  });

  test.each([
    ['dockerd is restarted anyway', running(file), { activate: 'restart' } as const],
    ['dockerd does not run', { ...running(file), state: 'stopped' } as const, auto],
  ])('goes when %s', (_, observed, options) => {
    const plan = planDaemonEdit(observed, mirrors, options);
    expect([textAfter(plan), plan.notes]).toEqual([gone, []]);
  });

  test('goes when its value was empty already', () => {
    expect(textAfter(planDaemonEdit(running('{"registry-mirrors": []}'), mirrors, auto))).toBe(
      '{}',
    );
  });

  test('stays a key when only its last entry goes', () => {
    const edit = (document: Document): Document => remove(document, ['registry-mirrors', '0']);
    const plan = planDaemonEdit(running(file), { title: '', edit }, auto);
    expect(textAfter(plan)).toBe(file.replace('"https://m.example"', ''));
  });
});

describe('a file with comments', () => {
  const file = '{\n  // ours\n  "mtu": 1400,\n}\n';

  test('is refused while nobody agreed to rewrite it', () => {
    expect(() => planDaemonEdit(running(file), debug, auto)).toThrow(
      expect.objectContaining({ code: 'not-strict-json' }),
    );
  });

  test('becomes strict JSON, its comments kept beside it', () => {
    const plan = planDaemonEdit(running(file), debug, { ...auto, convert: { commentsFile: null } });
    expect(plan.changes.map(({ path }) => path)).toEqual([`${path}.comments`, path]);
    expect(plan.changes[0]?.after).toEqual(
      image(
        `Comments that stood in ${path} (dockerd reads JSON, which has none):\nline 2: // ours\n`,
      ),
    );
    expect(textAfter(plan)).toBe('{\n  "mtu": 1400,\n  "debug": true\n}\n');
    expect(plan.activation).toEqual({
      action: 'restart',
      reasons: ['mtu is read at start only'],
      emptyStart: ['mtu'],
    });
    expect(plan.notes).toEqual([
      `${path} was not strict JSON, which is all that dockerd reads, and is now; its comments are kept in ${path}.comments.`,
    ]);
  });

  test('a key that is taken out of it is taken from the dockerd that has it, too', () => {
    const info = {
      RegistryConfig: { IndexConfigs: { 'r.test': { Name: 'r.test', Secure: false } } },
    };
    const text = '{\n  // ours\n  "insecure-registries": ["r.test"]\n}\n';
    const plan = planDaemonEdit(
      observedDaemon({ configFile: image(text), info }),
      { title: '', edit: (document) => remove(document, ['insecure-registries']) },
      { ...auto, convert: { commentsFile: null } },
    );
    expect(textAfter(plan)).toContain('"insecure-registries": []');
    expect(plan.activation.action).toBe('reload');
  });

  test('adds its comments to those that were kept before', () => {
    const convert = { commentsFile: image('earlier\n') };
    const plan = planDaemonEdit(running(file), debug, { ...auto, convert });
    expect(plan.changes[0]).toMatchObject({ before: image('earlier\n') });
    expect(plan.changes[0]?.after).toMatchObject({
      content: { text: expect.stringMatching(/^earlier\nComments that stood/) },
    });
  });

  test('says nothing of a conversion when the file is strict', () => {
    const plan = planDaemonEdit(running('{}'), debug, { ...auto, convert: { commentsFile: null } });
    expect([plan.changes.length, plan.notes]).toEqual([1, []]);
  });

  test('still refuses what is no JSON in any reading', () => {
    const wrong = running('{"a": 1 "b": 2}');
    expect(() =>
      planDaemonEdit(
        wrong,
        { title: '', edit: (document) => append(document, ['dns'], 'x') },
        {
          ...auto,
          convert: { commentsFile: null },
        },
      ),
    ).toThrow(expect.objectContaining({ code: 'invalid-json' }));
  });

  test('a value that the file has and dockerd does not is put into force without writing', () => {
    const text = '{"registry-mirrors": ["https://a"]}';
    const edit = {
      title: 'mirrors set https://a',
      key: 'registry-mirrors',
      edit: (same: Document) => same,
    };
    const info = { RegistryConfig: { Mirrors: [] } };
    const plan = planDaemonEdit(observedDaemon({ configFile: image(text), info }), edit, auto);
    expect(plan).toMatchObject({ changes: [], activation: { action: 'reload' } });
    expect(plan.expect).not.toEqual([]);
  });

  test('a value that both have is an empty plan', () => {
    const text = '{"registry-mirrors": ["https://a"]}';
    const edit = {
      title: 'mirrors set https://a',
      key: 'registry-mirrors',
      edit: (same: Document) => same,
    };
    const info = { RegistryConfig: { Mirrors: ['https://a/'] } };
    const plan = planDaemonEdit(observedDaemon({ configFile: image(text), info }), edit, auto);
    expect(plan).toMatchObject({ changes: [], activation: { action: 'none' } });
  });
});
