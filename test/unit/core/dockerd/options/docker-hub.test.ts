import { expect, test } from '@jest/globals';
import { isDockerHub, registryUrl } from '../../../../../src/core/dockerd/options/docker-hub.js';

/** moby registry/config.go: docker.io and index.docker.io are one registry; hub and auth are what people paste. */
test.each([
  ['docker.io', true],
  ['index.docker.io', true],
  ['Registry-1.docker.io:443', true],
  ['hub.docker.com', true],
  ['registry.hub.docker.com', true],
  ['docker.io:5000', false],
  ['my.docker.io', false],
  ['docker.io.example.com', false],
  ['dockerxio', false],
])('%s is Docker Hub: %s', (name, isHub) => {
  expect(isDockerHub(name)).toBe(isHub);
});

test.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['registry.example.com:5000', 'https://registry.example.com:5000'],
])('the images of %s are at %s', (registry, url) => {
  expect(registryUrl(registry)).toBe(url);
});
