import { parseLogLine } from '../../core/dockerd/observed/log-line.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError } from '../../errors.js';
import { daemonLog } from '../../system/dockerd/daemon-log.js';
import type { ServiceMessage } from '../../system/systemd/journald.js';
import { observe } from '../../app/context/observe.js';
import { defineCommand, type Context } from '../../app/context/command.js';
import { localTime } from '../text/local-time.js';

const MOST_SHOWN = 4000;

export const command = defineCommand({
  summary: 'what dockerd itself wrote to the journal',
  args: [],
  options: {
    lines: {
      type: 'number',
      default: 50,
      describe: 'how many of the last lines',
      placeholder: 'N',
    },
    follow: { type: 'boolean', alias: 'f', describe: 'go on until interrupted' },
  },
  examples: ['daemon logs', 'daemon logs --lines 200', 'daemon logs -f --json'],
  streams: () => true,
  run: async (context, { options }) => {
    const { host, terminal } = context;
    if (!Number.isInteger(options.lines) || options.lines < 0) throw badCount(options.lines);
    const observed = await observe(context);
    const wanted = { count: options.lines, follow: options.follow };
    for await (const entry of daemonLog(host, observed, wanted)) emit(terminal, entry);
  },
  render: () => '',
});

function emit(terminal: Context['terminal'], { message, timeMs }: ServiceMessage): void {
  const time = timeMs > 0 ? new Date(timeMs).toISOString() : null;
  const { level, message: said, error } = parseLogLine(message);
  const text = error === null ? said : `${said}: ${error}`;
  const shown = time === null ? null : localTime(timeMs);
  const head = [shown, level].filter((part) => part !== null).join(' ');
  terminal.emit(
    { time, level, message: said, error },
    `${head === '' ? '' : `${head} `}${printable(text, MOST_SHOWN)}`,
  );
}

function badCount(lines: number): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message: `--lines ${lines} is not a number of lines`,
    hint: 'write a whole number: --lines 100',
  });
}
