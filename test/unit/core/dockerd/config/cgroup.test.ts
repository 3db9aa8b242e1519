import { expect, test } from '@jest/globals';
import { cgroupDriverOf, setCgroupDriver } from '../../../../../src/core/dockerd/config/cgroup.js';
import { type Document, parseText } from '../../../../../src/core/formats/json/document.js';

function document(text: string): Document {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error('not JSON');
  return parsed.document;
}

test.each([
  ['{}', null],
  ['{"exec-opts": []}', null],
  ['{"exec-opts": ["native.cgroupdriver=systemd"]}', 'systemd'],
  ['{"exec-opts": ["native.cgroupdriver=systemd", "native.cgroupdriver=cgroupfs"]}', 'cgroupfs'],
])('%s asks for %s', (text, driver) => {
  expect(cgroupDriverOf(document(text))).toBe(driver);
});

test('a driver replaces the one before it in place', () => {
  const text = '{"exec-opts": ["native.cgroupdriver=systemd", "isolation=default"]}';
  expect(setCgroupDriver(document(text), 'cgroupfs').text).toBe(
    text.replace('systemd', 'cgroupfs'),
  );
});

test('of several drivers one is left, so that every engine reads the same', () => {
  const text =
    '{"exec-opts": ["native.cgroupdriver=systemd", "isolation=default", "native.cgroupdriver=systemd"]}';
  expect(JSON.parse(setCgroupDriver(document(text), 'cgroupfs').text)).toEqual({
    'exec-opts': ['native.cgroupdriver=cgroupfs', 'isolation=default'],
  });
});

test('a driver is added where none was', () => {
  const { text } = setCgroupDriver(document('{"debug": true}'), 'systemd');
  expect(JSON.parse(text)).toEqual({ debug: true, 'exec-opts': ['native.cgroupdriver=systemd'] });
});
