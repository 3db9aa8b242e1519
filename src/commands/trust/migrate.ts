import { defineCommand, type Style } from '../../app/context/command.js';
import { migrateContainerd } from '../../app/trust/migrate-containerd.js';
import { migrateRegistries, type Migrated } from '../../app/trust/migrate-registries.js';

export const command = defineCommand({
  summary: 'replace insecure entries by real trust, one by one',
  args: [{ name: 'REGISTRY', describe: 'entries to migrate; default: all', many: true }],
  options: {
    ca: { type: 'string', describe: 'CA certificate of all of them', placeholder: 'FILE' },
    fingerprint: {
      type: 'string',
      describe: 'SHA-256 that the CA fetched from the registry must have',
      placeholder: 'SHA256',
    },
    to: {
      type: 'string',
      choices: ['docker', 'containerd'],
      default: 'docker',
      describe: "containerd: the CRI plugin's old tables of registries become hosts.toml",
    },
  },
  examples: [
    'trust migrate',
    'trust migrate registry.example.com:5000 --ca ca.crt',
    'trust migrate --to containerd',
  ],
  run: async (context, { args, options }): Promise<{ readonly results: readonly Migrated[] }> => ({
    results:
      options.to === 'containerd'
        ? await migrateContainerd(context)
        : await migrateRegistries(context, args, options),
  }),
  render: renderResults,
  status: ({ results }) => (results.some(({ result }) => result === 'kept') ? 1 : 0),
});

function renderResults(
  { results }: { readonly results: readonly Migrated[] },
  style: Style,
): string {
  if (results.length === 0)
    return 'Nothing to migrate: there is no entry of insecure-registries, or no old table of containerd, to replace.';
  const paint = {
    migrated: () => style.green('migrated'),
    planned: () => style.cyan('planned'),
    kept: () => style.yellow('kept'),
  };
  return results
    .map(({ registry, result, reason }) => `${paint[result]()} ${registry}: ${reason}`)
    .join('\n');
}
