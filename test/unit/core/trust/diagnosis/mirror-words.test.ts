import { expect, test } from '@jest/globals';
import { readMirrorWords } from '../../../../../src/core/trust/diagnosis/mirror-words.js';

const HOSTS = ['a.test:1', 'b.test:2', 'c.test'];
const text = (fields: string) => `time="2026-11-30T14:15:40Z" level=info ${fields}`;
const kindsOf = (lines: readonly string[]) => {
  const words = readMirrorWords(lines, HOSTS);
  return HOSTS.map((host) => words.get(host)?.kind ?? null);
};

test('with graph drivers one line a mirror, in their order', () => {
  const next = 'Attempting next endpoint for pull after error: ';
  const lines = [
    text(String.raw`msg="Error getting v2 registry: Get \"https://a.test:1/v2/\": x509: unknown"`),
    text(String.raw`msg="${next}Get \"https://a.test:1/v2/\": x509: unknown authority"`),
    text(`msg="${next}manifest unknown"`),
    text(`msg="${next}Get c: dial tcp 10.99.0.1:443: connect: connection refused"`),
    text(`msg="${next}Get registry-1.docker.io: no such host"`),
  ];
  expect(kindsOf(lines)).toEqual(['refuses', 'resolves', 'refuses']);
});

test('with images in containerd by the field host, whatever the format of the log', () => {
  const lines = [
    text('msg="trying next host" error="failed to do request: Head: x509: no" host="a.test:1"'),
    text('msg="trying next host after status: 404 Not Found" host="b.test:2"'),
    text('msg="fetch failed" error="dial tcp: no such host" host=registry-1.docker.io'),
  ];
  expect(kindsOf(lines)).toEqual(['refuses', 'resolves', null]);
  const json = JSON.stringify({
    level: 'info',
    msg: 'trying next host - response was http.StatusNotFound',
    host: 'c.test',
  });
  expect(kindsOf([json])).toEqual([null, null, 'resolves']);
});

test('of what else dockerd writes nothing is taken', () => {
  expect(kindsOf([text('msg="API listen on /run/docker.sock"'), 'panic: x', ''])).toEqual([
    null,
    null,
    null,
  ]);
});
