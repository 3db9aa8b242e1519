import { expect, test } from '@jest/globals';
import {
  loggedIn,
  namedByUse,
  usedRegistries,
} from '../../../../../src/core/doctor/trust/used-registries.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';

// Docker Hub is no registry that has a folder or an entry of its own.
const auths = { 'r.corp:5000': {}, 'https://index.docker.io/v1/': {}, 'not a name': {} };
const facts = doctorFacts({
  files: {
    '/root/.docker/config.json': JSON.stringify({ auths }),
    '/etc/docker/daemon.json': JSON.stringify({
      'registry-mirrors': ['https://m.corp:5443', 'no url'],
      'insecure-registries': ['http://i.corp:5000', '10.0.0.0/8', 'r.corp:5000'],
    }),
  },
  facts: { imageRegistries: ['img.corp', 'r.corp:5000'] },
});

test('registries by login, by image, by list and as mirrors, each once', () => {
  expect(loggedIn(facts)).toEqual(['r.corp:5000']);
  expect(namedByUse(facts)).toEqual(['r.corp:5000', 'img.corp']);
  expect(usedRegistries(facts)).toEqual([
    ...['r.corp:5000', 'img.corp'],
    ...['i.corp:5000', 'm.corp:5443'],
  ]);
});

test('where nobody was asked there are none', () => {
  expect(usedRegistries(doctorFacts())).toEqual([]);
});
