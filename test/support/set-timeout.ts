import { jest } from '@jest/globals';

// Far beyond what anything takes: a restart of dockerd, or an RSA-4096 key, takes seconds, and many times that on a busy machine.
jest.setTimeout(600_000);
