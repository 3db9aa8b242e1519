import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** What is bundled, as CycloneDX by npm's own word, without what differs each time: its time and its random number. */
export function writeSbom(out, { version, epoch }) {
  const sbom = JSON.parse(
    run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']),
  );
  sbom.metadata.timestamp = new Date(epoch * 1000).toISOString();
  const hex = createHash('sha256').update(JSON.stringify(sbom.components)).digest('hex');
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  sbom.serialNumber = `urn:uuid:${[...uuid, hex.slice(20, 32)].join('-')}`;
  const name = `dockerctl-${version}.cdx.json`;
  writeFileSync(join(out, name), `${JSON.stringify(sbom, null, 2)}\n`);
  return name;
}
