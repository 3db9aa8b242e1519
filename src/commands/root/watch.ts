import { runAgent } from '../../agent/loop.js';
import { createPublisher } from '../../agent/publisher.js';
import { readDeclaration } from '../../system/machine/declaration.js';
import { refuseSecond } from '../../system/machine/agent-status-file.js';
import { defineCommand } from '../../app/context/command.js';
import { unattended } from '../../app/context/unattended.js';

export const command = defineCommand({
  summary: 'the agent: keep this machine as declared, and report what differs',
  args: [],
  options: {
    file: {
      type: 'string',
      alias: 'f',
      describe: 'this declaration, or folder of *.json5, in place of /etc/dockerctl',
      placeholder: 'FILE',
    },
    listen: {
      type: 'string',
      describe: 'answer GET /metrics and /healthz on this loopback address',
      placeholder: '127.0.0.1:PORT',
    },
  },
  examples: ['watch', 'watch --json --listen 127.0.0.1:9323'],
  run: async (context, { options: { file, listen } }) => {
    const { host, options, commandLine, terminal } = context;
    refuseSecond(host);
    const { agent } = readDeclaration(host, file ?? null);
    const publisher = await createPublisher(host, listen ?? agent.listen ?? null);
    try {
      await runAgent(host, {
        apply: { ...options, commandLine },
        context: unattended(context),
        from: file ?? null,
        emit: (value, text) => {
          terminal.emit(value, text);
        },
        publish: publisher.publish,
        ...(listen === undefined && { listen: publisher.listen }),
      });
    } finally {
      publisher.close();
    }
  },
  render: () => '',
  streams: () => true,
});
