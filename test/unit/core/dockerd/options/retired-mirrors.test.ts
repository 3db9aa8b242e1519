import { expect, test } from '@jest/globals';
import { retiredMirror } from '../../../../../src/core/dockerd/options/retired-mirrors.js';

test.each([
  'https://registry.docker-cn.com',
  'http://registry.docker-cn.com/',
  'HTTPS://Registry.Docker-CN.com:443/v2/',
  'registry.docker-cn.com',
  'registry.docker-cn.com:443',
  'https://user@registry.docker-cn.com',
])('%s gives nothing any more', (mirror) => {
  expect(retiredMirror(mirror)).toMatchObject({ host: 'registry.docker-cn.com' });
  expect(retiredMirror(mirror)?.only).toBeUndefined();
});

test('one that serves its own network says which', () => {
  expect(retiredMirror('https://dockerhub.azk8s.cn')?.only).toBe('Azure China');
  expect(retiredMirror('https://docker.mirrors.ustc.edu.cn/')?.only).toBe('the campus of USTC');
});

test.each([
  ...[
    'https://mirror.test',
    'https://registry.docker-cn.com.test',
    'https://x.registry.docker-cn.com',
  ],
  ...['https://mirror.test/registry.docker-cn.com', 'https://mirror.test?registry.docker-cn.com'],
  ...['', 'https://', '://', 'constructor', 'a b', 'https://{id}.mirror.test'],
])('%j may serve', (mirror) => {
  expect(retiredMirror(mirror)).toBeNull();
});
