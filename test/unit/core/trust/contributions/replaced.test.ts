import { describe, expect, test } from '@jest/globals';
import {
  beforeUs,
  newFolders,
  readRecord,
  restored,
} from '../../../../../src/core/trust/contributions/replaced.js';
import { imageOf, treeOf } from '../../../../support/doctor-facts.js';

const PATH = '/etc/buildkit/buildkitd.toml';
const theirs = 'debug = true\n';
const ours = `${theirs}[registry."r"]\nca = ["x"]\n`;
const record = { before: imageOf(theirs), after: imageOf(ours) };
const textOf = (change: ReturnType<typeof restored>) =>
  change?.after && 'text' in change.after.content ? change.after.content.text : change?.after;

describe('a file that was ours in part is put back', () => {
  test('as it was, where nobody touched it since', () => {
    expect(textOf(restored(PATH, record, imageOf(ours)))).toBe(theirs);
    expect(restored(PATH, { ...record, before: null }, imageOf(ours))?.after).toBeNull();
  });

  test('with what others wrote into it since', () => {
    const now = imageOf(`root = "/x"\n${ours}`);
    expect(textOf(restored(PATH, record, now))).toBe(`root = "/x"\n${theirs}`);
  });

  test('or not at all, where they wrote into our part', () => {
    const now = imageOf(ours.replace('"x"', '"y"'));
    expect(restored(PATH, record, now)).toBeNull();
  });
});

describe('what was before us, where a file is changed again', () => {
  test('is the record’s, as long as the file is as we left it', () => {
    expect(beforeUs(record, imageOf(ours))).toEqual(record.before);
    expect(beforeUs(undefined, imageOf('new'))).toEqual(imageOf('new'));
  });

  test('has what others wrote since', () => {
    const then = beforeUs(record, imageOf(`root = "/x"\n${ours}`));
    expect(then?.content).toEqual({ text: `root = "/x"\n${theirs}` });
  });
});

test('a record that nobody can read is none', () => {
  const read = (text: string) => readRecord(treeOf({ '/r.json': text }), '/r.json');
  expect(read('{"files": {}, "folders": ["/x"]}')).toEqual({ files: {}, folders: ['/x'] });
  expect(read('{}')).toEqual({ files: {}, folders: [] });
  expect(read('{"files":')).toBeNull();
  expect(readRecord(new Map(), '/r.json')).toBeNull();
});

test('folders that a new file makes, innermost first', () => {
  const snapshot = new Map([
    ['/a', { kind: 'folder', names: [] } as const],
    ['/a/b', null],
    ['/a/b/c', null],
  ]);
  const made = { path: '/a/b/c/f', before: null, after: imageOf('x') };
  expect(newFolders(snapshot, made)).toEqual(['/a/b/c', '/a/b']);
  expect(newFolders(snapshot, { ...made, before: imageOf('x') })).toEqual([]);
});
