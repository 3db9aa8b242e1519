import { isDockerctlError, type DockerctlError } from '../../src/errors.js';

/** The error of this code that the task ends in; any other is thrown on. */
export function refusalOf(code: DockerctlError['code'], task: () => unknown): DockerctlError {
  try {
    task();
  } catch (error) {
    if (isDockerctlError(error) && error.code === code) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
