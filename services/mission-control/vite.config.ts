import { defineConfig } from 'vite';

/** Where `vite dev` finds the API; the built page talks to whoever served it. */
const api = process.env.CHRONOS_API ?? 'http://127.0.0.1:7400';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Fonts and icons stay files of their own: the page's policy lets no data: URL in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The build has a budget of its own (build/build.ts).
    chunkSizeWarningLimit: 2_000,
  },
  server: { proxy: { '^/chronos\\.v1\\.': api } },
});
