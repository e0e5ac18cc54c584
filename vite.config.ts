import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The renderer's bundle: one page, served by Electron's own protocol or the loopback host. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    license: { fileName: 'licenses.md' }, // what we bundle asks to be named wherever it goes
    chunkSizeWarningLimit: 2000,
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
  },
})
