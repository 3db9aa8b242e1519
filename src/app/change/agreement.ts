import { isDockerctlError } from '../../errors.js';

/** Asks. Without a terminal nobody agrees, and the first error says more than that nobody could be asked. */
export async function agrees(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (isDockerctlError(error) && error.code === 'answer-needed') return false;
    throw error;
  }
}
