import { forReader, type Streams } from './output.js';

/** The one line of a terminal that says what is waited for, and for how long. */
export interface Progress {
  /** Puts the message in the line; the seconds since then follow by themselves. */
  readonly show: (message: string) => void;
  /** Takes the line away. */
  readonly close: () => void;
}

const TICK_MS = 1000;
const ENDED = '\r\u001b[K';

/** Writes nothing until something is shown, and nothing after `close`. The process may end while it counts. */
export function createProgress(stderr: Streams['stderr'], env: Streams['env']): Progress {
  let timer: NodeJS.Timeout | null = null;
  const close = () => {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    stderr.write(ENDED);
  };
  return {
    close,
    show: (message) => {
      close();
      const since = performance.now();
      const draw = () => {
        const seconds = Math.floor((performance.now() - since) / TICK_MS);
        const text = forReader(`${message}…${seconds === 0 ? '' : ` ${seconds} s`}`, stderr, env);
        stderr.write(`${ENDED}${fitting(text, stderr.columns ?? 80)}`);
      };
      draw();
      timer = setInterval(draw, TICK_MS);
      timer.unref();
    },
  };
}

/** Its end, which counts: a line that wraps could not be taken away. */
function fitting(text: string, columns: number): string {
  return text.length < columns
    ? text
    : `${text.slice(0, Math.max(0, columns - 12))}${text.slice(-11)}`;
}
