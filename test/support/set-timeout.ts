import { jest } from '@jest/globals';

// A restart of dockerd takes seconds, and so does an RSA-4096 key on a busy machine.
jest.setTimeout(120_000);
