import { defineConfig } from 'rolldown';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

// CommonJS chunks start fastest on Node 20 (bench/startup): one entry, one chunk per command.
export default defineConfig({
  input: { dockerctl: 'src/main.ts' },
  platform: 'node',
  transform: { define: { __DOCKERCTL_VERSION__: JSON.stringify(version) } },
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
  },
});
