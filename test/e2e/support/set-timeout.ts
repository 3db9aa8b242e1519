import { jest } from '@jest/globals';

// A restart of dockerd with its stability window takes seconds; three of them in one test are ordinary.
jest.setTimeout(120_000);
