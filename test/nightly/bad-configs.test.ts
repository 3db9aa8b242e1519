import { describe } from '@jest/globals';
import { BAD_FILES, BAD_VALUES } from '../e2e/support/bad-configs.js';
import { expectRefused } from '../e2e/support/refused-configs.js';

describe('a config that dockerd refuses', () => {
  expectRefused({ values: BAD_VALUES, files: BAD_FILES, forced: BAD_VALUES });
});
